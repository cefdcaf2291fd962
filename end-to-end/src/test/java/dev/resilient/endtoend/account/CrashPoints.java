package dev.resilient.endtoend.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.endtoend.account.Executioner.Side;
import dev.resilient.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Lets a process end at one call of an act after the other, and other processes go on from there.
 *
 * @param stride 1 for every call, n for every n-th
 */
record CrashPoints(Account account, Act act, Side side, int stride) {

    /** Whatever is left of a process that ended, another one that knows nothing but the name destroys. */
    Summary destroyAfterEach() {
        List<String> failures = new ArrayList<>();
        int call = stride;
        for (Executioner executioner = crashAt(call); executioner.isDead(); executioner = crashAt(call)) {
            List<String> told = account.process(Scenario::destroy);
            Set<String> left = account.contents();
            if (!left.isEmpty() || !told.isEmpty()) {
                failures.add("%s call %d, %s: %s is left, told was %s"
                        .formatted(side, call, executioner.calls().getLast(), left, told));
                account.process(Scenario::destroy);
            }
            call += stride;
        }
        account.process(Scenario::destroy);
        return new Summary(call / stride - 1, failures);
    }

    /** Wherever a process ended, another one that deploys ends where an undisturbed one would have. */
    Summary deployAfterEach() {
        account.process(Scenario::deploy);
        Set<String> undisturbed = service();
        if (!act.needsDeployment()) {
            account.process(Scenario::destroy);
        }
        List<String> failures = new ArrayList<>();
        int call = stride;
        for (Executioner executioner = crashAt(call); executioner.isDead(); executioner = crashAt(call)) {
            account.process(Scenario::deploy);
            Set<String> there = service();
            if (!there.equals(undisturbed)) {
                failures.add("%s call %d, %s: there is %s instead of %s"
                        .formatted(side, call, executioner.calls().getLast(), there, undisturbed));
            }
            if (!act.needsDeployment()) {
                account.process(Scenario::destroy);
            }
            call += stride;
        }
        account.process(Scenario::destroy);
        assertThat(account.contents()).isEmpty();
        return new Summary(call / stride - 1, failures);
    }

    private Executioner crashAt(int call) {
        if (act.needsDeployment()) {
            account.process(Scenario::deploy);
        }
        Executioner executioner = Executioner.at(call, side);
        try {
            account.process(act::play, executioner);
        } catch (Crash crash) {
            assertThat(executioner.isDead()).isTrue();
        }
        return executioner;
    }

    /** What makes up the service: what the demonstration adds for one instance does not, as long as no instance has it. */
    private Set<String> service() {
        return account.contents().stream()
                .filter(thing -> thing.startsWith("instance ") && !thing.startsWith("instance profile ")
                        || !thing.contains("-restricted-"))
                .collect(Collectors.toSet());
    }

    /** How many crashes there were, and after which of them something was wrong. */
    record Summary(int crashes, List<String> failures) {}
}

package dev.resilient.endtoend.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Lets something happen to one call of an act after the other, and looks at what comes of it.
 *
 * @param stride 1 for every call, n for every n-th
 */
record Mishaps(Account account, Act act, Mishap mishap, int stride) {

    /** Whatever is left of a process that ended, another one that knows nothing but the name destroys. */
    Summary destroyAfterEach() {
        List<String> failures = new ArrayList<>();
        int call = stride;
        for (Saboteur saboteur = playWith(call); saboteur.isDone(); saboteur = playWith(call)) {
            List<String> told = account.process(Scenario::destroy);
            Set<String> left = account.contents();
            if (!left.isEmpty() || !told.isEmpty()) {
                failures.add("%s call %d, %s: %s is left, told was %s"
                        .formatted(mishap, call, saboteur.calls().getLast(), left, told));
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
        for (Saboteur saboteur = playWith(call); saboteur.isDone(); saboteur = playWith(call)) {
            account.process(Scenario::deploy);
            Set<String> there = service();
            if (!there.equals(undisturbed)) {
                failures.add("%s call %d, %s: there is %s instead of %s"
                        .formatted(mishap, call, saboteur.calls().getLast(), there, undisturbed));
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

    /** What happens to one call keeps nobody from what they wanted, since it is tried again. */
    Summary succeedInSpiteOfEach() {
        account.process(Scenario::deploy);
        Set<String> wanted = act == Act.DESTROY ? Set.of() : service();
        account.process(Scenario::destroy);
        List<String> failures = new ArrayList<>();
        int call = stride;
        for (Saboteur saboteur = playWith(call); saboteur.isDone(); saboteur = playWith(call)) {
            Set<String> there = service();
            if (!there.equals(wanted)) {
                failures.add("%s call %d, %s: there is %s instead of %s"
                        .formatted(mishap, call, saboteur.calls().getLast(), there, wanted));
            }
            account.process(Scenario::destroy);
            call += stride;
        }
        account.process(Scenario::destroy);
        assertThat(account.contents()).isEmpty();
        return new Summary(call / stride - 1, failures);
    }

    private Saboteur playWith(int call) {
        if (act.needsDeployment()) {
            account.process(Scenario::deploy);
        }
        Saboteur saboteur = Saboteur.at(call, mishap);
        try {
            account.process(act::play, saboteur);
        } catch (Crash crash) {
            assertThat(saboteur.isDone()).isTrue();
        }
        return saboteur;
    }

    /** What makes up the service: what the demonstration adds for one instance does not, as long as no instance has it. */
    private Set<String> service() {
        return account.contents().stream()
                .filter(thing -> (thing.startsWith("instance ") && !thing.startsWith("instance profile "))
                        || !thing.contains("-restricted-"))
                .collect(Collectors.toSet());
    }

    /** How many mishaps there were, and after which of them something was wrong. */
    record Summary(int mishaps, List<String> failures) {}
}

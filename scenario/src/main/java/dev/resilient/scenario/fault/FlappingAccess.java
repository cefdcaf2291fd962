package dev.resilient.scenario.fault;

import dev.resilient.scenario.base.Background;
import dev.resilient.scenario.base.Environment;
import dev.resilient.scenario.play.ServiceLevers;
import dev.resilient.scenario.resource.AccessDocuments;
import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;

/** One instance may read the table, then it may not, and so on; the others may. Undone by its replacement. */
public final class FlappingAccess implements Fault {
    private static final String POLICY = "resilient-drill";

    private final int times;
    private final Duration each;

    /**
     * One instance's access flaps.
     *
     * @param times how often it has none
     * @param each for how long it has none, and then has it
     */
    public FlappingAccess(int times, Duration each) {
        this.times = times;
        this.each = each;
    }

    @Override
    public String text() {
        return "a third of the fleet loses the table and gets it back, %d times for %.1f s each"
                .formatted(times, each.toMillis() / 1000.0);
    }

    @Override
    public List<String> strike(Scene scene) {
        Environment environment = scene.environment();
        scene.undoing().note("the flapping instance is replaced", this::clear);
        String id = new ServiceLevers(environment).restrictOneInstance();
        Background flapping = Background.start("flapping", environment, this::flap);
        scene.undoing().note("the access stops flapping", _ -> flapping.end());
        return List.of(id);
    }

    /** While others look at what comes of it. */
    private void flap(Environment environment) {
        for (int time = 0; time < times; time++) {
            environment.waiting().pauseFor(each);
            allow(environment);
            environment.waiting().pauseFor(each);
            forbid(environment);
        }
    }

    @Override
    public void clear(Environment environment) {
        new ServiceLevers(environment).terminateRestricted();
        try {
            forbid(environment);
        } catch (NoSuchEntityException gone) {
            environment.waiting().checkCancelled();
        }
    }

    private static void allow(Environment environment) {
        environment.aws().iam().putRolePolicy(request -> request.roleName(
                        environment.names().restrictedAccess())
                .policyName(POLICY)
                .policyDocument(new AccessDocuments(environment).ofReaders()));
    }

    private static void forbid(Environment environment) {
        environment.aws().iam().deleteRolePolicy(request -> request.roleName(
                        environment.names().restrictedAccess())
                .policyName(POLICY));
    }
}

package dev.resilient.scenario;

import dev.resilient.scenario.base.CancelledException;
import dev.resilient.scenario.base.Environment;
import dev.resilient.scenario.base.Refusals;
import dev.resilient.scenario.event.ScenarioEvent;
import dev.resilient.scenario.resource.Resource;
import dev.resilient.scenario.resource.Resources;
import java.time.Duration;
import java.util.List;

/** Removes everything of a deployment, whoever made it and however far they got, and proves it. */
final class Destroyer {
    /** A second one for what the first did not see, a third for what that one was refused. */
    private static final int PASSES = 3;

    /** How long AWS may show what was deleted, and not show what was made. It names no limit; it is seconds. */
    private static final Duration SETTLING = Duration.ofSeconds(5);

    private static final Duration TRY = Duration.ofSeconds(5);

    private final Environment environment;

    Destroyer(Environment environment) {
        this.environment = environment;
    }

    /**
     * Goes through all resources, carrying on past failures; again if something is there afterwards, which may have been made so
     * late that it was not seen.
     *
     * @return what is still there in the end
     */
    List<String> destroy() {
        List<String> left = List.of();
        for (int pass = 0; pass < PASSES && (pass == 0 || !left.isEmpty()); pass++) {
            deleteAll();
            left = settled();
        }
        left.forEach(what -> environment.events().publish(new ScenarioEvent.LeftoverFound(what)));
        return left;
    }

    /** What is there when what was made and deleted a moment ago is seen by everybody: nothing, if nothing is seen for a while. */
    private List<String> settled() {
        Duration quiet = environment.pacing().scaled(SETTLING);
        long start = environment.waiting().time().nanoTime();
        long lastSeen = start;
        while (true) {
            List<String> left = new Leftovers(environment).list();
            lastSeen = left.isEmpty() ? lastSeen : environment.waiting().time().nanoTime();
            boolean isGone = environment.waiting().since(lastSeen).compareTo(quiet) >= 0;
            boolean stays = environment.waiting().since(start).compareTo(quiet.multipliedBy(2)) >= 0;
            if (isGone || (stays && !left.isEmpty())) {
                return left;
            }
            environment.waiting().pause();
        }
    }

    /** What is used by something that could not be removed will not be free however long one waits: what follows is only tried. */
    private void deleteAll() {
        List<Resource> resources = new Resources(environment).toDestroy();
        List<Resource> tried = new Resources(environment.waitingAtMost(TRY)).toDestroy();
        boolean succeeds = true;
        for (int i = 0; i < resources.size(); i++) {
            succeeds &= delete((succeeds ? resources : tried).get(i));
        }
    }

    /** Tells whether it is gone, or was not there. */
    private boolean delete(Resource resource) {
        long start = environment.waiting().time().nanoTime();
        String name = environment.deployment().name();
        try {
            // A name may depend on the account, which has to be asked for.
            name = resource.name();
            if (resource.delete()) {
                environment
                        .events()
                        .publish(new ScenarioEvent.ResourceDeleted(
                                resource.kind(), name, environment.waiting().since(start)));
            }
            return true;
        } catch (CancelledException stopped) {
            throw stopped;
        } catch (RuntimeException failure) {
            environment
                    .events()
                    .publish(new ScenarioEvent.DeletionFailed(resource.kind(), name, Refusals.sentence(failure)));
            return false;
        }
    }
}

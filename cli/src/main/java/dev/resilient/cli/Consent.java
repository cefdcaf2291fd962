package dev.resilient.cli;

import dev.resilient.cli.target.EnvironmentRefused;
import dev.resilient.cli.target.Targets;
import dev.resilient.cli.terminal.Style;
import java.util.function.Predicate;

/** Asks before what costs money or cannot be undone. On the local cloud nothing does. */
final class Consent {
    private Consent() {}

    /**
     * Refuses at once where the question could not be asked later.
     *
     * @throws EnvironmentRefused if there is nobody to be asked, and the answer was not given beforehand
     */
    static void requireSomebody(ScenarioOptions options) {
        if (options.target() == Targets.Kind.AWS && !options.yes() && !Style.isTerminal()) {
            throw new EnvironmentRefused("Nobody can be asked here: say --yes to let it happen in your AWS account.");
        }
    }

    static void toDeploy(ScenarioOptions options, Predicate<String> asking) {
        require(
                options,
                asking,
                "This makes a load balancer and three t3.micro instances in "
                        + options.settings().region()
                        + " of your AWS account, which cost money until they are destroyed. Go on?");
    }

    static void toDemonstrate(ScenarioOptions options, Predicate<String> asking) {
        require(
                options,
                asking,
                "This makes the deployment in " + options.settings().region()
                        + " of your AWS account fail, and has instances of it replaced. Go on?");
    }

    static void toDestroy(ScenarioOptions options, Predicate<String> asking) {
        require(
                options,
                asking,
                "This destroys the deployment in " + options.settings().region() + " of your AWS account. Go on?");
    }

    private static void require(ScenarioOptions options, Predicate<String> asking, String question) {
        if (options.target() == Targets.Kind.LOCAL || options.yes()) {
            return;
        }
        requireSomebody(options);
        if (!asking.test(question)) {
            throw new EnvironmentRefused("Nothing was done.");
        }
    }
}

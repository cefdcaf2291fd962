package dev.resilient.cli;

import dev.resilient.cli.target.EnvironmentRefused;
import dev.resilient.cli.target.Targets;
import dev.resilient.cli.terminal.Page;
import dev.resilient.cli.terminal.Style;
import dev.resilient.cli.terminal.Terminal;

/** Asks before what costs money or cannot be undone. On the local cloud nothing does. */
final class Consent {
    private Consent() {}

    static void toDeploy(ScenarioOptions options, Page page) {
        require(
                options,
                page,
                "This makes a load balancer and three t3.micro instances in "
                        + options.settings().region()
                        + " of your AWS account, which cost money until they are destroyed. Go on?");
    }

    static void toDemonstrate(ScenarioOptions options, Page page) {
        require(
                options,
                page,
                "This makes the deployment in " + options.settings().region()
                        + " of your AWS account fail, and has one of its instances replaced. Go on?");
    }

    static void toDestroy(ScenarioOptions options, Page page) {
        require(
                options,
                page,
                "This destroys the deployment in " + options.settings().region() + " of your AWS account. Go on?");
    }

    private static void require(ScenarioOptions options, Page page, String question) {
        if (options.target() == Targets.Kind.LOCAL || options.yes()) {
            return;
        }
        if (!Style.isTerminal()) {
            throw new EnvironmentRefused("Nobody can be asked here: say --yes to let it happen in your AWS account.");
        }
        if (!Terminal.menu(page).confirms(question)) {
            throw new EnvironmentRefused("Nothing was done.");
        }
    }
}

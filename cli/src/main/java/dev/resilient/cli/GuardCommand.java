package dev.resilient.cli;

import dev.resilient.cli.target.Targets;
import dev.resilient.scenario.base.CancelledException;
import dev.resilient.scenario.guard.GuardLimits;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code resilient guard}: replaces instances that say, or whose silence says, that they cannot do their work. */
@Command(
        name = "guard",
        description = "Replace instances that cannot do their work, and none when a dependency fails for all.")
final class GuardCommand implements Callable<Integer> {
    @Mixin
    private ScenarioOptions options;

    @Option(names = "--dry-run", description = "Tell what would be replaced, and replace nothing.")
    private boolean dryRun;

    @Override
    public Integer call() {
        options.validate();
        Play play = new Play(options);
        return play.at(() -> Targets.deployed(options.target(), options.settings()), (scenario, target) -> {
            Opening.tell(play.page(), target);
            play.page()
                    .line("  Guarding " + options.name() + (dryRun ? ", replacing nothing" : "") + ". Ctrl-C ends it.");
            try {
                scenario.guard(GuardLimits.DEFAULT, name(), dryRun);
            } catch (CancelledException ended) {
                return ExitCode.HELD.status();
            }
            return ExitCode.HELD.status();
        });
    }

    /** Unlike that of any other guard, wherever it runs. */
    private static String name() {
        return "guard-" + HexFormat.of().toHexDigits(new SecureRandom().nextLong());
    }
}

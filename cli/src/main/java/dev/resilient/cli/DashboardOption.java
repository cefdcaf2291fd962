package dev.resilient.cli;

import dev.resilient.cli.dashboard.Dashboard;
import dev.resilient.cli.terminal.Page;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option of every command that can show on a live page what it does. */
final class DashboardOption {
    @Option(
            names = "--dashboard",
            arity = "0..1",
            paramLabel = "PORT",
            fallbackValue = "0",
            description = "Show it on a live web page, on this port of loopback (default: any free one).")
    private @Nullable Integer port;

    /** Where to show it, if it shall be shown. */
    Optional<Integer> port() {
        return Optional.ofNullable(port);
    }

    static void tell(Page page, Dashboard dashboard) {
        page.line("Dashboard: " + page.style().bold(dashboard.address().toString()));
    }
}

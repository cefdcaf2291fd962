package dev.resilient.cli;

import dev.resilient.cli.dashboard.Dashboard;
import dev.resilient.cli.terminal.Page;
import dev.resilient.cli.terminal.Terminal;
import dev.resilient.time.SystemTime;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code resilient dashboard}: a live page of what is deployed, until Ctrl-C. */
@Command(
        name = "dashboard",
        description =
                "Show the deployed service on a live web page, where it can also be made to fail; ends with Ctrl-C.")
final class DashboardCommand implements Callable<Integer> {
    @Mixin
    private ScenarioOptions options;

    @Option(
            names = "--port",
            defaultValue = "0",
            description = "The port of loopback on which to show it (default: any free one).")
    private int port;

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    @Override
    public Integer call() throws InterruptedException {
        options.validate();
        Consent.requireSomebody(options);
        Page page = Terminal.page(options.json());
        Runtime.getRuntime().addShutdownHook(new Thread(this::interrupted, "Ctrl-C"));
        try (var deployment = new FoundDeployment(options);
                Dashboard dashboard = Dashboard.of(deployment, port, SystemTime.INSTANCE)) {
            DashboardOption.tell(page, dashboard);
            page.line("Ctrl-C ends it; what is deployed stays.");
            asked.await();
        } finally {
            ended.countDown();
        }
        return ExitCode.HELD.status();
    }

    private void interrupted() {
        asked.countDown();
        try {
            ended.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}

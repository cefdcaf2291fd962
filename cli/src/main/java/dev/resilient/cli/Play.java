package dev.resilient.cli;

import dev.resilient.cli.dashboard.Dashboard;
import dev.resilient.cli.dashboard.Pause;
import dev.resilient.cli.target.Target;
import dev.resilient.cli.terminal.EventPrinter;
import dev.resilient.cli.terminal.Menu;
import dev.resilient.cli.terminal.Page;
import dev.resilient.cli.terminal.Style;
import dev.resilient.cli.terminal.Terminal;
import dev.resilient.scenario.Interlude;
import dev.resilient.scenario.Scenario;
import dev.resilient.scenario.base.AwsClients;
import dev.resilient.scenario.base.Deployment;
import dev.resilient.time.SystemTime;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.regions.Region;

/** One command's use of the scenario at a target: shown on the page, ended in good order by Ctrl-C. */
final class Play {
    private final ScenarioOptions options;
    private final Page page;
    private final Menu menu;
    private final AtomicReference<@Nullable Scenario> current = new AtomicReference<>();
    private final AtomicBoolean interrupted = new AtomicBoolean();
    private final CountDownLatch done = new CountDownLatch(1);
    private final Pause pause = new Pause();
    private @Nullable Dashboard dashboard;

    Play(ScenarioOptions options) {
        this.options = options;
        this.page = Terminal.page(options.json());
        this.menu = Terminal.menu(page);
    }

    Page page() {
        return page;
    }

    /** Asks a question that needs a plain yes. */
    boolean confirms(String question) {
        return menu.confirms(question);
    }

    /** Shows the scenario on a live page too, if the user asks for it; called once, before anything else. */
    void show(DashboardOption option) {
        option.port().ifPresent(port -> {
            Dashboard shown = Dashboard.beside(port, SystemTime.INSTANCE);
            dashboard = shown;
            DashboardOption.tell(page, shown);
        });
    }

    /**
     * How people take part, unless the demonstration shall play by itself: through the menu where there is a terminal, and on the live
     * page where there is one.
     */
    Interlude interlude(boolean auto) {
        Dashboard shown = dashboard;
        if (auto) {
            return Interlude.none();
        }
        if (Style.isTerminal()) {
            return shown == null ? menu : shown.shown(menu, menu::goOn);
        }
        return shown == null ? Interlude.none() : shown.shown(pause, pause::goOn);
    }

    /**
     * Opens the target, hands its scenario to {@code act} and closes the target. Ctrl-C cancels the scenario, and the process
     * ends when all of this has returned.
     */
    <T> T at(Supplier<Target> open, Act<T> act) {
        Runtime.getRuntime().addShutdownHook(new Thread(this::interrupted, "Ctrl-C"));
        Dashboard shown = dashboard;
        try (shown;
                Target target = open.get()) {
            Deployment deployment = options.deployment(target);
            try (AwsClients clients =
                    new AwsClients(Region.of(target.region()), target.endpoint(), target.credentials())) {
                clients.warmUp();
                Scenario scenario = new Scenario(deployment, clients, SystemTime.INSTANCE);
                scenario.events().subscribe(new EventPrinter(page));
                if (shown != null) {
                    shown.attach(scenario);
                }
                current.set(scenario);
                if (interrupted.get()) {
                    scenario.cancel();
                }
                return act.play(scenario, target);
            }
        } finally {
            done.countDown();
        }
    }

    /** Runs when the process is asked to end, and also when it ends by itself. */
    private void interrupted() {
        if (done.getCount() > 0) {
            interrupted.set(true);
            page.gap();
            page.line("Interrupted: ending in good order.");
            Scenario scenario = current.get();
            if (scenario != null) {
                scenario.cancel();
            }
            menu.close();
            pause.close();
        }
        try {
            done.await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /** What a command does with the scenario at a target. */
    @FunctionalInterface
    interface Act<T> {
        T play(Scenario scenario, Target target);
    }
}

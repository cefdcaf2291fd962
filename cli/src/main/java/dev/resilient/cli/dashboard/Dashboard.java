package dev.resilient.cli.dashboard;

import dev.resilient.cli.dashboard.DashboardState.Step;
import dev.resilient.scenario.Interlude;
import dev.resilient.scenario.Scenario;
import dev.resilient.time.TimeSource;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The live page of one deployment, on loopback from its making until it is closed. Nothing is asked of the deployment, and no request
 * is sent to it, while nobody looks. Thread-safe.
 */
public final class Dashboard implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Dashboard.class);
    private static final Duration BETWEEN_FRAMES = Duration.ofMillis(250);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
    private static final int TOKEN_BYTES = 24;

    private final Viewers viewers = new Viewers();
    private final List<Thread> threads = new ArrayList<>();
    private final String boot = random();
    private final Stage stage;
    private final Observer observer;
    private final LightTraffic traffic;
    private final Acts acts;
    private final Web web;

    private Dashboard(int port, Stage stage, Finder finder) {
        this.stage = stage;
        observer = new Observer(stage, finder);
        traffic = new LightTraffic(stage);
        acts = new Acts(stage, traffic);
        web = new Web(port, random(), viewers, acts);
        whileSomebodyLooks("dashboard-frames", () -> {
            viewers.show(Web.text(frame()));
            return BETWEEN_FRAMES;
        });
        whileSomebodyLooks("dashboard-observer", observer::look);
        whileSomebodyLooks("dashboard-traffic", () -> {
            traffic.send();
            return LightTraffic.INTERVAL;
        });
    }

    /**
     * The page of a scenario that somebody else plays, shown as soon as it is {@linkplain #attach attached}.
     *
     * @param port where to listen; 0 for any
     */
    public static Dashboard beside(int port, TimeSource time) {
        Stage stage = new Stage(Step.NONE, time);
        return new Dashboard(port, stage, stage::scenario);
    }

    /**
     * The page of a deployment that is there, or not, or not any more; its demonstration can be played from the page.
     *
     * @param port where to listen; 0 for any
     */
    public static Dashboard of(Finder finder, int port, TimeSource time) {
        return new Dashboard(port, new Stage(Step.PLAY, time), finder);
    }

    /** Where the page is. */
    public URI address() {
        return web.address();
    }

    /** From now on the page is about this scenario. */
    public void attach(Scenario scenario) {
        stage.attach(scenario);
    }

    /**
     * An interlude that does what another one does, and shows on the page what it waits for.
     *
     * @param goOn ends the present wait of {@code inner}; called when somebody says on the page to go on
     */
    public Interlude shown(Interlude inner, Runnable goOn) {
        return acts.shown(inner, goOn);
    }

    /** Ends the page, and a demonstration that was begun on it. */
    @Override
    public void close() {
        acts.close();
        viewers.close();
        threads.forEach(Thread::interrupt);
        web.close();
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private Frame frame() {
        return Frame.of(stage.state(), boot, stage.scenario().map(Scenario::deployment), stage.now());
    }

    private void whileSomebodyLooks(String name, Round round) {
        threads.add(Thread.ofVirtual().name(name).start(() -> {
            try {
                while (viewers.awaitSomebody()) {
                    stage.time().sleep(played(name, round));
                }
            } catch (InterruptedException _) {
                log.trace("{} has ended", name);
            }
        }));
    }

    /** What fails once may work the next time, and the page must go on. */
    private static Duration played(String name, Round round) {
        try {
            return round.play();
        } catch (RuntimeException failure) {
            log.warn("{} goes on after a failure", name, failure);
            return AFTER_FAILURE;
        }
    }

    private static String random() {
        byte[] bytes = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Something done again and again. */
    private interface Round {
        /** Does it, and tells how long to wait until the next time. */
        Duration play();
    }
}

package dev.resilient.cli.dashboard;

import dev.resilient.cli.dashboard.DashboardState.Step;
import dev.resilient.cli.dashboard.Told.Tone;
import dev.resilient.scenario.Architecture;
import dev.resilient.scenario.Interlude;
import dev.resilient.scenario.Scenario;
import dev.resilient.scenario.event.ScenarioEvent;
import dev.resilient.scenario.event.ScenarioEvent.Occasion;
import dev.resilient.scenario.phase.Phase;
import dev.resilient.scenario.report.PhaseReport;
import dev.resilient.scenario.resource.ServiceParameter;
import java.net.URI;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What can be done on the page. Each act returns when it is done, and says so in a sentence. Thread-safe. */
final class Acts implements AutoCloseable {
    private static final int REQUESTS = 10;

    private final Stage stage;
    private final LightTraffic traffic;
    private final AtomicReference<@Nullable Runnable> goOn = new AtomicReference<>();
    private final AtomicReference<@Nullable Thread> playing = new AtomicReference<>();
    private final Pause pause = new Pause();

    Acts(Stage stage, LightTraffic traffic) {
        this.stage = stage;
        this.traffic = traffic;
    }

    /** An interlude that does what another one does, and shows on the page what it waits for. */
    Interlude shown(Interlude inner, Runnable goOnWithIt) {
        goOn.set(goOnWithIt);
        return new Interlude() {
            @Override
            public void before(Phase phase, Choices choices) {
                waiting(Step.BEFORE, () -> inner.before(phase, choices));
            }

            @Override
            public void after(PhaseReport report, Choices choices) {
                waiting(Step.AFTER, () -> inner.after(report, choices));
            }
        };
    }

    /** Lets happen what waits for somebody to say so. */
    String goOn() {
        return switch (stage.takeStep()) {
            case NONE -> throw new Refused("Nothing waits for you.");
            case BEFORE, AFTER -> {
                Runnable waiting = goOn.get();
                if (waiting != null) {
                    waiting.run();
                }
                yield "";
            }
            case PLAY -> {
                play();
                yield "The demonstration begins.";
            }
        };
    }

    String sendRequests() {
        URI endpoint = stage.state()
                .sight()
                .architecture()
                .flatMap(Architecture::endpoint)
                .orElseThrow(() -> new Refused("There is no service to send requests to."));
        for (int sent = 0; sent < REQUESTS; sent++) {
            stage.accept(new ScenarioEvent.RequestAnswered(endpoint, traffic.request(endpoint), Occasion.ASKED_FOR));
        }
        return REQUESTS + " requests were sent.";
    }

    /** Gives a parameter its other value, or the one of an undisturbed deployment. */
    String set(String key, boolean changed) {
        ServiceParameter parameter = Arrays.stream(ServiceParameter.values())
                .filter(each -> each.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new Refused("There is no parameter " + key + "."));
        var levers = scenario().levers();
        if (changed) {
            levers.set(parameter, parameter.changedValue());
        } else {
            levers.reset(parameter);
        }
        return "Parameter " + key + " was set.";
    }

    String restrict(String instanceId) {
        requireKnown(instanceId);
        scenario().levers().restrict(instanceId);
        return "Instance " + instanceId + " may not read the table any more.";
    }

    String terminate(String instanceId) {
        requireKnown(instanceId);
        scenario().levers().terminate(instanceId);
        return "Instance " + instanceId + " is being terminated.";
    }

    /** Ends the demonstration that was begun here, which puts things back. */
    @Override
    public void close() {
        Thread demonstration = playing.get();
        if (demonstration == null) {
            return;
        }
        stage.scenario().ifPresent(Scenario::cancel);
        pause.close();
        try {
            demonstration.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void play() {
        if (stage.scenario().isEmpty()) {
            stage.change(before -> before.at(Step.PLAY));
        }
        Scenario scenario = scenario();
        Interlude interlude = shown(pause, pause::goOn);
        playing.set(Thread.ofVirtual().name("demonstration").start(() -> {
            try {
                scenario.demonstrate("dashboard", interlude);
            } catch (RuntimeException failure) {
                stage.tell(Tone.BAD, "The demonstration has ended: " + failure.getMessage());
            } finally {
                stage.change(before -> before.idle().at(Step.PLAY));
            }
        }));
    }

    private void waiting(Step step, Runnable wait) {
        stage.change(before -> before.at(step));
        try {
            wait.run();
        } finally {
            stage.change(before -> before.at(Step.NONE));
        }
    }

    private Scenario scenario() {
        return stage.scenario().orElseThrow(() -> new Refused("There is no deployment."));
    }

    /** Nothing outside the deployment can be touched from the page, whatever it is asked for. */
    private void requireKnown(String instanceId) {
        if (!stage.state().sight().knows(instanceId)) {
            throw new Refused("The deployment has no instance " + instanceId + ".");
        }
    }

    /** An act that makes no sense now. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;

        Refused(String sentence) {
            super(sentence);
        }
    }
}

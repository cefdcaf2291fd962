package dev.resilient.cli.dashboard;

import dev.resilient.cli.dashboard.Connection.Kind;
import dev.resilient.scenario.Architecture;
import dev.resilient.scenario.event.ScenarioEvent.Act;
import dev.resilient.scenario.observe.Answer;
import dev.resilient.scenario.observe.ServiceProbe;
import java.net.URI;
import java.time.Duration;

/** A few requests a second, so that the page has something to show while somebody looks and no one else sends any. */
final class LightTraffic {
    static final Duration INTERVAL = Duration.ofMillis(200);

    /** Phases send many times a second, and drills tell once a second what their users got. */
    private static final Duration QUIET = Duration.ofSeconds(2);

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Stage stage;

    LightTraffic(Stage stage) {
        this.stage = stage;
    }

    /** Sends one request, if one is wanted. */
    void send() {
        DashboardState state = stage.state();
        boolean unfinished =
                state.script().act().filter(act -> act != Act.DEMONSTRATE).isPresent();
        if (state.sight().connection().kind() == Kind.LIVE && !unfinished && stage.heardNoAnswerFor(QUIET)) {
            state.sight()
                    .architecture()
                    .flatMap(Architecture::endpoint)
                    .map(this::request)
                    .ifPresent(answer -> stage.change(before -> before.answered(answer, stage.now())));
        }
    }

    /** The answer to one request. */
    Answer request(URI endpoint) {
        try (ServiceProbe probe = new ServiceProbe(endpoint, PATIENCE, stage.time())) {
            return probe.sendOnFreshConnection();
        }
    }
}

package dev.resilient.loadbalancer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.loadbalancer.RawTarget.Script;
import dev.resilient.loadbalancer.target.AnomalyDetection;
import dev.resilient.loadbalancer.target.RoutingAlgorithm;
import dev.resilient.loadbalancer.target.TargetStatus;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A target whose health checks succeed and whose requests fail. */
class AnomalyMitigationTest {
    private static final AnomalyDetection MITIGATED = new AnomalyDetection(true, true);
    private static final int MOST_REQUESTS = 20_000;

    private enum Failure {
        STATUS,
        CLOSED,
        RESET;

        Script script() {
            return switch (this) {
                case STATUS -> Script.status(500);
                case CLOSED -> (head, connection) -> connection.close();
                case RESET -> (head, connection) -> connection.reset();
            };
        }
    }

    @ParameterizedTest
    @EnumSource(Failure.class)
    void it_gets_fewer_requests_than_its_peers(Failure failure) throws Exception {
        try (RawTarget bad = RawTarget.start(failure.script());
                RawTarget good = RawTarget.start(Script.status(200));
                RawTarget better = RawTarget.start(Script.status(200));
                Stage stage = Stage.with(
                        builder -> builder.anomalyInterval(Duration.ofMillis(50)),
                        Stage.QUICK.withAlgorithm(new RoutingAlgorithm.WeightedRandom(true)),
                        bad,
                        good,
                        better);
                RawClient client = RawClient.connect(stage.address())) {
            int requests = 0;
            while (!detection(stage).getFirst().equals(MITIGATED)) {
                client.send(Http.get()).response();
                assertThat(++requests).isLessThan(MOST_REQUESTS);
            }
            assertThat(detection(stage)).containsExactly(MITIGATED, AnomalyDetection.NORMAL, AnomalyDetection.NORMAL);
            assertThat(stage.group().targets())
                    .allMatch(status -> status.health().reason().isEmpty());
        }
    }

    @Test
    void a_target_that_answers_4xx_is_no_anomaly() throws Exception {
        try (RawTarget strict = RawTarget.start(Script.status(404));
                RawTarget good = RawTarget.start(Script.status(200));
                RawTarget bad = RawTarget.start(Script.status(503));
                Stage stage = Stage.with(
                        builder -> builder.anomalyInterval(Duration.ofMillis(50)), Stage.QUICK, strict, good, bad);
                RawClient client = RawClient.connect(stage.address())) {
            int requests = 0;
            while (!detection(stage).getLast().anomalous()) {
                client.send(Http.get()).response();
                assertThat(++requests).isLessThan(MOST_REQUESTS);
            }
            assertThat(detection(stage))
                    .containsExactly(
                            AnomalyDetection.NORMAL, AnomalyDetection.NORMAL, new AnomalyDetection(true, false));
        }
    }

    private static List<AnomalyDetection> detection(Stage stage) {
        return stage.group().targets().stream()
                .map(TargetStatus::anomalyDetection)
                .toList();
    }
}

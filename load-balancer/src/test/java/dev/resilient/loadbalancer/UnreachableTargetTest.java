package dev.resilient.loadbalancer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resilient.loadbalancer.event.BalancerReason;
import dev.resilient.loadbalancer.target.TargetGroupSettings;
import dev.resilient.loadbalancer.target.TargetReason;
import dev.resilient.loadbalancer.target.TargetState;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class UnreachableTargetTest {
    private static final Duration SHORT = Duration.ofMillis(300);

    @Test
    void a_target_that_packets_do_not_get_through_to_times_out_until_they_do() throws Exception {
        AtomicBoolean reachable = new AtomicBoolean(true);
        TargetGroupSettings settings =
                Stage.QUICK.withHealthCheck(Stage.QUICK.healthCheck().withTiming(Duration.ofMillis(50), SHORT));
        try (RawTarget target = RawTarget.start(RawTarget.Script.body("hello"));
                Stage stage = Stage.with(
                        builder -> builder.connectTimeout(SHORT).reaches(address -> reachable.get()),
                        settings,
                        target)) {
            reachable.set(false);
            stage.awaitAll(TargetState.UNHEALTHY);
            assertThat(stage.health("i-0").reason()).contains(TargetReason.TIMEOUT);
            assertThat(RawClient.get(stage.address()).status()).isEqualTo(504);
            assertThat(stage.exchange().reason()).contains(BalancerReason.CONNECT_TIMEOUT);

            reachable.set(true);
            stage.awaitAll(TargetState.HEALTHY);
        }
    }

    @Test
    void an_attempt_that_nobody_answers_does_not_outlive_its_load_balancer() throws Exception {
        AtomicBoolean reachable = new AtomicBoolean(true);
        try (RawTarget target = RawTarget.start(RawTarget.Script.body("hello"));
                Stage stage = Stage.with(
                        builder -> builder.connectTimeout(Duration.ofMinutes(1)).reaches(address -> reachable.get()),
                        Stage.QUICK,
                        target)) {
            reachable.set(false);
            try (RawClient client = RawClient.connect(stage.address())) {
                client.send(Http.get());
                await().until(() -> stage.group().requestsInFlight(target.as("i-0")) == 1);
                stage.balancer().close();
                assertThat(stage.exchange().reason()).contains(BalancerReason.BALANCER_CLOSED);
            }
        }
    }

    @Test
    void whoever_cannot_say_whether_a_target_is_reached_leaves_no_request_in_flight() throws Exception {
        AtomicBoolean broken = new AtomicBoolean(false);
        try (RawTarget target = RawTarget.start(RawTarget.Script.body("hello"));
                Stage stage = Stage.with(
                        builder -> builder.connectTimeout(SHORT).reaches(address -> {
                            if (broken.get()) {
                                throw new IllegalStateException("this test breaks it");
                            }
                            return true;
                        }),
                        Stage.QUICK,
                        target)) {
            broken.set(true);
            assertThat(RawClient.get(stage.address()).status()).isEqualTo(502);
            assertThat(stage.exchange().reason()).contains(BalancerReason.CONNECT_FAILED);
            assertThat(stage.group().requestsInFlight(target.as("i-0"))).isZero();
        }
    }
}

package dev.resilient.loadbalancer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resilient.loadbalancer.RawTarget.Script;
import dev.resilient.loadbalancer.target.TargetHealth;
import dev.resilient.loadbalancer.target.TargetState;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One address for the nodes in all zones. */
class NodesTest {

    @Test
    void each_connection_is_with_one_node_and_without_cross_zone_stays_in_its_zone() throws Exception {
        try (RawTarget inA = RawTarget.start(Script.body("a"));
                RawTarget inB = RawTarget.start(Script.body("b"));
                Stage stage = stage(inA, inB);
                RawClient first = RawClient.connect(stage.address())) {
            String zone = first.send(Http.get()).response().body();
            String other = zone.equals("a") ? "b" : "a";
            for (int i = 0; i < 5; i++) {
                assertThat(first.send(Http.get()).response().body()).isEqualTo(zone);
            }
            assertThat(RawClient.get(stage.address()).body()).isEqualTo(other);
            assertThat(RawClient.get(stage.address()).body()).isEqualTo(zone);
        }
    }

    @Test
    void new_connections_avoid_a_zone_without_healthy_targets_unless_all_are() throws Exception {
        try (RawTarget inA = RawTarget.start(Script.body("a"));
                RawTarget inB = RawTarget.start(Script.body("b"));
                Stage stage = stage(inA, inB)) {
            inA.answerChecksWith(Script.status(500));
            await().until(() -> stage.health("i-a").state() == TargetState.UNHEALTHY);
            assertThat(stage.balancer().isZoneHealthy("zone-a")).isFalse();
            assertThat(stage.balancer().isZoneHealthy("zone-b")).isTrue();
            for (int i = 0; i < 4; i++) {
                assertThat(RawClient.get(stage.address()).body()).isEqualTo("b");
            }

            inB.answerChecksWith(Script.status(500));
            await().until(() -> stage.health("i-b").state() == TargetState.UNHEALTHY);
            assertThat(List.of(
                            RawClient.get(stage.address()).body(),
                            RawClient.get(stage.address()).body()))
                    .containsExactlyInAnyOrder("a", "b");
        }
    }

    @Test
    void targets_elsewhere_are_unused() throws Exception {
        try (RawTarget elsewhere = RawTarget.start(Script.body("elsewhere"));
                Stage stage = Stage.with(builder -> builder.zones(List.of("zone-a")), Stage.QUICK)) {
            stage.group().register(List.of(elsewhere.as("i-c", "zone-c")));
            assertThat(stage.health("i-c")).isEqualTo(TargetHealth.ZONE_NOT_ENABLED);
            assertThat(RawClient.get(stage.address()).status()).isEqualTo(503);
        }
    }

    @Test
    void zones_change_for_the_next_request_and_targets_in_new_ones_are_checked_first() throws Exception {
        try (RawTarget inA = RawTarget.start(Script.body("a"));
                RawTarget inB = RawTarget.start(Script.body("b"));
                Stage stage = stage(inA, inB)) {
            stage.balancer().setZones(List.of("zone-b", "zone-c"));
            assertThat(stage.health("i-a")).isEqualTo(TargetHealth.ZONE_NOT_ENABLED);
            assertThat(stage.health("i-b").state()).isEqualTo(TargetState.HEALTHY);
            for (int i = 0; i < 4; i++) {
                assertThat(RawClient.get(stage.address()).body()).isEqualTo("b");
            }

            stage.balancer().setZones(List.of("zone-a", "zone-b"));
            await().until(() -> stage.health("i-a").state() == TargetState.HEALTHY);
            assertThat(List.of(
                            RawClient.get(stage.address()).body(),
                            RawClient.get(stage.address()).body()))
                    .containsExactlyInAnyOrder("a", "b");
        }
    }

    private static Stage stage(RawTarget inA, RawTarget inB) throws Exception {
        Stage stage =
                Stage.with(builder -> builder.zones(List.of("zone-a", "zone-b")), Stage.QUICK.withCrossZone(false));
        stage.group().register(List.of(inA.as("i-a", "zone-a"), inB.as("i-b", "zone-b")));
        stage.awaitAll(TargetState.HEALTHY);
        return stage;
    }
}

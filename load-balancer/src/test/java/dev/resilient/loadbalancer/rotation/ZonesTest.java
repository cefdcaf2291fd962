package dev.resilient.loadbalancer.rotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resilient.loadbalancer.target.HealthyMinimum;
import dev.resilient.loadbalancer.target.Target;
import dev.resilient.loadbalancer.target.TargetGroupSettings;
import dev.resilient.loadbalancer.target.TargetHealth;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which zones and which targets get requests when some targets are not healthy. */
class ZonesTest {
    private static final HealthyMinimum HALF = new HealthyMinimum(OptionalInt.of(1), OptionalInt.of(50));
    private final List<Target> inA = Scene.targets("a", "a", 10);
    private final List<Target> inB = Scene.targets("b", "b", 10);

    /** The worked example of AWS's documentation: two zones of ten targets, both minima 50 %, six fail in the second zone. */
    private Scene workedExample(boolean crossZone) {
        Scene scene = new Scene(Scene.SETTINGS.withCrossZone(crossZone).withMinima(HALF, HALF), "a", "b");
        scene.rotation.register(Stream.concat(inA.stream(), inB.stream()).toList());
        scene.all(inA, 200);
        scene.all(inB.subList(0, 4), 200);
        scene.all(inB.subList(4, 10), 500);
        return scene;
    }

    @Test
    void without_cross_zone_the_failing_zone_leaves_dns_and_fails_open_over_its_own_targets() {
        Scene scene = workedExample(false);
        assertThat(scene.rotation.isHealthyIn("a")).isTrue();
        assertThat(scene.rotation.isHealthyIn("b")).isFalse();
        assertThat(scene.requests(100, "a").keySet()).containsExactlyInAnyOrderElementsOf(ids(inA));
        assertThat(scene.requests(100, "b").keySet()).containsExactlyInAnyOrderElementsOf(ids(inB));
        assertThat(scene.requests(1, "c")).isEqualTo(Map.of("nobody", 1));
    }

    @Test
    void with_cross_zone_the_healthy_targets_of_both_zones_are_used_from_both() {
        Scene scene = workedExample(true);
        for (String zone : List.of("a", "b")) {
            assertThat(scene.rotation.isHealthyIn(zone)).isTrue();
            assertThat(scene.requests(140, zone))
                    .hasSize(14)
                    .allSatisfy((id, count) -> assertThat(count).isEqualTo(10))
                    .containsOnlyKeys(Stream.concat(ids(inA).stream(), ids(inB.subList(0, 4)).stream())
                            .toList());
        }
    }

    /** As connections are spread over the zones: every other request comes in by the other one. */
    @Test
    void requests_that_come_in_by_the_zones_in_turn_reach_all_targets() {
        Scene scene = workedExample(false);
        Map<String, Integer> got = new HashMap<>();
        for (int i = 0; i < 20; i++) {
            scene.requests(1, i % 2 == 0 ? "a" : "b").forEach((id, count) -> got.merge(id, count, Integer::sum));
        }
        assertThat(got).hasSize(20).allSatisfy((id, count) -> assertThat(count).isEqualTo(1));
    }

    @Test
    void a_zone_leaves_dns_before_it_fails_open() {
        Scene scene = workedExample(false);
        scene.change(settings -> settings.withMinima(HealthyMinimum.ONE, HALF));
        assertThat(scene.rotation.isHealthyIn("b")).isFalse();
        assertThat(scene.requests(100, "b").keySet()).containsExactlyInAnyOrderElementsOf(ids(inB.subList(0, 4)));
    }

    @Test
    void the_percentage_is_of_the_targets_registered_at_the_moment() {
        Scene scene = workedExample(false);
        scene.rotation.deregister(inB.subList(8, 10));
        assertThat(scene.rotation.isHealthyIn("b")).as("4 of 8").isTrue();
        scene.rotation.register(inB.subList(8, 10));
        assertThat(scene.rotation.isHealthyIn("b")).as("4 of 10").isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "1, 50, 5, 10, true",
        "1, 50, 4, 10, false",
        "6, 50, 5, 10, false",
        "6, 50, 6, 10, true",
        "1, 1, 0, 0, false"
    })
    void either_breach_is_one(int count, int percentage, int healthy, int registered, boolean met) {
        assertThat(HealthyMinimum.of(count, percentage).isMetBy(healthy, registered))
                .isEqualTo(met);
    }

    @Test
    void an_empty_group_keeps_its_zones_out_of_dns() {
        Scene scene = new Scene(Scene.SETTINGS, "a");
        assertThat(scene.rotation.isHealthyIn("a")).isFalse();
        scene.change(settings ->
                settings.withMinima(HealthyMinimum.ONE, new HealthyMinimum(OptionalInt.empty(), OptionalInt.empty())));
        assertThat(scene.rotation.isHealthyIn("a")).isTrue();
    }

    @Test
    void minima_that_cannot_be_are_refused() {
        TargetGroupSettings settings = TargetGroupSettings.DEFAULT;
        assertThatThrownBy(() -> settings.withMinima(HealthyMinimum.of(3, 50), HealthyMinimum.of(2, 50)))
                .hasMessageContaining("2 targets and 50 %, is below the one for routing, 3 targets and 50 %");
        assertThatThrownBy(() -> settings.withMinima(HALF, HealthyMinimum.of(1, 49)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> settings.withMinima(new HealthyMinimum(OptionalInt.empty(), OptionalInt.of(50)), HALF))
                .hasMessageContaining("needs a count");
        assertThat(settings.withMinima(HALF, HealthyMinimum.ONE).dnsMinimum()).isEqualTo(HealthyMinimum.ONE);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 101})
    void a_percentage_is_1_to_100(int percentage) {
        assertThatThrownBy(() -> HealthyMinimum.of(1, percentage)).hasMessageContaining("not " + percentage);
        assertThatThrownBy(() -> HealthyMinimum.of(0, 1)).hasMessageContaining("not 0");
    }

    @Test
    void a_target_outside_the_zones_of_the_load_balancer_is_unused_and_goes_at_once() {
        Scene scene = new Scene(Scene.SETTINGS, "a", "b");
        Target elsewhere = Scene.target("i-c", "c");
        scene.rotation.register(List.of(elsewhere));
        assertThat(scene.status("i-c").health()).isEqualTo(TargetHealth.ZONE_NOT_ENABLED);
        assertThat(scene.owner.checked).isEmpty();
        assertThat(scene.requests(1)).isEqualTo(Map.of("nobody", 1));
        scene.rotation.deregister(List.of(elsewhere));
        assertThat(scene.rotation.targets()).isEmpty();
    }

    private static List<String> ids(List<Target> targets) {
        return targets.stream().map(Target::id).toList();
    }
}

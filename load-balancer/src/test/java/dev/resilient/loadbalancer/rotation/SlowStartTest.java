package dev.resilient.loadbalancer.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.loadbalancer.target.RoutingAlgorithm;
import dev.resilient.loadbalancer.target.TargetGroupSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a target gets its requests little by little, and when not. */
class SlowStartTest {
    private static final int MANY = 10_000;
    private static final Duration DURATION = Duration.ofSeconds(100);
    private static final TargetGroupSettings SLOW =
            Scene.SETTINGS.withAlgorithm(new RoutingAlgorithm.RoundRobin(DURATION));

    @ParameterizedTest
    @CsvSource({"0, 0.0", "10, 0.1", "25, 0.25", "50, 0.5", "90, 0.9", "100, 1.0", "1000, 1.0"})
    void the_share_of_a_target_that_joins_others_grows_with_time(int seconds, double share) {
        Scene scene = new Scene(SLOW).with("one", "two").healthy("one", "two");
        scene.with("new").healthy("new");
        scene.owner.advance(Duration.ofSeconds(seconds));

        Map<String, Integer> got = scene.requests(MANY);
        assertThat(got.getOrDefault("new", 0) / (double) got.get("one"))
                .as("seed %s", ManualOwner.SEED)
                .isBetween(share - 0.05, share + 0.05);
        assertThat(got.get("one") - got.get("two")).isBetween(-1, 1);
    }

    @Test
    void targets_that_are_registered_together_into_an_empty_group_begin_at_once() {
        Scene scene = new Scene(SLOW).with("one", "two", "three").healthy("one");
        scene.owner.advance(Duration.ofSeconds(10));
        scene.healthy("two", "three");
        assertThat(scene.requests(9)).isEqualTo(Map.of("one", 3, "two", 3, "three", 3));
    }

    @Test
    void a_target_without_a_healthy_one_beside_it_begins_at_once() {
        Scene scene = new Scene(SLOW).with("one").healthy("one").with("new").unhealthy("one");
        scene.healthy("new");
        assertThat(scene.requests(4)).isEqualTo(Map.of("new", 4));
        scene.healthy("one");
        assertThat(scene.requests(4))
                .as("beside a target that is not in slow start")
                .isEqualTo(Map.of("new", 4));
    }

    @Test
    void a_target_beside_only_slow_ones_begins_at_once() {
        Scene scene = new Scene(SLOW)
                .with("one")
                .healthy("one")
                .with("slow")
                .healthy("slow")
                .unhealthy("one");
        scene.with("new").healthy("new");
        assertThat(scene.requests(4)).isEqualTo(Map.of("new", 4));
    }

    @Test
    void targets_that_are_healthy_when_slow_start_is_switched_on_stay_as_they_are() {
        Scene scene =
                new Scene(Scene.SETTINGS).with("one").healthy("one").with("two").healthy("two");
        scene.change(settings -> settings.withAlgorithm(SLOW.algorithm()));
        assertThat(scene.requests(4)).isEqualTo(Map.of("one", 2, "two", 2));
    }

    @Test
    void a_target_that_recovers_begins_slowly_again() {
        Scene scene = new Scene(SLOW).with("one", "two").healthy("one", "two");
        scene.unhealthy("two").healthy("two");
        assertThat(scene.requests(4)).isEqualTo(Map.of("one", 4));
        scene.owner.advance(DURATION);
        assertThat(scene.requests(4)).isEqualTo(Map.of("one", 2, "two", 2));
    }

    @Test
    void switching_it_off_ends_it() {
        Scene scene = new Scene(SLOW).with("one").healthy("one").with("new").healthy("new");
        assertThat(scene.requests(4)).isEqualTo(Map.of("one", 4));
        scene.change(settings -> settings.withAlgorithm(new RoutingAlgorithm.RoundRobin()));
        assertThat(scene.requests(4)).isEqualTo(Map.of("one", 2, "new", 2));
    }

    @Test
    void a_target_that_drains_and_comes_back_begins_slowly() {
        Scene scene = new Scene(SLOW).with("one", "two").healthy("one", "two");
        scene.rotation.deregister(List.of(Scene.target("two")));
        scene.with("two").healthy("two");
        assertThat(scene.requests(4)).isEqualTo(Map.of("one", 4));
    }
}

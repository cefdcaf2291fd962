package dev.resilient.loadbalancer.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.loadbalancer.target.AnomalyDetection;
import dev.resilient.loadbalancer.target.RoutingAlgorithm;
import dev.resilient.loadbalancer.target.TargetGroupSettings;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Automatic target weights: who is an anomaly, and what becomes of it. */
class WeightedRandomTest {
    private static final AnomalyDetection DETECTED = new AnomalyDetection(true, false);
    private static final AnomalyDetection MITIGATED = new AnomalyDetection(true, true);
    private static final AnomalyDetection RECOVERING = new AnomalyDetection(false, true);
    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final List<String> IDS = List.of("one", "two", "three", "four");

    @Test
    void every_target_has_the_same_chance() {
        assertThat(scene(false).requests(8_000))
                .as("seed %s", ManualOwner.SEED)
                .hasSize(4)
                .allSatisfy((id, count) -> assertThat(count).isBetween(1_850, 2_150));
    }

    @Test
    void an_anomaly_is_detected_whatever_the_algorithm_and_mitigated_only_where_that_is_asked_for() {
        Scene roundRobin = new Scene(Scene.SETTINGS).with("one", "two", "three", "four");
        roundRobin.healthy("one", "two", "three", "four");
        assertThat(afterFailuresOfOne(roundRobin)).isEqualTo(DETECTED);
        assertThat(afterFailuresOfOne(scene(false))).isEqualTo(DETECTED);
        assertThat(afterFailuresOfOne(scene(true))).isEqualTo(MITIGATED);
    }

    private static AnomalyDetection afterFailuresOfOne(Scene scene) {
        scene.owner.advance(INTERVAL);
        interval(scene, 20, 20);
        assertThat(scene.status("two").anomalyDetection()).isEqualTo(AnomalyDetection.NORMAL);
        return scene.status("one").anomalyDetection();
    }

    @Test
    void the_share_of_an_anomaly_is_halved_again_and_again_and_doubled_when_it_is_over() {
        Scene scene = scene(true);
        scene.owner.advance(INTERVAL);
        interval(scene, 20, 20);
        assertThat(shareOfOne(scene)).isBetween(0.45, 0.55);
        interval(scene, 20, 20);
        assertThat(shareOfOne(scene)).isBetween(0.2, 0.3);
        for (int i = 0; i < 10; i++) {
            interval(scene, 20, 20);
        }
        assertThat(shareOfOne(scene)).as("never nothing").isBetween(0.02, 0.045);

        interval(scene, 20, 0);
        assertThat(scene.status("one").anomalyDetection()).isEqualTo(RECOVERING);
        for (int i = 0; i < 4; i++) {
            interval(scene, 20, 0);
        }
        assertThat(scene.status("one").anomalyDetection()).isEqualTo(AnomalyDetection.NORMAL);
        assertThat(shareOfOne(scene)).isBetween(0.9, 1.1);
    }

    @Test
    void a_target_with_few_requests_keeps_its_verdict_until_it_has_had_enough() {
        Scene scene = scene(true);
        scene.owner.advance(INTERVAL);
        interval(scene, 20, 20);
        interval(scene, 4, 0);
        interval(scene, 4, 0);
        assertThat(scene.status("one").anomalyDetection()).isEqualTo(MITIGATED);
        interval(scene, 4, 0);
        assertThat(scene.status("one").anomalyDetection()).isEqualTo(RECOVERING);
    }

    @Test
    void of_two_healthy_targets_none_is_an_anomaly() {
        Scene scene = scene(true).unhealthy("three", "four");
        scene.owner.advance(INTERVAL);
        interval(scene, 20, 20);
        assertThat(scene.status("one").anomalyDetection()).isEqualTo(AnomalyDetection.NORMAL);
    }

    @Test
    void an_anomaly_that_fails_its_health_checks_begins_anew_when_it_has_recovered() {
        Scene scene = scene(true);
        scene.owner.advance(INTERVAL);
        interval(scene, 20, 20);
        scene.unhealthy("one");
        assertThat(scene.status("one").anomalyDetection()).isEqualTo(AnomalyDetection.NORMAL);
        interval(scene, 20, 20);
        scene.healthy("one");
        interval(scene, 20, 20);
        assertThat(scene.status("one").anomalyDetection())
                .as("compared from its recovery on")
                .isEqualTo(AnomalyDetection.NORMAL);
        interval(scene, 20, 20);
        assertThat(scene.status("one").anomalyDetection()).isEqualTo(MITIGATED);
    }

    @Test
    void nobody_is_compared_any_more_when_the_group_is_not_in_use() {
        Scene scene = scene(true);
        scene.rotation.release();
        scene.owner.advance(Duration.ofMinutes(1));
        scene.rotation.use(scene.owner);
        scene.healthy("one", "two", "three", "four");
        assertThat(afterFailuresOfOne(scene)).isEqualTo(MITIGATED);
    }

    @ParameterizedTest
    @CsvSource({
        "10, 10, 30, 0, true",
        "20, 6, 60, 0, true",
        "20, 3, 60, 9, false",
        "20, 20, 60, 60, false",
        "10, 1, 30, 0, false",
        "1000, 40, 3000, 0, false",
        "1000, 100, 3000, 0, true",
        "20, 0, 60, 60, false"
    })
    void one_target_is_worse_than_its_peers_when_the_difference_is_large_and_no_chance(
            int requests, int failures, int peers, int failuresOfPeers, boolean worse) {
        assertThat(new Outcomes(requests, failures).areWorseThan(new Outcomes(peers, failuresOfPeers)))
                .isEqualTo(worse);
    }

    private static Scene scene(boolean mitigation) {
        TargetGroupSettings settings = Scene.SETTINGS.withAlgorithm(new RoutingAlgorithm.WeightedRandom(mitigation));
        return new Scene(settings).with("one", "two", "three", "four").healthy("one", "two", "three", "four");
    }

    /** Requests end at all targets, some with failures at the first, and the targets are compared. */
    private static void interval(Scene scene, int requestsOfOne, int failuresOfOne) {
        IDS.forEach(
                id -> scene.outcomes(id, id.equals("one") ? requestsOfOne : 20, id.equals("one") ? failuresOfOne : 0));
        scene.owner.advance(INTERVAL);
    }

    private static double shareOfOne(Scene scene) {
        var got = scene.requests(20_000);
        return got.getOrDefault("one", 0) / (double) got.get("two");
    }
}

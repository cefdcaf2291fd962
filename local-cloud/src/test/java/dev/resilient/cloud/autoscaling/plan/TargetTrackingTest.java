package dev.resilient.cloud.autoscaling.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.cloud.autoscaling.group.Group;
import dev.resilient.cloud.autoscaling.group.Phase;
import dev.resilient.cloud.autoscaling.group.TrackingPolicy;
import dev.resilient.cloud.autoscaling.group.TrackingPolicy.Seen;
import dev.resilient.cloud.autoscaling.plan.TargetTracking.Change;
import dev.resilient.cloud.base.Pace;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.autoscaling.model.Alarm;
import software.amazon.awssdk.services.autoscaling.model.ScalingPolicy;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;

class TargetTrackingTest {

    /** Minutes of a group of a hundred at most whose instances have all served for long; each takes 100 requests per minute. */
    private static final class Minutes {
        private Group group;
        private Instant now = Examples.NOW;
        private final Map<String, Long> counts = new HashMap<>();
        private final Pace pace;

        Minutes(int instances, Pace pace, TrackingPolicy... policies) {
            this.pace = pace;
            this.group = Examples.group(
                            instances,
                            "a",
                            IntStream.range(0, instances)
                                    .mapToObj(i -> Examples.member("i-" + i, "a", Examples.serving(36_000)))
                                    .toList())
                    .withPolicies(List.of(policies));
        }

        Minutes with(Phase phase) {
            group = group.withNewMember(Examples.member("i-more", "a", phase));
            return this;
        }

        /** What is wanted after so many minutes with so many requests in each, per policy. */
        Optional<Change> pass(int minutes, long... requests) {
            Optional<Change> wanted = counts.isEmpty() ? step(requests) : Optional.empty();
            for (int i = 0; i < minutes; i++) {
                now = now.plus(pace.of(Duration.ofMinutes(1)));
                wanted = step(requests);
            }
            return wanted;
        }

        private Optional<Change> step(long... requests) {
            for (int i = 0; i < requests.length; i++) {
                counts.merge(label(i), requests[i], Long::sum);
            }
            Map<String, InstanceStateName> states = new HashMap<>();
            group.members().forEach(member -> states.put(member.instanceId(), InstanceStateName.RUNNING));
            Facts facts = new Facts(now, pace, states, Map.of(), Set.of(), counts);
            Optional<Step.Track> track = TargetTracking.of(group, facts);
            track.ifPresent(step -> group = group.withPolicies(step.seen()));
            return track.flatMap(Step.Track::change);
        }
    }

    private static String label(int i) {
        return "label-" + i;
    }

    private static TrackingPolicy policy(int i, boolean scalesIn) {
        return policy(i, scalesIn, true);
    }

    private static TrackingPolicy policy(int i, boolean scalesIn, boolean enabled) {
        ScalingPolicy shape = ScalingPolicy.builder()
                .policyName("policy-" + i)
                .targetTrackingConfiguration(configuration -> configuration
                        .predefinedMetricSpecification(metric -> metric.resourceLabel(label(i)))
                        .targetValue(100.0)
                        .disableScaleIn(!scalesIn))
                .estimatedInstanceWarmup(180)
                .enabled(enabled)
                .alarms(
                        Alarm.builder().alarmName("high").build(),
                        Alarm.builder().alarmName("low").build())
                .build();
        return new TrackingPolicy(shape, Seen.NOTHING);
    }

    private static int desired(Optional<Change> change, int otherwise) {
        return change.map(Change::desired).orElse(otherwise);
    }

    @ParameterizedTest(name = "{0} instances, {1} minutes with {2} requests each: {3}")
    @CsvSource({
        // more than the target for three minutes
        "4, 2, 900, 4",
        "4, 3, 900, 9",
        "4, 3, 401, 5",
        "4, 3, 400, 4",
        "4, 3, 20000, 100",
        // less than nine tenths of it for fifteen minutes
        "4, 14, 100, 4",
        "4, 15, 100, 3",
        "4, 15, 359, 4",
        "4, 15, 0, 3",
        "40, 15, 0, 36",
        "10, 15, 899, 9",
        "10, 15, 900, 10",
        "1, 15, 0, 0",
    })
    void the_capacity_follows_the_requests(int instances, int minutes, long requests, int wanted) {
        Minutes scene = new Minutes(instances, Pace.REAL, policy(0, true));

        assertThat(desired(scene.pass(minutes, requests), instances)).isEqualTo(wanted);
    }

    @Test
    void a_group_never_shrinks_below_what_its_traffic_needs_and_never_grows_for_less_than_the_target() {
        for (int instances = 1; instances <= 20; instances++) {
            for (long requests = 0; requests <= 3000; requests += 77) {
                int wanted = desired(new Minutes(instances, Pace.REAL, policy(0, true)).pass(15, requests), instances);
                if (wanted < instances) {
                    assertThat(wanted * 100L).isGreaterThanOrEqualTo(Math.min(requests, instances * 100L));
                } else if (wanted > instances) {
                    assertThat(requests).isGreaterThan(instances * 100L);
                    assertThat((wanted - 1) * 100L).isLessThan(requests);
                }
            }
        }
    }

    @Test
    void one_policy_makes_a_group_grow_and_all_must_agree_that_it_shrinks() {
        assertThat(desired(new Minutes(4, Pace.REAL, policy(0, true), policy(1, true)).pass(3, 0, 900), 4))
                .isEqualTo(9);
        assertThat(new Minutes(4, Pace.REAL, policy(0, true), policy(1, true)).pass(15, 0, 380))
                .isEmpty();
        assertThat(desired(new Minutes(4, Pace.REAL, policy(0, true), policy(1, true)).pass(15, 0, 300), 4))
                .isEqualTo(3);
        assertThat(new Minutes(4, Pace.REAL, policy(0, true), policy(1, false)).pass(15, 0, 0))
                .isEmpty();
        assertThat(new Minutes(4, Pace.REAL, policy(0, true), policy(1, true)).pass(15, 0))
                .as("nothing is known of the second one's traffic")
                .isEmpty();
    }

    @Test
    void instances_that_warm_up_do_not_count_in_the_metric_and_do_as_capacity() {
        Minutes scene = new Minutes(2, Pace.REAL, policy(0, true)).with(Examples.serving(-60));

        assertThat(desired(scene.pass(3, 300), 3))
                .as("two busy ones, and a third for them")
                .isEqualTo(3);
        assertThat(scene.group.policies().getFirst().isTooBusy()).isTrue();
    }

    @Test
    void nothing_shrinks_while_something_is_under_way() {
        assertThat(new Minutes(4, Pace.REAL, policy(0, true))
                        .with(new Phase.Pending("launch"))
                        .pass(15, 0))
                .isEmpty();
    }

    @Test
    void minutes_are_divided_by_the_pace_and_rates_are_not() {
        // A tenth of a minute at a time: 90 requests in it are 900 per minute.
        assertThat(desired(new Minutes(4, new Pace(10), policy(0, true)).pass(3, 90), 4))
                .isEqualTo(9);
    }

    @Test
    void a_load_balancer_that_begins_to_count_anew_is_listened_to_from_then_on() {
        Minutes scene = new Minutes(4, Pace.REAL, policy(0, true));
        scene.pass(2, 900);
        scene.counts.put(label(0), 0L);

        assertThat(scene.pass(3, 900)).isEmpty();
        assertThat(desired(scene.pass(1, 900), 4)).isEqualTo(9);
    }

    @Test
    void a_policy_that_is_disabled_wants_nothing() {
        TrackingPolicy off = policy(0, true, false);

        assertThat(Stream.of(0L, 5000L).map(requests -> new Minutes(4, Pace.REAL, off).pass(20, requests)))
                .allMatch(Optional::isEmpty);
    }
}

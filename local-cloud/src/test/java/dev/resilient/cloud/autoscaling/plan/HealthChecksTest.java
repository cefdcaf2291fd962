package dev.resilient.cloud.autoscaling.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.resilient.cloud.autoscaling.group.Group;
import dev.resilient.cloud.autoscaling.group.Member;
import dev.resilient.cloud.autoscaling.group.Phase;
import dev.resilient.cloud.autoscaling.group.TargetGroupLink.Health;
import dev.resilient.cloud.autoscaling.group.Unhealthy;
import dev.resilient.cloud.base.Pace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;

class HealthChecksTest {
    private static final int GRACE = 60;
    private static final int WARMUP = 120;

    /** A group that asks load balancers, with instances in service: how many, since when, and what they are said to be. */
    private static final class Scene {
        private final List<Member> members = new ArrayList<>();
        private final Map<String, Health> targets = new HashMap<>();
        private final Map<String, InstanceStateName> states = new HashMap<>();

        Scene with(int count, long secondsInService, Health health) {
            for (int i = 0; i < count; i++) {
                add(Examples.serving(secondsInService), health);
            }
            return this;
        }

        Scene add(Phase phase, Health health) {
            String id = "i-" + members.size();
            members.add(Examples.member(id, "a", phase));
            targets.put(id, health);
            states.put(id, InstanceStateName.RUNNING);
            return this;
        }

        Map<Member, Unhealthy> verdicts(int desired) {
            return verdicts(desired, Pace.REAL);
        }

        Map<Member, Unhealthy> verdicts(int desired, Pace pace) {
            Group group = Examples.group(desired, "a", members, settings -> settings.healthCheckType("EC2,ELB")
                    .healthCheckGracePeriod(GRACE)
                    .defaultInstanceWarmup(WARMUP));
            Facts facts = new Facts(Examples.NOW, pace, states, targets, Set.of(), Map.of());
            return new HealthChecks(group, facts).verdicts();
        }
    }

    static Stream<Arguments> limits() {
        return Stream.of(
                arguments(
                        "a tenth of the desired capacity",
                        new Scene().with(5, 900, Health.UNHEALTHY).with(25, 900, Health.HEALTHY),
                        30,
                        3),
                arguments(
                        "one where a tenth is less than one",
                        new Scene().with(2, 900, Health.UNHEALTHY).with(1, 900, Health.HEALTHY),
                        3,
                        1),
                arguments(
                        "as many as there are",
                        new Scene().with(1, 900, Health.UNHEALTHY).with(29, 900, Health.HEALTHY),
                        30,
                        1),
                arguments(
                        "not during the grace period",
                        new Scene().with(1, 59, Health.UNHEALTHY).with(2, 900, Health.HEALTHY),
                        3,
                        0),
                arguments(
                        "from the end of the grace period",
                        new Scene().with(1, 60, Health.UNHEALTHY).with(2, 900, Health.HEALTHY),
                        3,
                        1),
                arguments(
                        "not while a replacement is on its way",
                        new Scene()
                                .with(2, 900, Health.UNHEALTHY)
                                .with(1, 900, Health.HEALTHY)
                                .add(new Phase.Pending("launch"), Health.UNKNOWN)
                                .add(new Phase.Draining("end", Phase.Exit.TERMINATION), Health.UNKNOWN),
                        4,
                        0),
                arguments(
                        "the rest of the tenth while one replacement is on its way",
                        new Scene()
                                .with(5, 900, Health.UNHEALTHY)
                                .with(24, 900, Health.HEALTHY)
                                .add(new Phase.Pending("launch"), Health.UNKNOWN),
                        30,
                        2),
                arguments(
                        "not before the first check of what was launched",
                        new Scene()
                                .with(1, 900, Health.UNHEALTHY)
                                .with(1, 900, Health.HEALTHY)
                                .with(1, 900, Health.UNKNOWN),
                        3,
                        0),
                arguments(
                        "not before what was launched has warmed up",
                        new Scene()
                                .with(1, 900, Health.UNHEALTHY)
                                .with(1, 900, Health.HEALTHY)
                                .with(1, 119, Health.HEALTHY),
                        3,
                        0),
                arguments(
                        "a termination that makes nothing scarce is no reason to wait",
                        new Scene()
                                .with(1, 900, Health.UNHEALTHY)
                                .with(2, 900, Health.HEALTHY)
                                .add(new Phase.Draining("end", Phase.Exit.TERMINATION), Health.UNKNOWN),
                        3,
                        1),
                arguments("all unhealthy: one at a time", new Scene().with(30, 900, Health.UNHEALTHY), 30, 1),
                arguments(
                        "all unhealthy: none before the latest has served for five minutes",
                        new Scene().with(29, 900, Health.UNHEALTHY).with(1, 299, Health.UNHEALTHY),
                        30,
                        0),
                arguments(
                        "all unhealthy: none while something is under way",
                        new Scene().with(29, 900, Health.UNHEALTHY).add(new Phase.Pending("launch"), Health.UNKNOWN),
                        30,
                        0));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("limits")
    void load_balancers_condemn_only_as_many_as_may_be_replaced(String title, Scene scene, int desired, int condemned) {
        assertThat(scene.verdicts(desired)).as(title).hasSize(condemned);
    }

    @Test
    void no_more_than_a_tenth_is_ever_missing_because_of_load_balancers() {
        for (int desired = 1; desired <= 40; desired++) {
            for (int failing = 1; failing < desired; failing++) {
                for (int pending = 0; pending < desired - failing; pending++) {
                    Scene scene = new Scene()
                            .with(failing, 900, Health.UNHEALTHY)
                            .with(desired - failing - pending, 900, Health.HEALTHY);
                    for (int i = 0; i < pending; i++) {
                        scene.add(new Phase.Pending("launch"), Health.UNKNOWN);
                    }
                    int condemned = scene.verdicts(desired).size();
                    assertThat(condemned == 0 || condemned + pending <= Math.max(1, desired / 10))
                            .as("desired %d, failing %d, pending %d: %d", desired, failing, pending, condemned)
                            .isTrue();
                }
            }
        }
    }

    @Test
    void periods_are_divided_by_the_pace() {
        Scene scene = new Scene().with(1, 6, Health.UNHEALTHY).with(2, 12, Health.HEALTHY);

        assertThat(scene.verdicts(3, new Pace(10))).containsValue(Unhealthy.ELB);
        assertThat(scene.verdicts(3, Pace.REAL)).isEmpty();
    }
}

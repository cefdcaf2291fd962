package dev.resilient.cloud.autoscaling.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.resilient.cloud.autoscaling.group.Group;
import dev.resilient.cloud.autoscaling.group.LaunchBackoff;
import dev.resilient.cloud.autoscaling.group.Member;
import dev.resilient.cloud.autoscaling.group.Phase;
import dev.resilient.cloud.autoscaling.group.Phase.Exit;
import dev.resilient.cloud.autoscaling.group.Refresh;
import dev.resilient.cloud.autoscaling.group.ScalingProcess;
import dev.resilient.cloud.autoscaling.group.Transition;
import dev.resilient.cloud.autoscaling.group.Unhealthy;
import dev.resilient.cloud.base.Pace;
import java.time.Duration;
import java.time.Instant;
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

class GroupPlanTest {
    private static final Instant NOW = Examples.NOW;

    /** Instances as words: {@code NAME:ZONE:what}, where what is one of the words of {@link #member} and {@link #state}. */
    private record Scene(int desired, String zones, Set<ScalingProcess> suspended, List<String> words) {
        static Scene of(int desired, String zones, String... words) {
            return new Scene(desired, zones, Set.of(), List.of(words));
        }

        Scene suspending(ScalingProcess... processes) {
            return new Scene(desired, zones, Set.of(processes), words);
        }

        Group group() {
            return Examples.group(
                            desired, zones, words.stream().map(Scene::member).toList())
                    .withSuspended(suspended);
        }

        Facts facts() {
            Map<String, InstanceStateName> states = new HashMap<>();
            words.forEach(word -> state(word.split(":", -1)[2], word.split(":", -1)[0], states));
            Set<String> drained = Set.copyOf(words.stream()
                    .filter(word -> !word.endsWith(":draining"))
                    .map(word -> word.split(":", -1)[0])
                    .toList());
            return facts(NOW, states, drained);
        }

        static Facts facts(Instant now, Map<String, InstanceStateName> states, Set<String> drained) {
            return new Facts(now, Pace.REAL, states, Map.of(), drained, Map.of());
        }

        private static Member member(String word) {
            String[] parts = word.split(":", -1);
            int age = Integer.parseInt(parts[0].substring(1));
            Member pending = Examples.member(parts[0], parts[1], age, new Phase.Pending("launch"));
            Member serving = pending.in(new Phase.InService(NOW.minusSeconds(3600)));
            return switch (parts[2]) {
                case "pending", "started", "failed" -> pending;
                case "serving", "stopped", "vanished" -> serving;
                case "crashed" -> pending.in(new Phase.InService(NOW.minusSeconds(59)));
                case "unwell" -> serving.withUnhealthy(Unhealthy.USER);
                case "selected" -> serving.in(new Phase.Selected("activity", Exit.TERMINATION));
                case "draining", "drained", "died" -> serving.in(new Phase.Draining("activity", Exit.TERMINATION));
                case "detached" -> serving.in(new Phase.Draining("activity", Exit.DETACHMENT));
                case "aside" -> serving.in(new Phase.Draining("activity", Exit.STANDBY));
                case "standby", "aside and vanished" -> serving.in(new Phase.Standby());
                case "leaving", "gone" -> serving.in(new Phase.ShuttingDown("activity"));
                default -> throw new IllegalArgumentException(word);
            };
        }

        private static void state(String what, String id, Map<String, InstanceStateName> states) {
            switch (what) {
                case "pending" -> states.put(id, InstanceStateName.PENDING);
                case "stopped", "crashed", "failed" -> states.put(id, InstanceStateName.STOPPED);
                case "leaving" -> states.put(id, InstanceStateName.SHUTTING_DOWN);
                case "gone", "died" -> states.put(id, InstanceStateName.TERMINATED);
                case "vanished", "aside and vanished" -> states.remove(id);
                default -> states.put(id, InstanceStateName.RUNNING);
            }
        }
    }

    static Stream<Arguments> scenes() {
        return Stream.of(
                arguments("nothing to do", Scene.of(2, "ab", "i1:a:serving", "i2:b:serving"), ""),
                arguments("first launches take turns", Scene.of(4, "abc"), "launch a, launch b, launch c, launch a"),
                arguments("the emptiest zone first", Scene.of(3, "ab", "i1:a:serving", "i2:b:pending"), "launch a"),
                arguments("one more for the emptier zone", Scene.of(2, "ab", "i1:a:serving"), "launch b"),
                arguments("pending counts", Scene.of(1, "a", "i1:a:pending"), ""),
                arguments("running enters service", Scene.of(1, "a", "i1:a:started"), "enter i1"),
                arguments("selected is deregistered", Scene.of(0, "a", "i1:a:selected"), "deregister i1"),
                arguments("draining waits", Scene.of(0, "a", "i1:a:draining"), ""),
                arguments("drained is shut down", Scene.of(0, "a", "i1:a:drained"), "shut down i1"),
                arguments("who died needs no draining", Scene.of(0, "a", "i1:a:died"), "shut down i1"),
                arguments("shutting down waits", Scene.of(0, "a", "i1:a:leaving"), ""),
                arguments("detached is forgotten", Scene.of(0, "a", "i1:a:detached"), "forget i1"),
                arguments("drained for standby stands by", Scene.of(0, "a", "i1:a:aside"), "stand by i1"),
                arguments("who stands by does not count", Scene.of(1, "a", "i1:a:standby"), "launch a"),
                arguments("who stands by and vanishes goes", Scene.of(0, "a", "i1:a:aside and vanished"), "select i1"),
                arguments("terminated is forgotten", Scene.of(0, "a", "i1:a:gone"), "forget i1"),
                arguments(
                        "a replacement does not wait for draining",
                        Scene.of(2, "ab", "i1:a:serving", "i2:b:draining"),
                        "launch b"),
                arguments(
                        "stopped is unhealthy and replaced",
                        Scene.of(2, "ab", "i1:a:serving", "i2:b:stopped"),
                        "mark i2 EC2, select i2, launch b"),
                arguments(
                        "vanished is unhealthy", Scene.of(1, "a", "i1:a:vanished"), "mark i1 EC2, select i1, launch a"),
                arguments(
                        "who ends in its first minute is not replaced at once",
                        Scene.of(2, "ab", "i1:a:serving", "i2:b:crashed"),
                        "mark i2 EC2, select i2, back off"),
                arguments(
                        "who ends before it serves is not replaced at once",
                        Scene.of(1, "a", "i1:a:failed"),
                        "mark i1 EC2, select i1, back off"),
                arguments("unwell by a user", Scene.of(1, "a", "i1:a:unwell"), "select i1, launch a"),
                arguments(
                        "too many: the fullest zone, the oldest",
                        Scene.of(2, "ab", "i1:a:serving", "i2:a:serving", "i3:b:serving"),
                        "select i2"),
                arguments(
                        "too many by two",
                        Scene.of(1, "ab", "i1:a:serving", "i2:a:serving", "i3:b:serving"),
                        "select i2, select i3"),
                arguments(
                        "an unhealthy one more than wanted is not replaced",
                        Scene.of(1, "ab", "i1:a:serving", "i2:b:stopped"),
                        "mark i2 EC2, select i2"),
                arguments(
                        "Launch suspended: terminated, not replaced",
                        Scene.of(1, "a", "i1:a:stopped").suspending(ScalingProcess.LAUNCH),
                        "mark i1 EC2, select i1"),
                arguments(
                        "Terminate suspended: marked, not replaced",
                        Scene.of(1, "a", "i1:a:stopped").suspending(ScalingProcess.TERMINATE),
                        "mark i1 EC2"),
                arguments(
                        "Terminate suspended: no scale in",
                        Scene.of(0, "a", "i1:a:serving").suspending(ScalingProcess.TERMINATE),
                        ""),
                arguments(
                        "ReplaceUnhealthy suspended: marked, not replaced",
                        Scene.of(1, "a", "i1:a:stopped").suspending(ScalingProcess.REPLACE_UNHEALTHY),
                        "mark i1 EC2"),
                arguments(
                        "HealthCheck suspended: EC2 is not asked",
                        Scene.of(1, "a", "i1:a:stopped").suspending(ScalingProcess.HEALTH_CHECK),
                        ""),
                arguments(
                        "HealthCheck suspended: users still are",
                        Scene.of(1, "a", "i1:a:unwell").suspending(ScalingProcess.HEALTH_CHECK),
                        "select i1, launch a"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("scenes")
    void a_plan_says_what_can_be_done_now(String title, Scene scene, String steps) {
        assertThat(words(GroupPlan.of(scene.group(), scene.facts()))).as(title).isEqualTo(steps);
    }

    @Test
    void a_replacement_is_launched_for_its_own_cause_and_what_is_missing_besides_for_another() {
        Scene scene = Scene.of(3, "ab", "i1:a:serving", "i2:b:stopped");

        assertThat(GroupPlan.of(scene.group(), scene.facts()))
                .filteredOn(Step.Launch.class::isInstance)
                .extracting(step -> ((Step.Launch) step).cause())
                .containsExactly(
                        "At 2026-01-01T12:00:00Z an instance was launched in response to an unhealthy instance needing"
                                + " to be replaced.",
                        "At 2026-01-01T12:00:00Z an instance was started in response to a difference between desired"
                                + " and actual capacity, increasing the capacity from 1 to 3.");
    }

    @Test
    void a_group_that_backs_off_launches_nothing_before_its_time_and_avoids_the_zone_that_failed() {
        Group group = Scene.of(1, "ab").group();
        LaunchBackoff failed = LaunchBackoff.NONE.afterFailure(NOW, Pace.REAL, Set.of("a"));
        Group waiting = group.withBackoff(failed);

        assertThat(GroupPlan.of(waiting, Scene.facts(NOW.plusSeconds(9), Map.of(), Set.of())))
                .isEmpty();
        assertThat(words(GroupPlan.of(waiting, Scene.facts(NOW.plusSeconds(10), Map.of(), Set.of()))))
                .isEqualTo("launch b");
    }

    @Test
    void waits_double_up_to_five_minutes_and_are_forgotten_after_five_minutes_without_failure() {
        List<Long> seconds = new ArrayList<>();
        Instant now = NOW;
        LaunchBackoff backoff = LaunchBackoff.NONE;
        for (int i = 0; i < 7; i++) {
            backoff = backoff.afterFailure(now, Pace.REAL, Set.of());
            assertThat(backoff.afterFailure(now, Pace.REAL, Set.of()))
                    .as("a second failure during the wait")
                    .isEqualTo(backoff);
            seconds.add(Duration.between(now, backoff.notBefore()).toSeconds());
            now = backoff.notBefore();
            backoff = backoff.afterLaunch();
        }
        assertThat(seconds).containsExactly(10L, 20L, 40L, 80L, 160L, 300L, 300L);

        Instant later = now.plusSeconds(301);
        assertThat(backoff.afterFailure(later, Pace.REAL, Set.of()).notBefore()).isEqualTo(later.plusSeconds(10));
    }

    @Test
    void a_deleted_group_waits_for_no_draining_and_goes_when_it_is_empty() {
        Scene draining = Scene.of(0, "a", "i1:a:draining");

        assertThat(words(GroupPlan.of(deleting(draining), draining.facts()))).isEqualTo("shut down i1");
        Scene standby = Scene.of(0, "a", "i1:a:standby");
        assertThat(words(GroupPlan.of(deleting(standby), standby.facts()))).isEqualTo("select i1");
        assertThat(words(GroupPlan.of(deleting(Scene.of(0, "a")), draining.facts())))
                .isEqualTo("remove");
    }

    private static Group deleting(Scene scene) {
        return scene.group().with(group -> group.status("Delete in progress"));
    }

    private static String words(List<Step> steps) {
        return String.join(", ", steps.stream().map(GroupPlanTest::word).toList());
    }

    private static String word(Step step) {
        return switch (step) {
            case Step.Launch launch -> "launch " + launch.zone();
            case Step.Await(String id, Transition transition) -> "await " + transition + " " + id;
            case Step.Enter(String id, Phase next) -> into(next) + " " + id;
            case Step.MarkUnhealthy(String id, Unhealthy found) -> "mark " + id + " " + found;
            case Step.BackOff() -> "back off";
            case Step.Select select -> "select " + select.instanceId();
            case Step.Forget(String id) -> "forget " + id;
            case Step.AdvanceAttachment(String arn) -> "advance " + arn;
            case Step.AdvanceRefresh(Refresh next) -> "refresh " + next.shape().status();
            case Step.Track track -> "track " + track.change();
            case Step.RemoveGroup() -> "remove";
        };
    }

    private static String into(Phase next) {
        return switch (next) {
            case Phase.InService inService -> "enter";
            case Phase.Draining draining -> "deregister";
            case Phase.ShuttingDown shuttingDown -> "shut down";
            case Phase.Standby standby -> "stand by";
            case Phase.Waiting waiting -> "expire";
            case Phase.Pending pending -> "pending";
            case Phase.Selected selected -> "selected";
        };
    }
}

package dev.resilient.scenario.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.scenario.FakeAws;
import dev.resilient.scenario.FakeAws.Reply;
import dev.resilient.scenario.FakeEnvironment;
import dev.resilient.scenario.event.ScenarioEvent.AlarmEnded;
import dev.resilient.scenario.event.ScenarioEvent.AlarmRaised;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A guard of a group without instances, whose strategy changes from look to look. */
class GuardTest {
    private int looks;

    private FakeEnvironment looking(String... strategies) throws IOException {
        try (var aws = new FakeAws((operation, _) -> answer(operation, strategies))) {
            FakeEnvironment environment = FakeEnvironment.of(aws);
            Guard guard = new Guard(environment.make(), GuardLimits.DEFAULT, "guard-1", Guard.Mode.ACT_AT_ONCE);
            List.of(strategies).forEach(_ -> guard.look());
            return environment;
        }
    }

    private Reply answer(String operation, String... strategies) {
        return switch (operation) {
            case "DescribeAutoScalingGroups" -> group(strategies[looks++]);
            case "DescribeTargetGroups" ->
                new Reply(
                        400,
                        "<ErrorResponse><Error><Code>TargetGroupNotFound</Code><Message>no</Message></Error></ErrorResponse>");
            default -> new Reply(200, "{}");
        };
    }

    private static Reply group(String strategy) {
        return new Reply(200, """
                <R><DescribeAutoScalingGroupsResult><AutoScalingGroups><member><Tags><member>
                  <Key>resilient:replaced-by</Key><Value>%s</Value>
                </member></Tags></member></AutoScalingGroups></DescribeAutoScalingGroupsResult></R>\
                """.formatted(strategy));
    }

    @Test
    void a_strategy_that_AWS_still_shows_for_a_moment_is_no_alarm() throws IOException {
        assertThat(looking("manual", "heartbeat", "manual", "heartbeat").heard())
                .isEmpty();
    }

    @Test
    void a_guard_that_is_not_asked_says_so_once_and_when_that_is_over() throws IOException {
        assertThat(looking("elb", "elb", "elb", "heartbeat").heard())
                .containsExactly(
                        new AlarmRaised("the guard replaces nobody, since the deployment's strategy is --replace elb;"
                                + " --replace heartbeat lets it act"),
                        new AlarmEnded("the deployment is guarded by heartbeats again"));
    }
}

package dev.resilient.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.resilient.scenario.base.CancelledException;
import dev.resilient.scenario.base.Deployment;
import dev.resilient.scenario.base.MissingPermission;
import dev.resilient.scenario.base.Pacing;
import dev.resilient.scenario.base.SelfMovingTime;
import dev.resilient.scenario.event.ScenarioEvent;
import dev.resilient.scenario.event.ScenarioEvent.Act;
import dev.resilient.scenario.event.ScenarioEvent.ActBegan;
import dev.resilient.scenario.event.ScenarioEvent.DeletionFailed;
import dev.resilient.scenario.event.ScenarioEvent.DeploymentUnfinished;
import dev.resilient.scenario.event.ScenarioEvent.FailedMidway;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;

/** What happens when AWS refuses everything. */
class ScenarioTest {
    private static final Deployment DEPLOYMENT = new Deployment(
            "shop", Region.US_WEST_2, 8080, Optional.empty(), "127.0.0.1/32", Path.of("server.jar"), new Pacing(10));

    private final FakeAws aws = refusing();
    private final Scenario scenario = new Scenario(DEPLOYMENT, aws.clients(), new SelfMovingTime());
    private final List<ScenarioEvent> events = new ArrayList<>();

    ScenarioTest() {
        scenario.events().subscribe(events::add);
    }

    @AfterEach
    void close() {
        aws.close();
    }

    @Test
    void a_run_that_fails_in_the_middle_says_so_and_destroys_before_it_fails() {
        assertThatExceptionOfType(MissingPermission.class)
                .isThrownBy(() -> scenario.run("local", Interlude.none(), false))
                .withMessageContaining("no identity-based policy allows");
        assertThat(events).element(0).isEqualTo(new ActBegan(Act.DEPLOY));
        assertThat(events).element(1).isInstanceOf(FailedMidway.class);
        assertThat(events).element(2).isEqualTo(new ActBegan(Act.DESTROY));
        assertThat(events).doesNotContain(new DeploymentUnfinished());
    }

    @Test
    void deploying_alone_that_fails_leaves_what_was_made_and_says_so() {
        assertThatExceptionOfType(MissingPermission.class).isThrownBy(scenario::deploy);
        assertThat(events).containsExactly(new ActBegan(Act.DEPLOY), new DeploymentUnfinished());
    }

    @Test
    void destroying_carries_on_past_failures_and_reports_what_it_cannot_prove_to_be_gone() {
        List<String> leftovers = scenario.destroy();
        assertThat(events.stream().filter(DeletionFailed.class::isInstance).map(DeletionFailed.class::cast))
                .extracting(DeletionFailed::kind)
                .contains(
                        "load balancer", "Auto Scaling group", "launch template", "DynamoDB table", "security groups");
        assertThat(leftovers)
                .anySatisfy(what -> assertThat(what).startsWith("DynamoDB table: cannot be asked for"))
                .anySatisfy(what -> assertThat(what).startsWith("load balancer: cannot be asked for"));
    }

    @Test
    void a_run_that_is_stopped_destroys_as_well() {
        scenario.cancel();
        assertThatExceptionOfType(CancelledException.class)
                .isThrownBy(() -> scenario.run("local", Interlude.none(), false));
        assertThat(events).contains(new ActBegan(Act.DESTROY));
        assertThat(aws.operations()).contains("DescribeLoadBalancers", "DescribeAutoScalingGroups", "DescribeTable");
    }

    private static FakeAws refusing() {
        try {
            return new FakeAws(
                    (operation, _) -> new FakeAws.Reply(
                            operation.equals("DescribeTable") ? 400 : 403,
                            operation.equals("DescribeTable")
                                    ? """
                                    {"__type": "com.amazon.coral.service#AccessDeniedException",
                                     "Message": "no identity-based policy allows the dynamodb:DescribeTable action"}\
                                    """
                                    : "<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}

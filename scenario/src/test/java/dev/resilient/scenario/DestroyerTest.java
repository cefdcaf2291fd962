package dev.resilient.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.scenario.FakeAws.Reply;
import dev.resilient.scenario.base.Deployment;
import dev.resilient.scenario.base.Environment;
import dev.resilient.scenario.event.ScenarioEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;

/** Destroying where AWS does not show everything at once. Of the deployment nothing is there but perhaps one parameter. */
class DestroyerTest {
    private static final String PARAMETER = "shop-health-check";

    private final AtomicInteger looks = new AtomicInteger();
    private final AtomicBoolean deleted = new AtomicBoolean();

    /** From which look on the parameter is seen, until it is deleted; and for how many looks after that. */
    private Reply answer(String operation, String body, int seenFrom) {
        return switch (operation) {
            case "GetCallerIdentity" -> FakeEnvironment.caller(Region.US_WEST_2);
            case "GetParameter" -> {
                boolean visible = body.contains(PARAMETER) && looks.incrementAndGet() >= seenFrom && !deleted.get();
                yield visible
                        ? new Reply(200, "{\"Parameter\": {\"Name\": \"" + PARAMETER + "\", \"Value\": \"deep\"}}")
                        : new Reply(400, "{\"__type\": \"ParameterNotFound\"}");
            }
            case "ListTagsForResource" ->
                new Reply(200, "{\"TagList\": [{\"Key\": \"" + Deployment.TAG + "\", \"Value\": \"shop\"}]}");
            case "DeleteParameter" -> {
                deleted.set(true);
                yield new Reply(200, "{}");
            }
            case "DescribeTable" ->
                new Reply(400, "{\"__type\": \"com.amazonaws.dynamodb.v20120810#ResourceNotFoundException\"}");
            case "DescribeLoadBalancers" -> query(400, "LoadBalancerNotFound");
            case "DescribeTargetGroups" -> query(400, "TargetGroupNotFound");
            case "DescribeAutoScalingGroups" ->
                new Reply(
                        200,
                        "<DescribeAutoScalingGroupsResponse><DescribeAutoScalingGroupsResult><AutoScalingGroups/>"
                                + "</DescribeAutoScalingGroupsResult></DescribeAutoScalingGroupsResponse>");
            case "DescribeInstances", "DescribeSecurityGroups" ->
                new Reply(200, "<" + operation + "Response></" + operation + "Response>");
            case "DescribeLaunchTemplates" ->
                new Reply(
                        400,
                        "<Response><Errors><Error><Code>InvalidLaunchTemplateName.NotFoundException</Code>"
                                + "<Message>no</Message></Error></Errors></Response>");
            case "GetRole", "GetPolicy", "GetInstanceProfile" -> query(404, "NoSuchEntity");
            default -> new Reply(404, "<Error><Code>NoSuchBucket</Code><Message>no</Message></Error>");
        };
    }

    private static Reply query(int status, String code) {
        return new Reply(
                status, "<ErrorResponse><Error><Code>" + code + "</Code><Message>no</Message></Error></ErrorResponse>");
    }

    @Test
    void what_was_made_so_late_that_the_first_look_missed_it_is_deleted_too() throws IOException {
        try (FakeAws aws = new FakeAws((operation, body) -> answer(operation, body, 2))) {
            FakeEnvironment environment = FakeEnvironment.of(aws);
            assertThat(new Destroyer(environment.make()).destroy()).isEmpty();
            assertThat(deleted).isTrue();
            assertThat(environment.heard()).noneMatch(ScenarioEvent.LeftoverFound.class::isInstance);
        }
    }

    @Test
    void that_nothing_is_there_is_believed_at_the_second_look() throws IOException {
        try (FakeAws aws = new FakeAws((operation, body) -> answer(operation, body, Integer.MAX_VALUE))) {
            assertThat(new Destroyer(FakeEnvironment.of(aws).make()).destroy()).isEmpty();
            assertThat(looks).as("one to delete, two to make sure").hasValue(3);
        }
    }

    @Test
    void what_something_uses_that_could_not_be_removed_is_not_waited_for() throws IOException {
        try (FakeAws aws = new FakeAws((operation, body) -> switch (operation) {
            case "DescribeAutoScalingGroups" -> query(403, "AccessDenied");
            case "DescribeSecurityGroups" ->
                new Reply(
                        200,
                        "<Response><securityGroupInfo><item><groupId>sg-1</groupId></item></securityGroupInfo></Response>");
            case "DeleteSecurityGroup" ->
                new Reply(
                        400,
                        "<Response><Errors><Error><Code>DependencyViolation</Code>"
                                + "<Message>in use</Message></Error></Errors></Response>");
            default -> answer(operation, body, Integer.MAX_VALUE);
        })) {
            Environment environment = FakeEnvironment.of(aws).make();
            long start = environment.waiting().time().nanoTime();

            assertThat(new Destroyer(environment).destroy())
                    .anyMatch(what -> what.contains("security group"))
                    .anyMatch(what -> what.contains("Auto Scaling group"));

            assertThat(environment.waiting().since(start)).isLessThan(Duration.ofMinutes(1));
        }
    }
}

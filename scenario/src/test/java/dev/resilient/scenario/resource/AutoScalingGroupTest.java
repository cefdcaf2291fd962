package dev.resilient.scenario.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.scenario.FakeAws;
import dev.resilient.scenario.FakeAws.Reply;
import dev.resilient.scenario.FakeEnvironment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How a group is deleted that AWS does not show yet, or shows for too long. */
class AutoScalingGroupTest {
    private final List<String> changes = new ArrayList<>();
    private FakeAws aws;
    private int looks;
    private IntPredicate groupSeen = _ -> false;
    private IntPredicate instanceSeen = _ -> false;
    private boolean deleting;
    private boolean gone;
    private boolean terminating;

    @BeforeEach
    void start() throws IOException {
        aws = new FakeAws(this::answer);
    }

    @AfterEach
    void stop() {
        aws.close();
    }

    private Reply answer(String operation, String body) {
        return switch (operation) {
            case "DescribeAutoScalingGroups" -> group();
            case "DescribeScalingActivities" -> gone ? refusal() : activities(body);
            case "DescribeInstances" -> instances();
            case "DeleteAutoScalingGroup" -> {
                changes.add("delete the group");
                deleting = true;
                terminating = true;
                yield new Reply(200, "<R/>");
            }
            case "TerminateInstances" -> {
                changes.add("terminate the instance");
                terminating = true;
                yield new Reply(200, "<TerminateInstancesResponse/>");
            }
            default -> throw new AssertionError(operation);
        };
    }

    private Reply group() {
        boolean seen = groupSeen.test(looks);
        return new Reply(
                200,
                "<R><DescribeAutoScalingGroupsResult><AutoScalingGroups>"
                        + (seen
                                ? "<member><AutoScalingGroupName>shop-group</AutoScalingGroupName>%s<Tags><member>"
                                                .formatted(deleting ? "<Status>Delete in progress</Status>" : "")
                                        + "<Key>resilient:deployment</Key><Value>shop</Value></member></Tags></member>"
                                : "")
                        + "</AutoScalingGroups></DescribeAutoScalingGroupsResult></R>");
    }

    /** In pages of one. */
    private static Reply activities(String body) {
        boolean isFirst = !body.contains("NextToken=");
        return new Reply(
                200,
                "<R><DescribeScalingActivitiesResult><Activities><member><Description>%s</Description>"
                                .formatted(isFirst ? "Terminating i-2" : "Launching i-1")
                        + "<StartTime>2026-09-01T10:00:00Z</StartTime><StatusCode>Successful</StatusCode></member></Activities>"
                        + (isFirst ? "<NextToken>more</NextToken>" : "") + "</DescribeScalingActivitiesResult></R>");
    }

    private static Reply refusal() {
        return new Reply(
                400,
                "<ErrorResponse><Error><Type>Sender</Type><Code>ValidationError</Code>"
                        + "<Message>AutoScalingGroup name not found</Message></Error></ErrorResponse>");
    }

    private Reply instances() {
        boolean seen = instanceSeen.test(looks++);
        return new Reply(
                200,
                "<DescribeInstancesResponse><reservationSet>"
                        + (seen
                                ? "<item><instancesSet><item><instanceId>i-1</instanceId><instanceState><name>%s</name>"
                                                .formatted(terminating ? "shutting-down" : "running")
                                        + "</instanceState></item></instancesSet></item>"
                                : "")
                        + "</reservationSet></DescribeInstancesResponse>");
    }

    private boolean delete() {
        return new AutoScalingGroup(FakeEnvironment.of(aws).make()).delete();
    }

    @Test
    void where_nothing_is_seen_nothing_was_there() {
        assertThat(delete()).isFalse();
        assertThat(changes).isEmpty();
    }

    @Test
    void instances_without_a_group_are_terminated_once_and_awaited() {
        instanceSeen = look -> look < 5;
        assertThat(delete()).isTrue();
        assertThat(changes).containsExactly("terminate the instance");
        assertThat(looks).isEqualTo(6);
    }

    @Test
    void a_group_that_is_seen_only_after_its_instances_is_deleted_too() {
        instanceSeen = look -> look < 3;
        groupSeen = look -> look == 2 && !deleting;
        assertThat(delete()).isTrue();
        assertThat(changes).containsExactly("terminate the instance", "delete the group");
    }

    @Test
    void a_group_that_is_still_seen_when_it_is_gone_is_waited_for() {
        var groupLooks = new AtomicInteger();
        groupSeen = _ -> groupLooks.getAndIncrement() < 2;
        gone = true;
        assertThat(delete()).isTrue();
        assertThat(aws.operations()).contains("DescribeScalingActivities");
    }

    @Test
    void what_a_group_did_last_may_come_in_several_pages() {
        groupSeen = _ -> true;
        assertThat(new AutoScalingGroup(FakeEnvironment.of(aws).make()).lastActivities())
                .containsExactly(
                        "2026-09-01T10:00:00Z Terminating i-2 (Successful)",
                        "2026-09-01T10:00:00Z Launching i-1 (Successful)");
    }

    @Test
    void a_group_that_is_gone_did_nothing() {
        groupSeen = _ -> true;
        gone = true;
        assertThat(new AutoScalingGroup(FakeEnvironment.of(aws).make()).lastActivities())
                .isEmpty();
    }

    @Test
    void an_instance_that_a_group_nobody_saw_has_started_meanwhile_goes_too() {
        instanceSeen = look -> {
            terminating = look != 3 && terminating;
            return look < 6;
        };
        assertThat(delete()).isTrue();
        assertThat(changes).containsExactly("terminate the instance", "terminate the instance");
    }
}

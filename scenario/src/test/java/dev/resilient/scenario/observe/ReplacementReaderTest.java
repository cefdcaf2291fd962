package dev.resilient.scenario.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.scenario.FakeAws;
import dev.resilient.scenario.FakeAws.Reply;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The causes are the sentences that Auto Scaling's documentation has for them. */
class ReplacementReaderTest {
    private static final String AT = "At 2026-01-01T12:00:00Z ";
    private static final String OUT = AT + "an instance was taken out of service in response to ";

    private record Told(String description, String cause) {}

    private static String activities(List<Told> told) {
        StringBuilder members = new StringBuilder();
        told.forEach(each -> members.append("<member><Description>%s</Description><Cause>%s</Cause></member>"
                .formatted(each.description(), each.cause())));
        return "<R><DescribeScalingActivitiesResult><Activities>%s</Activities></DescribeScalingActivitiesResult></R>"
                .formatted(members);
    }

    private static List<String> read(String members, Told... told) throws IOException {
        try (var aws = new FakeAws((operation, _) -> switch (operation) {
            case "DescribeScalingActivities" -> new Reply(200, activities(List.of(told)));
            case "DescribeAutoScalingGroups" ->
                new Reply(
                        200,
                        "<R><DescribeAutoScalingGroupsResult><AutoScalingGroups><member><Instances>" + members
                                + "</Instances></member></AutoScalingGroups></DescribeAutoScalingGroupsResult></R>");
            default -> throw new AssertionError(operation);
        })) {
            return new ReplacementReader(aws.clients().autoScaling(), "shop-group")
                    .read().stream().sorted().toList();
        }
    }

    private static String member(String id, String health) {
        return "<member><InstanceId>%s</InstanceId><HealthStatus>%s</HealthStatus></member>".formatted(id, health);
    }

    @Test
    void whoever_was_found_unhealthy_was_replaced_also_while_it_drains() throws IOException {
        assertThat(read(
                        "",
                        new Told(
                                "Terminating EC2 instance: i-1 - Waiting For ELB Connection Draining.",
                                OUT + "an ELB system health check failure."),
                        new Told("Terminating EC2 instance: i-2", OUT + "a user health-check."),
                        new Told(
                                "Terminating EC2 instance: i-3",
                                OUT + "an EC2 health check indicating it has been terminated or stopped."),
                        new Told("Terminating EC2 instance: i-4", OUT + "an EC2 instance status check failure.")))
                .containsExactly("i-1", "i-2", "i-3", "i-4");
    }

    @Test
    void whoever_was_terminated_started_or_taken_away_for_another_reason_was_not() throws IOException {
        assertThat(read(
                        "",
                        new Told(
                                "Terminating EC2 instance: i-1",
                                AT + "instance i-1 was taken out of service in response to a user request."),
                        new Told(
                                "Launching a new EC2 instance: i-2",
                                AT
                                        + "an instance was launched in response to an unhealthy instance needing to be replaced."),
                        new Told(
                                "Terminating EC2 instance: i-3",
                                OUT
                                        + "a difference between desired and actual capacity, shrinking the capacity from 3 to 2.  "
                                        + AT + "instance i-3 was selected for termination."),
                        new Told("Terminating EC2 instance: i-4", OUT + "an instance refresh.")))
                .isEmpty();
    }

    @Test
    void what_the_group_did_may_come_in_several_pages() throws IOException {
        Told first = new Told("Terminating EC2 instance: i-1", OUT + "a user health-check.");
        Told second = new Told("Terminating EC2 instance: i-2", OUT + "a user health-check.");
        try (var aws = new FakeAws((operation, body) -> new Reply(
                200,
                !operation.equals("DescribeScalingActivities")
                        ? "<R/>"
                        : body.contains("NextToken=more")
                                ? activities(List.of(second))
                                : activities(List.of(first))
                                        .replace("</Activities>", "</Activities><NextToken>more</NextToken>")))) {
            assertThat(new ReplacementReader(aws.clients().autoScaling(), "shop-group").read())
                    .containsExactlyInAnyOrder("i-1", "i-2");
        }
    }

    @Test
    void whoever_waits_for_its_successor_is_being_replaced() throws IOException {
        assertThat(read(member("i-1", "Healthy") + member("i-2", "Unhealthy"))).containsExactly("i-2");
    }
}

package dev.resilient.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.resilient.scenario.FakeAws.Reply;
import dev.resilient.scenario.base.ScenarioException;
import dev.resilient.scenario.play.Readiness;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;

class ReadinessTest {
    private static final URI NOWHERE = URI.create("http://127.0.0.1:9");

    @Test
    void what_waits_in_vain_shows_the_end_of_the_console_of_an_instance_that_is_not_healthy() throws IOException {
        String console = "line\r\n".repeat(20) + "boot-server: could not fetch the server from the bucket shop\r\n\r\n";
        try (var aws = new FakeAws((operation, body) -> switch (operation) {
            case "GetConsoleOutput" -> {
                assertThat(body).contains("InstanceId=i-2");
                yield reply(operation, "<output>%s</output>".formatted(base64(console)));
            }
            default -> answer(operation);
        })) {
            assertThatExceptionOfType(ScenarioException.class)
                    .isThrownBy(() -> await(aws))
                    .withMessageContaining("three targets are healthy and the service answers, in vain")
                    .withMessageContaining(
                            "Last seen: i-1 healthy, i-2 unhealthy. Auto Scaling tells: 2026-09-01T10:00:00Z")
                    .withMessageContaining(
                            "Launching an instance (Failed: You have requested more vCPU capacity). The console")
                    .withMessageEndingWith("The console of i-2 ends with:\n" + "line\n".repeat(9)
                            + "boot-server: could not fetch the server from the bucket shop");
        }
    }

    @Test
    void a_console_that_cannot_be_read_does_not_hide_the_failure() throws IOException {
        try (var aws = new FakeAws((operation, _) -> operation.equals("GetConsoleOutput")
                ? new Reply(
                        403,
                        "<Response><Errors><Error><Code>UnauthorizedOperation</Code><Message>no</Message></Error></Errors></Response>")
                : answer(operation))) {
            assertThatExceptionOfType(ScenarioException.class)
                    .isThrownBy(() -> await(aws))
                    .withMessageContaining("in vain")
                    .satisfies(
                            failure -> assertThat(failure.getSuppressed()).hasOnlyElementsOfType(Ec2Exception.class));
        }
    }

    @Test
    void an_instance_that_has_written_nothing_has_nothing_to_show() throws IOException {
        try (var aws = new FakeAws(
                (operation, _) -> operation.equals("GetConsoleOutput") ? reply(operation, "") : answer(operation))) {
            assertThatExceptionOfType(ScenarioException.class)
                    .isThrownBy(() -> await(aws))
                    .withMessageEndingWith("(Failed: You have requested more vCPU capacity).");
        }
    }

    @Test
    void healthy_targets_that_do_not_answer_raise_the_question_whose_address_may_call() throws IOException {
        try (var aws = new FakeAws((operation, _) -> operation.equals("DescribeTargetHealth")
                ? reply(operation, healthy("i-1", "i-2", "i-3"))
                : operation.equals("DescribeLoadBalancers")
                        ? reply(operation, balancer("active"))
                        : answer(operation))) {
            assertThatExceptionOfType(ScenarioException.class)
                    .isThrownBy(() -> await(aws))
                    .withMessageContaining(
                            "only 127.0.0.1/32 may call the service: if your address is another one, deploy"
                                    + " again, with --allow-cidr if need be");
        }
    }

    @Test
    void a_load_balancer_that_is_not_there_yet_raises_no_question() throws IOException {
        try (var aws = new FakeAws((operation, _) -> operation.equals("DescribeTargetHealth")
                ? reply(operation, healthy("i-1", "i-2", "i-3"))
                : operation.equals("DescribeLoadBalancers")
                        ? reply(operation, balancer("provisioning"))
                        : answer(operation))) {
            assertThatExceptionOfType(ScenarioException.class)
                    .isThrownBy(() -> await(aws))
                    .withMessageContaining("; the load balancer is still provisioning")
                    .withMessageNotContaining("may call the service");
        }
    }

    private static String balancer(String state) {
        return "<DescribeLoadBalancersResult><LoadBalancers><member><State><Code>%s</Code></State></member></LoadBalancers></DescribeLoadBalancersResult>"
                .formatted(state);
    }

    private static String healthy(String... instances) {
        return Arrays.stream(instances)
                .map(id ->
                        "<member><Target><Id>%s</Id><Port>8080</Port></Target><TargetHealth><State>healthy</State></TargetHealth></member>"
                                .formatted(id))
                .collect(Collectors.joining(
                        "",
                        "<DescribeTargetHealthResult><TargetHealthDescriptions>",
                        "</TargetHealthDescriptions></DescribeTargetHealthResult>"));
    }

    private static void await(FakeAws aws) {
        new Readiness(FakeEnvironment.of(aws).make()).await(NOWHERE, List.of());
    }

    private static Reply answer(String operation) {
        return reply(
                operation,
                switch (operation) {
                    case "DescribeTargetGroups" ->
                        "<DescribeTargetGroupsResult><TargetGroups><member><TargetGroupArn>arn:shop</TargetGroupArn></member></TargetGroups></DescribeTargetGroupsResult>";
                    case "DescribeTargetHealth" -> """
                        <DescribeTargetHealthResult><TargetHealthDescriptions>
                          <member><Target><Id>i-1</Id><Port>8080</Port></Target>
                            <TargetHealth><State>healthy</State></TargetHealth></member>
                          <member><Target><Id>i-2</Id><Port>8080</Port></Target>
                            <TargetHealth><State>unhealthy</State></TargetHealth></member>
                        </TargetHealthDescriptions></DescribeTargetHealthResult>\
                        """;
                    case "DescribeAutoScalingGroups" -> """
                        <DescribeAutoScalingGroupsResult><AutoScalingGroups><member>
                          <AutoScalingGroupName>shop-group</AutoScalingGroupName>
                          <Tags><member><Key>resilient:deployment</Key><Value>shop</Value></member></Tags>
                        </member></AutoScalingGroups></DescribeAutoScalingGroupsResult>\
                        """;
                    case "DescribeScalingActivities" -> """
                        <DescribeScalingActivitiesResult><Activities><member>
                          <Description>Launching an instance</Description>
                          <StartTime>2026-09-01T10:00:00Z</StartTime><StatusCode>Failed</StatusCode>
                          <StatusMessage>You have requested more vCPU capacity</StatusMessage>
                        </member></Activities></DescribeScalingActivitiesResult>\
                        """;
                    case "DescribeInstances" -> """
                        <reservationSet><item><instancesSet>
                          <item><instanceId>i-1</instanceId></item><item><instanceId>i-2</instanceId></item>
                        </instancesSet></item></reservationSet>\
                        """;
                    case "GetConsoleOutput" -> "";
                    default -> throw new AssertionError(operation);
                });
    }

    private static Reply reply(String operation, String content) {
        return new Reply(200, "<%1$sResponse>%2$s</%1$sResponse>".formatted(operation, content));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}

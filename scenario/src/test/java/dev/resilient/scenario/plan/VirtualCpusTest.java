package dev.resilient.scenario.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.scenario.FakeAws;
import dev.resilient.scenario.FakeAws.Reply;
import dev.resilient.scenario.FakeEnvironment;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VirtualCpusTest {
    private static final String OURS =
            "<tagSet><item><key>resilient:deployment</key><value>shop</value></item></tagSet>";
    private static final String SPOT = "<instanceLifecycle>spot</instanceLifecycle>";

    @Test
    void as_many_as_are_left_are_enough() throws IOException {
        assertThat(notes(quota(10), instance("t3.micro", 1, 2, ""), instance("im4gn.large", 2, 1, "")))
                .isEmpty();
    }

    @Test
    void one_too_many_is_told_with_what_to_do() throws IOException {
        assertThat(notes(quota(9), instance("t3.micro", 1, 2, ""), instance("m5.large", 1, 2, "")))
                .containsExactly(
                        "This takes 6 vCPUs of standard On-Demand instances. 4 are taken, and the account may run 9"
                                + " in this region: have the quota L-1216C47A raised, or end instances.");
    }

    @Test
    void what_this_deployment_runs_already_is_not_counted_twice() throws IOException {
        assertThat(notes(quota(6), instance("t3.micro", 1, 2, OURS))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"inf1.xlarge", "hpc7a.12xlarge", "mac2.metal", "dl1.24xlarge", "p5.48xlarge", "x1e.xlarge"})
    void other_families_have_quotas_of_their_own(String type) throws IOException {
        assertThat(notes(quota(6), instance(type, 4, 2, ""))).isEmpty();
    }

    @Test
    void spot_instances_have_a_quota_of_their_own() throws IOException {
        assertThat(notes(quota(6), instance("t3.micro", 1, 2, SPOT))).isEmpty();
    }

    @Test
    void where_nobody_knows_the_quota_that_is_told() throws IOException {
        Reply denied = new Reply(
                400,
                "{\"__type\": \"AccessDeniedException\", \"Message\": \"User: arn:aws:iam::123456789012:user/somebody"
                        + " is not authorized to perform: servicequotas:GetServiceQuota\"}");
        assertThat(notes(denied))
                .containsExactly("This takes 6 vCPUs. How many the account may run could not be asked:"
                        + " The credentials lack the permission servicequotas:GetServiceQuota.");
    }

    private static List<String> notes(Reply quota, String... instances) throws IOException {
        String reservations = Arrays.stream(instances)
                .map(instance -> "<item><instancesSet>" + instance + "</instancesSet></item>")
                .collect(Collectors.joining());
        try (FakeAws aws = new FakeAws((operation, body) -> switch (operation) {
            case "GetServiceQuota" -> {
                assertThat(body).contains("\"ec2\"", "L-1216C47A");
                yield quota;
            }
            default ->
                new Reply(
                        200,
                        "<DescribeInstancesResponse><reservationSet>" + reservations
                                + "</reservationSet></DescribeInstancesResponse>");
        })) {
            return new VirtualCpus(FakeEnvironment.of(aws).make()).notes();
        }
    }

    private static Reply quota(int value) {
        return new Reply(200, "{\"Quota\": {\"QuotaCode\": \"L-1216C47A\", \"Value\": %d.0}}".formatted(value));
    }

    private static String instance(String type, int cores, int threads, String more) {
        return "<item><instanceType>%s</instanceType><cpuOptions><coreCount>%d</coreCount><threadsPerCore>%d</threadsPerCore></cpuOptions>%s</item>"
                .formatted(type, cores, threads, more);
    }
}

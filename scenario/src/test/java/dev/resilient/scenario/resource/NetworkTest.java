package dev.resilient.scenario.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.resilient.scenario.FakeAws;
import dev.resilient.scenario.FakeAws.Reply;
import dev.resilient.scenario.FakeEnvironment;
import dev.resilient.scenario.base.ScenarioException;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class NetworkTest {
    @Test
    void there_is_one_subnet_in_each_of_three_zones_that_offer_the_instances() throws IOException {
        Network network = find("vpc-1", "a", "b", "c", "d", "d");

        assertThat(network.vpcId()).isEqualTo("vpc-1");
        assertThat(network.zones()).containsExactly("us-west-2a", "us-west-2b", "us-west-2d");
    }

    @Test
    void too_few_zones_are_told_with_what_to_do() {
        assertThatExceptionOfType(ScenarioException.class)
                .isThrownBy(() -> find("vpc-1", "a", "c", "d"))
                .withMessage(
                        "The VPC vpc-1 has subnets in 2 zones that offer t3.micro [us-west-2a, us-west-2d], but 3 are"
                                + " needed: name another VPC with --vpc-id, or another region with --region.");
    }

    @Test
    void without_a_default_vpc_one_has_to_be_named() {
        assertThatExceptionOfType(ScenarioException.class)
                .isThrownBy(() -> find("", "a", "b", "d"))
                .withMessageStartingWith("There is no default VPC in this region: name one with --vpc-id");
    }

    /** In a region where the zone c does not offer the instances. */
    private static Network find(String defaultVpc, String... subnets) throws IOException {
        try (FakeAws aws = new FakeAws((operation, _) -> new Reply(
                200,
                switch (operation) {
                    case "DescribeVpcs" ->
                        list(
                                "vpcSet",
                                defaultVpc.isEmpty() ? new String[0] : new String[] {defaultVpc},
                                vpc -> "<vpcId>" + vpc + "</vpcId>");
                    case "DescribeInstanceTypeOfferings" ->
                        list(
                                "instanceTypeOfferingSet",
                                new String[] {"a", "b", "d"},
                                zone -> "<location>us-west-2" + zone + "</location>");
                    case "DescribeAvailabilityZones" ->
                        list(
                                "availabilityZoneInfo",
                                new String[] {"a", "b", "c", "d"},
                                zone -> "<zoneName>us-west-2" + zone + "</zoneName>");
                    case "DescribeSubnets" ->
                        list(
                                "subnetSet",
                                subnets,
                                zone -> "<availabilityZone>us-west-2" + zone + "</availabilityZone>");
                    default -> throw new AssertionError(operation);
                }))) {
            return Network.find(FakeEnvironment.of(aws).make());
        }
    }

    private static String list(String name, String[] values, Function<String, String> item) {
        return Arrays.stream(values)
                .map(value -> "<item>" + item.apply(value) + "</item>")
                .collect(Collectors.joining("", "<Response><" + name + ">", "</" + name + "></Response>"));
    }
}

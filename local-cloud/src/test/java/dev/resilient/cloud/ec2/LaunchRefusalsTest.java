package dev.resilient.cloud.ec2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.resilient.wire.ServiceError;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ec2.model.CreateLaunchTemplateRequest;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterfaceSpecification;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateInstanceNetworkInterfaceSpecificationRequest;
import software.amazon.awssdk.services.ec2.model.RequestLaunchTemplateData;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;

/** What a launch honours of types, places and interfaces, and what it refuses. */
final class LaunchRefusalsTest {
    @TempDir
    Path directory;

    private Ec2Fixture cloud;

    @BeforeEach
    void start() {
        cloud = new Ec2Fixture(directory);
    }

    @AfterEach
    void close() {
        cloud.close();
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                refusal(
                        run -> run.instanceType("t3.huge"),
                        "InvalidParameterValue",
                        "Invalid value 't3.huge' for InstanceType."),
                refusal(
                        run -> run.instanceType("p4d.24xlarge"),
                        "Unsupported",
                        "The requested configuration is currently not supported. This cloud does not offer the instance"
                                + " type p4d.24xlarge; DescribeInstanceTypeOfferings lists those that it does."),
                refusal(
                        run -> run.instanceType((String) null),
                        "InvalidParameterCombination",
                        "Non-Windows instances with a virtualization type of 'hvm' are currently not supported for this"
                                + " instance type : m1.small."),
                refusal(
                        run -> run.instanceType("m7g.large"),
                        "InvalidParameterValue",
                        "The architecture 'arm64' of the specified instance type does not match the architecture"
                                + " 'x86_64' of the specified AMI. Specify an instance type and an AMI that have matching"
                                + " architectures, and try again."),
                refusal(
                        run -> run.placement(place -> place.tenancy("dedicated")),
                        "UnsupportedOperation",
                        "The parameter Tenancy is not supported by this cloud"),
                refusal(
                        run -> run.placement(place -> place.groupName("together")),
                        "UnsupportedOperation",
                        "The parameter GroupName is not supported by this cloud"),
                refusal(
                        run -> run.placement(
                                place -> place.availabilityZone("us-west-2a").availabilityZoneId("usw2-az2")),
                        "InvalidParameterCombination",
                        "The parameters AvailabilityZone and AvailabilityZoneId may not be specified together"),
                refusal(
                        run -> run.placement(place -> place.availabilityZoneId("usw2-az9")),
                        "InvalidParameterValue",
                        "Invalid availability zone: [usw2-az9]"),
                refusal(
                        run -> run.networkInterfaces(first()).securityGroupIds("sg-00000000000000000"),
                        "InvalidParameterCombination",
                        "Network interfaces and an instance-level security groups may not be specified on the same"
                                + " request"),
                refusal(
                        run -> run.networkInterfaces(first()).subnetId("subnet-00000000000000000"),
                        "InvalidParameterCombination",
                        "Network interfaces and an instance-level subnet ID may not be specified on the same request"),
                refusal(
                        run -> run.networkInterfaces(first().copy(each -> each.privateIpAddress("127.31.0.9"))),
                        "UnsupportedOperation",
                        "The parameter PrivateIpAddress is not supported by this cloud"),
                refusal(
                        run -> run.networkInterfaces(first(), first()),
                        "UnsupportedOperation",
                        "More than one of the parameter NetworkInterfaces is not supported by this cloud"));
    }

    private static Arguments refusal(Consumer<RunInstancesRequest.Builder> wrong, String code, String message) {
        return arguments(wrong, code, message);
    }

    private static InstanceNetworkInterfaceSpecification first() {
        return InstanceNetworkInterfaceSpecification.builder().deviceIndex(0).build();
    }

    @ParameterizedTest(name = "{2}")
    @MethodSource("refusals")
    void a_wrong_launch_is_refused(Consumer<RunInstancesRequest.Builder> wrong, String code, String message) {
        RunInstancesRequest.Builder launch = Ec2Fixture.launch("#!/bin/bash\n");
        wrong.accept(launch);
        assertThatExceptionOfType(ServiceError.class)
                .isThrownBy(() -> cloud.run(launch))
                .withMessage(message)
                .satisfies(error -> assertThat(error.code()).isEqualTo(code));
    }

    @Test
    void a_zone_that_is_not_the_subnets_is_refused() {
        String subnet =
                cloud.ec2.network().defaultSubnet("us-west-2b").orElseThrow().subnetId();
        assertThatExceptionOfType(ServiceError.class)
                .isThrownBy(() -> cloud.run(Ec2Fixture.launch("#!/bin/bash\n")
                        .subnetId(subnet)
                        .placement(place -> place.availabilityZone("us-west-2a"))))
                .withMessage("The subnet '" + subnet + "' is not in the availability zone us-west-2a.");
    }

    @Test
    void a_launch_template_is_refused_for_the_same() {
        RequestLaunchTemplateData data = RequestLaunchTemplateData.builder()
                .networkInterfaces(LaunchTemplateInstanceNetworkInterfaceSpecificationRequest.builder()
                        .deviceIndex(0)
                        .build())
                .securityGroups("web")
                .build();
        assertThatExceptionOfType(ServiceError.class)
                .isThrownBy(() -> cloud.call(CreateLaunchTemplateRequest.builder()
                        .launchTemplateName("web")
                        .launchTemplateData(data)
                        .build()))
                .satisfies(error -> assertThat(error.code()).isEqualTo("InvalidParameterCombination"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "t2.micro",
                "t3.large",
                "t3a.nano",
                "m5.large",
                "m6i.32xlarge",
                "m7i.large",
                "c7i.metal-24xl",
                "r5.xlarge"
            })
    void everyday_types_are_launched_as_they_are_asked_for(String type) {
        String id = cloud.run(Ec2Fixture.launch("#!/bin/bash\nsleep 1000\n")
                .instanceType(type)
                .placement(place -> place.availabilityZoneId("usw2-az3").tenancy("default")));
        assertThat(cloud.describe(id).instanceTypeAsString()).isEqualTo(type);
        assertThat(cloud.describe(id).placement().availabilityZone()).isEqualTo("us-west-2c");
    }
}

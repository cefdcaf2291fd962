package dev.resilient.cloud.autoscaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.resilient.wire.ServiceError;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.services.autoscaling.model.AttachLoadBalancerTargetGroupsRequest;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.CreateAutoScalingGroupRequest;
import software.amazon.awssdk.services.autoscaling.model.CreateOrUpdateTagsRequest;
import software.amazon.awssdk.services.autoscaling.model.DeleteAutoScalingGroupRequest;
import software.amazon.awssdk.services.autoscaling.model.DeleteTagsRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingGroupsRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingGroupsResponse;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingInstancesRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingInstancesResponse;
import software.amazon.awssdk.services.autoscaling.model.DescribeTagsRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeTagsResponse;
import software.amazon.awssdk.services.autoscaling.model.Filter;
import software.amazon.awssdk.services.autoscaling.model.ResumeProcessesRequest;
import software.amazon.awssdk.services.autoscaling.model.SetDesiredCapacityRequest;
import software.amazon.awssdk.services.autoscaling.model.SuspendProcessesRequest;
import software.amazon.awssdk.services.autoscaling.model.SuspendedProcess;
import software.amazon.awssdk.services.autoscaling.model.Tag;
import software.amazon.awssdk.services.autoscaling.model.TagDescription;
import software.amazon.awssdk.services.autoscaling.model.TerminateInstanceInAutoScalingGroupRequest;
import software.amazon.awssdk.services.autoscaling.model.UpdateAutoScalingGroupRequest;

class GroupsTest {
    private final Region region = new Region();

    @AfterEach
    void close() {
        region.close();
    }

    @Test
    void a_group_is_shown_with_what_it_was_given_and_with_awss_defaults() {
        region.call(Region.threeOverThreeZones()
                .vpcZoneIdentifier("subnet-a1,subnet-b1,subnet-c1")
                .build());

        AutoScalingGroup group = region.group();
        assertThat(group.autoScalingGroupARN())
                .matches("arn:aws:autoscaling:us-west-2:123456789012:autoScalingGroup:[0-9a-f-]{36}"
                        + ":autoScalingGroupName/web");
        assertThat(group.desiredCapacity()).isEqualTo(3);
        assertThat(group.defaultCooldown()).isEqualTo(300);
        assertThat(group.healthCheckType()).isEqualTo("EC2");
        assertThat(group.healthCheckGracePeriod()).isZero();
        assertThat(group.vpcZoneIdentifier()).isEqualTo("subnet-a1,subnet-b1,subnet-c1");
        assertThat(group.availabilityZones()).containsExactly("us-west-2a", "us-west-2b", "us-west-2c");
        assertThat(group.terminationPolicies()).containsExactly("Default");
        assertThat(group.launchTemplate().launchTemplateId()).isEqualTo("lt-0123456789abcdef0");
        assertThat(group.launchTemplate().version()).isEqualTo("$Default");
        assertThat(group.status()).isNull();
    }

    static Stream<Arguments> badRequests() {
        return Stream.of(
                arguments(
                        Region.threeOverThreeZones().build(),
                        "AlreadyExists",
                        "AutoScalingGroup by this name already exists - A group with the name web already exists"),
                arguments(
                        fresh().desiredCapacity(4).build(),
                        "ValidationError",
                        "Desired capacity:4 must be between the specified min size:3 and max size:3"),
                arguments(
                        fresh().maxSize(2).build(),
                        "ValidationError",
                        "Max bound, 2, must be greater than or equal to min bound, 3"),
                arguments(
                        fresh().availabilityZones(List.of()).build(),
                        "ValidationError",
                        "At least one Availability Zone or VPC Subnet is required."),
                arguments(
                        fresh().availabilityZones("eu-north-1a").build(),
                        "ValidationError",
                        "Invalid availability zone: eu-north-1a"),
                arguments(
                        fresh().vpcZoneIdentifier("nowhere").build(),
                        "ValidationError",
                        "The subnet ID 'nowhere' does not exist"),
                arguments(
                        fresh().vpcZoneIdentifier("subnet-a1").build(),
                        "ValidationError",
                        "The availability zones of the specified subnets and the Auto Scaling group do not match"),
                arguments(
                        fresh().launchTemplate(template -> template.launchTemplateName("none"))
                                .build(),
                        "ValidationError",
                        "You must use a valid fully-formed launch template. The specified launch template, with"
                                + " template name none, does not exist."),
                arguments(
                        fresh().healthCheckType("ELB").build(),
                        "ValidationError",
                        "The health check type 'ELB' is not supported by this cloud: groups use EC2 health checks"),
                arguments(
                        fresh().mixedInstancesPolicy(policy -> policy.launchTemplate(template -> {}))
                                .build(),
                        "ValidationError",
                        "The parameter MixedInstancesPolicy is not supported by this cloud"),
                arguments(
                        fresh().terminationPolicies("Default", "OldestInstance").build(),
                        "ValidationError",
                        "The Default termination policy must be the last one"),
                arguments(
                        fresh().targetGroupARNs("arn:none").build(),
                        "ValidationError",
                        "Provided Target Groups may not be valid. Please ensure they exist and try again."),
                arguments(
                        AttachLoadBalancerTargetGroupsRequest.builder()
                                .autoScalingGroupName(Region.GROUP)
                                .targetGroupARNs("arn:none")
                                .build(),
                        "ValidationError",
                        "Provided Target Groups may not be valid. Please ensure they exist and try again."),
                arguments(
                        SetDesiredCapacityRequest.builder()
                                .autoScalingGroupName(Region.GROUP)
                                .desiredCapacity(4)
                                .build(),
                        "ValidationError",
                        "New SetDesiredCapacity value 4 is above max value 3 for the AutoScalingGroup."),
                arguments(
                        SetDesiredCapacityRequest.builder()
                                .autoScalingGroupName(Region.GROUP)
                                .desiredCapacity(2)
                                .build(),
                        "ValidationError",
                        "New SetDesiredCapacity value 2 is below min value 3 for the AutoScalingGroup."),
                arguments(
                        UpdateAutoScalingGroupRequest.builder()
                                .autoScalingGroupName("none")
                                .minSize(0)
                                .build(),
                        "ValidationError",
                        "AutoScalingGroup name not found - AutoScalingGroup none not found"),
                arguments(
                        TerminateInstanceInAutoScalingGroupRequest.builder()
                                .instanceId("i-none")
                                .shouldDecrementDesiredCapacity(false)
                                .build(),
                        "ValidationError",
                        "Instance Id not found - No managed instance found for instance ID: i-none"),
                arguments(
                        DescribeAutoScalingGroupsRequest.builder()
                                .nextToken("never given")
                                .build(),
                        "InvalidNextToken",
                        "The token 'never given' is invalid."));
    }

    private static CreateAutoScalingGroupRequest.Builder fresh() {
        return Region.threeOverThreeZones().autoScalingGroupName("fresh");
    }

    @ParameterizedTest(name = "{2}")
    @MethodSource("badRequests")
    void bad_input_is_refused_in_awss_words_and_changes_nothing(AwsRequest request, String code, String message) {
        region.call(Region.threeOverThreeZones().build());
        List<AutoScalingGroup> before = region.groups();

        assertThatThrownBy(() -> region.call(request))
                .hasMessage(message)
                .asInstanceOf(InstanceOfAssertFactories.type(ServiceError.class))
                .extracting(ServiceError::code, ServiceError::status)
                .containsExactly(code, 400);
        assertThat(region.groups()).isEqualTo(before);
    }

    @Test
    void the_last_instance_above_the_minimum_cannot_be_taken_out_without_a_replacement() {
        region.call(Region.threeOverThreeZones().minSize(1).maxSize(1).build());
        region.settle();
        String only = region.instances().getFirst().instanceId();

        assertThatThrownBy(() -> region.call(TerminateInstanceInAutoScalingGroupRequest.builder()
                        .instanceId(only)
                        .shouldDecrementDesiredCapacity(true)
                        .build()))
                .hasMessage("Currently, desiredSize equals minSize (1). Terminating instance without replacement will"
                        + " violate group's min size constraint. Either set shouldDecrementDesiredCapacity"
                        + " flag to false or lower group's min size.");
        assertThat(region.states()).containsExactly("InService");
    }

    @Test
    void a_group_with_instances_or_activities_is_deleted_only_by_force() {
        region.call(Region.threeOverThreeZones().build());
        DeleteAutoScalingGroupRequest delete = DeleteAutoScalingGroupRequest.builder()
                .autoScalingGroupName(Region.GROUP)
                .build();
        region.pass();
        assertThatThrownBy(() -> region.call(delete))
                .hasMessage(
                        "You cannot delete an AutoScalingGroup while there are scaling activities in progress for that"
                                + " group.");
        region.settle();
        assertThatThrownBy(() -> region.call(delete))
                .hasMessage("You cannot delete an AutoScalingGroup while there are instances or pending Spot instance"
                        + " request(s) still in the group.");
        assertThat(region.states()).containsExactly("InService", "InService", "InService");

        region.call(delete.toBuilder().forceDelete(true).build());
        region.settle();
        region.fleet.finishTerminations();
        region.settle();
        assertThat(region.groups()).isEmpty();
    }

    @Test
    void an_update_of_the_bounds_moves_the_desired_capacity_into_them() {
        region.call(Region.threeOverThreeZones().build());
        region.call(UpdateAutoScalingGroupRequest.builder()
                .autoScalingGroupName(Region.GROUP)
                .minSize(0)
                .maxSize(2)
                .build());

        assertThat(region.group().desiredCapacity()).isEqualTo(2);
    }

    @Test
    void groups_come_in_pages_and_are_found_by_tag() {
        for (String name : List.of("a", "b", "c")) {
            region.call(Region.threeOverThreeZones()
                    .autoScalingGroupName(name)
                    .tags(Tag.builder().key("name").value(name).build())
                    .build());
        }
        DescribeAutoScalingGroupsResponse first = region.call(
                DescribeAutoScalingGroupsRequest.builder().maxRecords(2).build(),
                DescribeAutoScalingGroupsResponse.class);
        DescribeAutoScalingGroupsResponse second = region.call(
                DescribeAutoScalingGroupsRequest.builder()
                        .maxRecords(2)
                        .nextToken(first.nextToken())
                        .build(),
                DescribeAutoScalingGroupsResponse.class);

        assertThat(names(first)).containsExactly("a", "b");
        assertThat(names(second)).containsExactly("c");
        assertThat(second.nextToken()).isNull();
        assertThat(names(region.call(
                        DescribeAutoScalingGroupsRequest.builder()
                                .filters(Filter.builder()
                                        .name("tag:name")
                                        .values("b", "x")
                                        .build())
                                .build(),
                        DescribeAutoScalingGroupsResponse.class)))
                .containsExactly("b");
    }

    @Test
    void tags_are_added_changed_shown_and_deleted() {
        region.call(Region.threeOverThreeZones()
                .tags(Tag.builder().key("one").value("1").build())
                .build());
        region.call(CreateOrUpdateTagsRequest.builder()
                .tags(
                        tag("one", "uno").propagateAtLaunch(false).build(),
                        tag("two", "2").propagateAtLaunch(true).build())
                .build());
        assertThat(tags())
                .containsExactly(
                        TagDescription.builder()
                                .resourceId(Region.GROUP)
                                .resourceType("auto-scaling-group")
                                .key("one")
                                .value("uno")
                                .propagateAtLaunch(false)
                                .build(),
                        TagDescription.builder()
                                .resourceId(Region.GROUP)
                                .resourceType("auto-scaling-group")
                                .key("two")
                                .value("2")
                                .propagateAtLaunch(true)
                                .build());
        region.call(DeleteTagsRequest.builder().tags(tag("one", null).build()).build());
        assertThat(tags()).extracting(TagDescription::key).containsExactly("two");
    }

    @Test
    void processes_are_suspended_by_name_or_all_at_once() {
        region.call(Region.threeOverThreeZones().build());
        region.call(SuspendProcessesRequest.builder()
                .autoScalingGroupName(Region.GROUP)
                .scalingProcesses("Launch")
                .build());
        region.settle();
        assertThat(region.instances()).isEmpty();

        region.call(SuspendProcessesRequest.builder()
                .autoScalingGroupName(Region.GROUP)
                .build());
        assertThat(region.group().suspendedProcesses())
                .extracting(SuspendedProcess::processName)
                .hasSize(9);
        region.call(ResumeProcessesRequest.builder()
                .autoScalingGroupName(Region.GROUP)
                .build());
        region.settle();
        assertThat(region.states()).containsExactly("InService", "InService", "InService");
    }

    @Test
    void instances_are_shown_with_their_group_and_health_in_capitals() {
        region.call(Region.threeOverThreeZones().build());
        region.settle();
        String id = region.instances().get(1).instanceId();

        assertThat(region.call(
                                DescribeAutoScalingInstancesRequest.builder()
                                        .instanceIds(id)
                                        .build(),
                                DescribeAutoScalingInstancesResponse.class)
                        .autoScalingInstances())
                .singleElement()
                .satisfies(details -> {
                    assertThat(details.autoScalingGroupName()).isEqualTo(Region.GROUP);
                    assertThat(details.healthStatus()).isEqualTo("HEALTHY");
                    assertThat(details.lifecycleState()).isEqualTo("InService");
                    assertThat(details.launchTemplate().version()).isEqualTo("1");
                });
    }

    private static Tag.Builder tag(String key, String value) {
        return Tag.builder()
                .resourceId(Region.GROUP)
                .resourceType("auto-scaling-group")
                .key(key)
                .value(value);
    }

    private List<TagDescription> tags() {
        return region.call(DescribeTagsRequest.builder().build(), DescribeTagsResponse.class)
                .tags();
    }

    private static List<String> names(DescribeAutoScalingGroupsResponse response) {
        return response.autoScalingGroups().stream()
                .map(AutoScalingGroup::autoScalingGroupName)
                .toList();
    }
}

package dev.resilient.cloud.autoscaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.cloud.autoscaling.group.TargetGroupLink;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.autoscaling.model.Activity;
import software.amazon.awssdk.services.autoscaling.model.AttachLoadBalancerTargetGroupsRequest;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.DeleteAutoScalingGroupRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeLoadBalancerTargetGroupsRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeLoadBalancerTargetGroupsResponse;
import software.amazon.awssdk.services.autoscaling.model.DetachLoadBalancerTargetGroupsRequest;
import software.amazon.awssdk.services.autoscaling.model.Instance;
import software.amazon.awssdk.services.autoscaling.model.SetDesiredCapacityRequest;
import software.amazon.awssdk.services.autoscaling.model.SetInstanceHealthRequest;
import software.amazon.awssdk.services.autoscaling.model.TerminateInstanceInAutoScalingGroupRequest;
import software.amazon.awssdk.services.autoscaling.model.TerminateInstanceInAutoScalingGroupResponse;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;

/** How instances leave a group and its target groups: asked for, unwell, too many, or with the whole group. */
class TerminationsTest {
    private final Region region = new Region();

    @AfterEach
    void close() {
        region.close();
    }

    @Test
    void a_terminated_instance_drains_before_ec2_ends_it_and_its_replacement_does_not_wait() {
        region.call(Region.threeOverThreeZones()
                .targetGroupARNs(FakeTargetGroups.ARN)
                .build());
        region.settle();
        String leaving = region.instances().getFirst().instanceId();

        Activity answered = terminate(leaving, false);
        assertThat(answered.statusCodeAsString()).isEqualTo("InProgress");
        assertThat(answered.progress()).isZero();
        assertThat(answered.description()).isEqualTo("Terminating EC2 instance: " + leaving);
        assertThat(answered.cause())
                .isEqualTo("At 2026-01-01T12:00:00Z instance " + leaving
                        + " was taken out of service in response to a user request.");

        region.settle();
        assertThat(region.activitiesIn("WaitingForELBConnectionDraining"))
                .containsExactly("Terminating EC2 instance: " + leaving + " - Waiting For ELB Connection Draining.");
        assertThat(region.fleet.terminated).isEmpty();
        assertThat(region.states()).containsExactlyInAnyOrder("Terminating", "InService", "InService", "InService");

        region.targetGroups.draining.clear();
        region.settle();
        assertThat(region.fleet.terminated).containsExactly(leaving);
        region.fleet.finishTerminations();
        region.settle();
        assertThat(region.states()).containsExactly("InService", "InService", "InService");
        assertThat(region.activitiesIn("Successful")).contains("Terminating EC2 instance: " + leaving);
    }

    @Test
    void a_termination_that_shrinks_the_group_is_not_replaced() {
        region.call(Region.threeOverThreeZones().minSize(2).desiredCapacity(3).build());
        region.settle();
        String leaving = region.instances().getFirst().instanceId();

        assertThat(terminate(leaving, true).cause())
                .endsWith("instance " + leaving
                        + " was taken out of service in response to a user request, shrinking the capacity"
                        + " from 3 to 2.");
        region.settle();
        region.fleet.finishTerminations();
        region.settle();
        assertThat(region.instances()).hasSize(2);
        assertThat(region.group().desiredCapacity()).isEqualTo(2);
    }

    @Test
    void an_instance_that_stops_is_replaced_because_of_ec2s_health_check() {
        region.call(Region.threeOverThreeZones().build());
        region.settle();
        region.advance(Duration.ofMinutes(2));
        String stopped = region.instances().getFirst().instanceId();

        region.fleet.set(stopped, InstanceStateName.STOPPED);
        region.pass();
        assertThat(region.activities())
                .filteredOn(activity -> activity.description().equals("Terminating EC2 instance: " + stopped))
                .singleElement()
                .extracting(Activity::cause)
                .isEqualTo("At 2026-01-01T12:02:00Z an instance was taken out of service in response to an EC2 health"
                        + " check indicating it has been terminated or stopped.");
        region.settle();
        region.fleet.finishTerminations();
        region.settle();
        assertThat(region.states()).containsExactly("InService", "InService", "InService");
        assertThat(region.instances()).extracting(Instance::instanceId).doesNotContain(stopped);
    }

    @Test
    void an_instance_that_a_user_calls_unhealthy_is_replaced_after_the_grace_period() {
        region.call(Region.threeOverThreeZones().healthCheckGracePeriod(60).build());
        region.settle();
        String unwell = region.instances().getFirst().instanceId();
        SetInstanceHealthRequest unhealthy = SetInstanceHealthRequest.builder()
                .instanceId(unwell)
                .healthStatus("Unhealthy")
                .build();

        region.call(unhealthy);
        region.settle();
        assertThat(region.states()).containsOnly("InService");

        region.advance(Duration.ofSeconds(60));
        region.call(unhealthy);
        region.pass();
        assertThat(region.states()).contains("Terminating");
        assertThat(region.activities())
                .extracting(Activity::cause)
                .contains(
                        "At 2026-01-01T12:01:00Z an instance was taken out of service in response to a user"
                                + " health-check.",
                        "At 2026-01-01T12:01:00Z an instance was launched in response to an unhealthy instance needing"
                                + " to be replaced.");
    }

    @Test
    void a_lower_desired_capacity_takes_out_the_oldest_and_says_why() {
        region.call(Region.threeOverThreeZones().minSize(0).desiredCapacity(2).build());
        region.settle();
        region.call(SetDesiredCapacityRequest.builder()
                .autoScalingGroupName(Region.GROUP)
                .desiredCapacity(1)
                .build());
        region.pass();

        assertThat(region.activities().getFirst().cause())
                .matches("At 2026-01-01T12:00:00Z a user request explicitly set group desired capacity changing the"
                        + " desired capacity from 2 to 1.  At 2026-01-01T12:00:00Z an instance was taken out of"
                        + " service in response to a difference between desired and actual capacity, shrinking the"
                        + " capacity from 2 to 1.  At 2026-01-01T12:00:00Z instance i-\\d{17} was selected for"
                        + " termination.");
    }

    @Test
    void a_forced_delete_terminates_every_instance_without_waiting_for_requests_in_flight() {
        region.call(Region.threeOverThreeZones()
                .targetGroupARNs(FakeTargetGroups.ARN)
                .build());
        region.settle();
        region.call(DeleteAutoScalingGroupRequest.builder()
                .autoScalingGroupName(Region.GROUP)
                .forceDelete(true)
                .build());
        assertThat(region.groups()).extracting(AutoScalingGroup::status).containsExactly("Delete in progress");

        region.settle();
        assertThat(region.fleet.terminated).hasSize(3);
        assertThat(region.targetGroups.registered).isEmpty();
        region.fleet.finishTerminations();
        region.settle();
        assertThat(region.groups()).isEmpty();
    }

    @Test
    void an_attachment_goes_from_adding_over_added_to_in_service_and_away_again_when_all_have_drained() {
        region.call(Region.threeOverThreeZones().build());
        region.settle();
        region.call(AttachLoadBalancerTargetGroupsRequest.builder()
                .autoScalingGroupName(Region.GROUP)
                .targetGroupARNs(FakeTargetGroups.ARN)
                .build());
        assertThat(attachments()).containsExactly("Adding");
        region.pass();
        assertThat(attachments()).containsExactly("Added");
        assertThat(region.targetGroups.registered).hasSize(3);
        region.targetGroups.otherwise = TargetGroupLink.Health.HEALTHY;
        region.pass();
        assertThat(attachments()).containsExactly("InService");

        region.call(DetachLoadBalancerTargetGroupsRequest.builder()
                .autoScalingGroupName(Region.GROUP)
                .targetGroupARNs(FakeTargetGroups.ARN)
                .build());
        region.pass();
        assertThat(attachments()).containsExactly("Removing");
        assertThat(region.targetGroups.registered).isEmpty();
        region.targetGroups.draining.clear();
        region.pass();
        assertThat(attachments()).isEmpty();
        assertThat(region.states()).containsExactly("InService", "InService", "InService");
    }

    @Test
    void an_instance_that_is_leaving_when_a_target_group_is_detached_leaves_that_group_too() {
        region.call(Region.threeOverThreeZones()
                .minSize(0)
                .targetGroupARNs(FakeTargetGroups.ARN)
                .desiredCapacity(3)
                .build());
        region.settle();
        terminate(region.instances().getFirst().instanceId(), true);
        region.call(DetachLoadBalancerTargetGroupsRequest.builder()
                .autoScalingGroupName(Region.GROUP)
                .targetGroupARNs(FakeTargetGroups.ARN)
                .build());

        region.settle();
        assertThat(region.targetGroups.registered).isEmpty();
        assertThat(region.fleet.terminated).as("before it has drained").isEmpty();
        region.targetGroups.draining.clear();
        region.settle();
        assertThat(region.fleet.terminated).hasSize(1);
        assertThat(attachments()).isEmpty();
    }

    private Activity terminate(String instanceId, boolean decrement) {
        return region.call(
                        TerminateInstanceInAutoScalingGroupRequest.builder()
                                .instanceId(instanceId)
                                .shouldDecrementDesiredCapacity(decrement)
                                .build(),
                        TerminateInstanceInAutoScalingGroupResponse.class)
                .activity();
    }

    private List<String> attachments() {
        return region
                .call(
                        DescribeLoadBalancerTargetGroupsRequest.builder()
                                .autoScalingGroupName(Region.GROUP)
                                .build(),
                        DescribeLoadBalancerTargetGroupsResponse.class)
                .loadBalancerTargetGroups()
                .stream()
                .map(state -> state.state())
                .toList();
    }
}

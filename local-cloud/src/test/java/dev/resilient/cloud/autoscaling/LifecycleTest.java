package dev.resilient.cloud.autoscaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.cloud.autoscaling.group.TargetGroupLink;
import dev.resilient.cloud.autoscaling.reconcile.Activities;
import dev.resilient.cloud.event.CloudEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
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
import software.amazon.awssdk.services.autoscaling.model.Tag;
import software.amazon.awssdk.services.autoscaling.model.TerminateInstanceInAutoScalingGroupRequest;
import software.amazon.awssdk.services.autoscaling.model.TerminateInstanceInAutoScalingGroupResponse;
import software.amazon.awssdk.services.autoscaling.model.UpdateAutoScalingGroupRequest;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;

class LifecycleTest {
    private final Region region = new Region();

    @AfterEach
    void close() {
        region.close();
    }

    @Test
    void a_new_group_launches_one_instance_in_each_zone_and_says_why() {
        region.call(Region.threeOverThreeZones().build());
        region.pass();

        assertThat(region.instances())
                .extracting(Instance::availabilityZone)
                .containsExactlyInAnyOrder("us-west-2a", "us-west-2b", "us-west-2c");
        assertThat(region.states()).containsOnly("Pending");
        assertThat(region.activities())
                .hasSize(3)
                .allSatisfy(activity -> assertThat(activity.cause())
                        .isEqualTo("At 2026-01-01T12:00:00Z a user request created an AutoScalingGroup changing the"
                                + " desired capacity from 0 to 3.  At 2026-01-01T12:00:00Z an instance was started"
                                + " in response to a difference between desired and actual capacity, increasing"
                                + " the capacity from 0 to 3."))
                .allSatisfy(
                        activity -> assertThat(activity.statusCodeAsString()).isEqualTo("PreInService"));

        region.settle();
        assertThat(region.states()).containsExactly("InService", "InService", "InService");
        assertThat(region.activitiesIn("Successful")).hasSize(3).allSatisfy(text -> assertThat(text)
                .matches("Launching a new EC2 instance: i-\\d{17}"));
    }

    @Test
    void an_instance_is_registered_before_it_is_in_service() {
        List<String> seen = new ArrayList<>();
        region.events.subscribe(event -> {
            if (event instanceof CloudEvent.ScalingActivityChanged changed
                    && changed.status().equals("Successful")) {
                seen.add("registered " + region.targetGroups.registered.size());
            }
        });
        region.call(Region.threeOverThreeZones()
                .minSize(1)
                .maxSize(1)
                .targetGroupARNs(FakeTargetGroups.ARN)
                .build());
        region.settle();

        assertThat(seen).containsExactly("registered 1");
    }

    @Test
    void instances_carry_the_tags_that_propagate_and_the_name_of_their_group() {
        region.call(Region.threeOverThreeZones()
                .tags(
                        Tag.builder()
                                .key("own")
                                .value("1")
                                .propagateAtLaunch(false)
                                .build(),
                        Tag.builder()
                                .key("both")
                                .value("2")
                                .propagateAtLaunch(true)
                                .build())
                .build());
        region.pass();

        assertThat(region.fleet.orders).hasSize(3).allSatisfy(order -> assertThat(
                        order.tagSpecifications().getFirst().tags())
                .extracting(tag -> tag.key() + "=" + tag.value())
                .containsExactlyInAnyOrder("both=2", "aws:autoscaling:groupName=" + Region.GROUP));
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
    void a_refused_launch_is_a_failed_activity_and_the_next_try_is_later_and_elsewhere() {
        region.fleet.brokenZones.add("us-west-2a");
        region.call(Region.threeOverThreeZones().minSize(1).maxSize(1).build());
        region.pass();

        assertThat(region.activities()).singleElement().satisfies(activity -> {
            assertThat(activity.statusCodeAsString()).isEqualTo("Failed");
            assertThat(activity.description())
                    .isEqualTo("Launching a new EC2 instance.  Status Reason: No capacity in us-west-2a. Launching EC2"
                            + " instance failed.");
            assertThat(activity.statusMessage()).isEqualTo("No capacity in us-west-2a. Launching EC2 instance failed.");
        });
        region.pass();
        assertThat(region.activities()).hasSize(1);

        region.advance(Duration.ofSeconds(10));
        region.settle();
        assertThat(region.instances()).extracting(Instance::availabilityZone).containsExactly("us-west-2b");
    }

    @Test
    void instances_that_die_at_once_are_replaced_ever_more_slowly() {
        region.call(Region.threeOverThreeZones().minSize(1).maxSize(1).build());
        for (int second = 0; second < 600; second++) {
            region.fleet.ids().forEach(id -> region.fleet.set(id, InstanceStateName.TERMINATED));
            region.pass();
            region.advance(Duration.ofSeconds(1));
        }

        assertThat(region.fleet.orders).hasSizeBetween(5, 8);
    }

    @Test
    void only_the_latest_activities_of_a_group_are_kept() {
        region.call(Region.threeOverThreeZones().minSize(0).maxSize(1).build());
        for (int turn = 0; turn < Activities.KEPT; turn++) {
            scaleTo(1);
            scaleTo(0);
            region.fleet.finishTerminations();
        }

        List<Activity> kept = region.allActivities();
        assertThat(kept).hasSizeBetween(Activities.KEPT, Activities.KEPT + 4);
        assertThat(kept.getFirst().description()).contains("%017d".formatted(Activities.KEPT));
    }

    private void scaleTo(int desired) {
        region.call(SetDesiredCapacityRequest.builder()
                .autoScalingGroupName(Region.GROUP)
                .desiredCapacity(desired)
                .build());
        region.settle();
        region.advance(Duration.ofSeconds(1));
    }

    @Test
    void one_group_that_cannot_launch_stops_no_other() {
        region.fleet.brokenZones.add("us-west-2d");
        region.call(Region.threeOverThreeZones()
                .autoScalingGroupName("bad")
                .availabilityZones("us-west-2d")
                .build());
        region.call(Region.threeOverThreeZones().build());
        region.settle();

        assertThat(region.states()).containsExactly("InService", "InService", "InService");
        assertThat(region.activitiesIn("Failed")).isNotEmpty();
    }

    @Test
    void a_group_deleted_during_a_launch_is_not_brought_back_and_the_instance_is_terminated() {
        region.fleet.beforeLaunch(() -> {
            region.fleet.beforeLaunch(() -> {});
            region.call(DeleteAutoScalingGroupRequest.builder()
                    .autoScalingGroupName(Region.GROUP)
                    .forceDelete(true)
                    .build());
        });
        region.call(Region.threeOverThreeZones().minSize(1).maxSize(1).build());
        region.settle();

        assertThat(region.groups()).isEmpty();
        assertThat(region.fleet.terminated).containsExactlyElementsOf(region.fleet.ids());
        assertThat(region.activitiesIn("Cancelled")).hasSize(1);
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

    @Test
    void a_started_service_acts_on_calls_and_on_instances_that_change_without_being_asked() {
        region.service.start();
        region.call(Region.threeOverThreeZones().build());
        Awaitility.await().untilAsserted(() -> assertThat(region.instances()).hasSize(3));

        region.fleet.runAll();
        region.events.publish(new CloudEvent.InstanceStateChanged(region.time.instant(), "i-1", "pending", "running"));
        Awaitility.await().untilAsserted(() -> assertThat(region.states())
                .containsExactly("InService", "InService", "InService"));

        region.fleet.set(region.instances().getFirst().instanceId(), InstanceStateName.TERMINATED);
        Awaitility.await().untilAsserted(() -> {
            region.advance(Duration.ofSeconds(1));
            assertThat(region.fleet.orders).hasSize(4);
        });
    }

    @Test
    void an_update_says_what_it_changed() {
        region.call(Region.threeOverThreeZones().minSize(0).maxSize(0).build());
        region.call(UpdateAutoScalingGroupRequest.builder()
                .autoScalingGroupName(Region.GROUP)
                .minSize(1)
                .maxSize(5)
                .desiredCapacity(1)
                .build());
        region.pass();

        assertThat(region.activities())
                .singleElement()
                .extracting(Activity::cause)
                .isEqualTo(
                        "At 2026-01-01T12:00:00Z a user request update of AutoScalingGroup constraints to min: 1, max:"
                                + " 5, desired: 1 changing the desired capacity from 0 to 1.  At 2026-01-01T12:00:00Z an"
                                + " instance was started in response to a difference between desired and actual capacity,"
                                + " increasing the capacity from 0 to 1.");
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

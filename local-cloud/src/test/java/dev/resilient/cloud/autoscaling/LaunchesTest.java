package dev.resilient.cloud.autoscaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.cloud.autoscaling.reconcile.Activities;
import dev.resilient.cloud.event.CloudEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.autoscaling.model.Activity;
import software.amazon.awssdk.services.autoscaling.model.DeleteAutoScalingGroupRequest;
import software.amazon.awssdk.services.autoscaling.model.Instance;
import software.amazon.awssdk.services.autoscaling.model.SetDesiredCapacityRequest;
import software.amazon.awssdk.services.autoscaling.model.Tag;
import software.amazon.awssdk.services.autoscaling.model.UpdateAutoScalingGroupRequest;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;

/** How instances come into a group: where, with what, why, and what happens when they cannot. */
class LaunchesTest {
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
}

package dev.resilient.cloud.autoscaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.autoscaling.model.Activity;
import software.amazon.awssdk.services.autoscaling.model.AttachInstancesRequest;
import software.amazon.awssdk.services.autoscaling.model.DetachInstancesRequest;
import software.amazon.awssdk.services.autoscaling.model.DetachInstancesResponse;
import software.amazon.awssdk.services.autoscaling.model.EnterStandbyRequest;
import software.amazon.awssdk.services.autoscaling.model.EnterStandbyResponse;
import software.amazon.awssdk.services.autoscaling.model.ExitStandbyRequest;
import software.amazon.awssdk.services.autoscaling.model.ExitStandbyResponse;
import software.amazon.awssdk.services.autoscaling.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;

class InstanceMovesTest {
    private final Region region = new Region();

    @AfterEach
    void close() {
        region.close();
    }

    private List<String> settled(int min, int max) {
        region.call(Region.threeOverThreeZones()
                .minSize(min)
                .maxSize(max)
                .desiredCapacity(3)
                .targetGroupARNs(FakeTargetGroups.ARN)
                .build());
        region.settle();
        return ids();
    }

    private List<String> ids() {
        return region.instances().stream().map(Instance::instanceId).toList();
    }

    private List<Activity> detach(boolean decrement, String... ids) {
        return region.call(
                        DetachInstancesRequest.builder()
                                .autoScalingGroupName(Region.GROUP)
                                .instanceIds(ids)
                                .shouldDecrementDesiredCapacity(decrement)
                                .build(),
                        DetachInstancesResponse.class)
                .activities();
    }

    private List<Activity> enterStandby(boolean decrement, String... ids) {
        return region.call(
                        EnterStandbyRequest.builder()
                                .autoScalingGroupName(Region.GROUP)
                                .instanceIds(ids)
                                .shouldDecrementDesiredCapacity(decrement)
                                .build(),
                        EnterStandbyResponse.class)
                .activities();
    }

    private List<Activity> exitStandby(String... ids) {
        return region.call(
                        ExitStandbyRequest.builder()
                                .autoScalingGroupName(Region.GROUP)
                                .instanceIds(ids)
                                .build(),
                        ExitStandbyResponse.class)
                .activities();
    }

    @Test
    void detached_instances_drain_leave_and_live_on() {
        List<String> ids = settled(0, 3);

        List<Activity> activities = detach(true, ids.get(0), ids.get(1));
        assertThat(activities).extracting(Activity::statusCodeAsString).containsOnly("InProgress");
        assertThat(activities).extracting(Activity::progress).containsOnly(50);
        assertThat(activities)
                .extracting(Activity::description)
                .containsExactly("Detaching EC2 instance: " + ids.get(0), "Detaching EC2 instance: " + ids.get(1));
        assertThat(activities)
                .extracting(Activity::cause)
                .containsExactly(
                        "At 2026-01-01T12:00:00Z instance " + ids.get(0)
                                + " was detached in response to a user request, shrinking the capacity from 3 to 2.",
                        "At 2026-01-01T12:00:00Z instance " + ids.get(1)
                                + " was detached in response to a user request, shrinking the capacity from 2 to 1.");
        assertThat(region.states()).containsExactlyInAnyOrder("Detaching", "Detaching", "InService");

        region.settle();
        assertThat(region.states())
                .as("while they drain")
                .containsExactlyInAnyOrder("Detaching", "Detaching", "InService");
        region.targetGroups.draining.clear();
        region.settle();
        assertThat(ids()).containsExactly(ids.get(2));
        assertThat(region.fleet.terminated).isEmpty();
        assertThat(region.targetGroups.registered).containsExactly(ids.get(2));
        assertThat(region.group().desiredCapacity()).isEqualTo(1);
        assertThat(region.activitiesIn("Successful")).contains("Detaching EC2 instance: " + ids.get(0));
    }

    @Test
    void a_detached_instance_is_replaced_unless_the_group_shrinks() {
        String left = settled(3, 3).getFirst();

        assertThat(detach(false, left).getFirst().cause())
                .isEqualTo("At 2026-01-01T12:00:00Z instance " + left + " was detached in response to a user request.");
        region.settle();
        assertThat(region.states()).containsExactlyInAnyOrder("Detaching", "InService", "InService", "InService");
    }

    @Test
    void an_instance_stands_by_unchecked_and_comes_back() {
        String aside = settled(0, 3).getFirst();

        Activity entering = enterStandby(true, aside).getFirst();
        assertThat(entering.description()).isEqualTo("Moving EC2 instance to Standby: " + aside);
        assertThat(entering.cause())
                .isEqualTo("At 2026-01-01T12:00:00Z instance " + aside
                        + " was moved to standby in response to a user request, shrinking the capacity from 3 to 2.");
        assertThat(entering.progress()).isEqualTo(50);
        assertThat(region.states()).contains("EnteringStandby");
        region.targetGroups.draining.clear();
        region.settle();
        region.targetGroups.draining.clear();
        region.settle();
        assertThat(region.states()).containsExactlyInAnyOrder("Standby", "InService", "InService");
        assertThat(region.activitiesIn("Successful")).contains("Moving EC2 instance to Standby: " + aside);

        region.fleet.set(aside, InstanceStateName.STOPPED);
        region.settle();
        assertThat(region.states()).as("nobody looks").containsExactlyInAnyOrder("Standby", "InService", "InService");

        region.fleet.set(aside, InstanceStateName.RUNNING);
        Activity exiting = exitStandby(aside).getFirst();
        assertThat(exiting.description()).isEqualTo("Moving EC2 instance out of Standby: " + aside);
        assertThat(exiting.cause())
                .isEqualTo("At 2026-01-01T12:00:00Z instance " + aside
                        + " was moved out of standby in response to a user request, increasing the capacity"
                        + " from 2 to 3.");
        assertThat(exiting.statusCodeAsString()).isEqualTo("PreInService");
        assertThat(exiting.progress()).isEqualTo(30);
        assertThat(region.states()).contains("Pending");
        region.settle();
        assertThat(region.states()).containsExactly("InService", "InService", "InService");
        assertThat(region.targetGroups.registered).contains(aside);
        assertThat(region.fleet.orders).as("nothing was launched for it").hasSize(3);
    }

    @Test
    void an_instance_that_ended_while_it_stood_by_is_replaced_when_it_is_called_back() {
        String aside = settled(0, 3).getFirst();
        enterStandby(true, aside);
        region.settle();
        region.targetGroups.draining.clear();
        region.settle();
        region.fleet.set(aside, InstanceStateName.TERMINATED);

        exitStandby(aside);
        region.settle();
        region.fleet.finishTerminations();
        region.advance(Duration.ofSeconds(10));
        region.settle();
        assertThat(ids()).doesNotContain(aside);
        assertThat(region.states()).containsExactly("InService", "InService", "InService");
    }

    @Test
    void a_running_instance_is_attached() {
        settled(3, 4);
        String running = region.fleet.runOutsideOfGroups("us-west-2b");
        AttachInstancesRequest attach = AttachInstancesRequest.builder()
                .autoScalingGroupName(Region.GROUP)
                .instanceIds(running)
                .build();

        region.call(attach);
        assertThat(region.group().desiredCapacity()).isEqualTo(4);
        assertThat(region.activities())
                .filteredOn(activity -> activity.description().equals("Attaching an existing EC2 instance: " + running))
                .singleElement()
                .extracting(Activity::cause)
                .isEqualTo("At 2026-01-01T12:00:00Z an instance was added in response to user request. Keeping the"
                        + " capacity at the new 4.");
        region.settle();
        assertThat(region.states()).containsExactly("InService", "InService", "InService", "InService");
        assertThat(region.targetGroups.registered).contains(running);
        assertThatThrownBy(() -> region.call(attach))
                .hasMessage("The Instance: " + running + " is already part of AutoScalingGroup:web");
    }

    @Test
    void what_cannot_move_stays_where_it_is() {
        List<String> ids = settled(3, 3);
        String running = region.fleet.runOutsideOfGroups("us-west-2b");

        assertThatThrownBy(() -> enterStandby(true, ids.getFirst()))
                .hasMessage(
                        "AutoScalingGroup web has min-size=3, max-size=3, and desired-size=3. To place into standby 1"
                                + " instance, please update the AutoScalingGroup sizes appropriately.");
        assertThatThrownBy(() -> detach(true, ids.get(0), ids.get(1)))
                .hasMessage(
                        "AutoScalingGroup web has min-size=3, max-size=3, and desired-size=3. To detach 2 instances,"
                                + " please update the AutoScalingGroup sizes appropriately.");
        assertThatThrownBy(() -> region.call(AttachInstancesRequest.builder()
                        .autoScalingGroupName(Region.GROUP)
                        .instanceIds(running)
                        .build()))
                .hasMessage("AutoScalingGroup web has min-size=3, max-size=3, and desired-size=3. To attach 1 instance,"
                        + " please update the AutoScalingGroup sizes appropriately.");
        assertThatThrownBy(() -> exitStandby(ids.getFirst()))
                .hasMessage("The instance " + ids.getFirst() + " is not in Standby.");
        assertThatThrownBy(() -> detach(false, running))
                .hasMessage("The instance " + running + " is not part of Auto Scaling group web.");
        assertThatThrownBy(() -> detach(false, ids.get(0), running)).isNotNull();
        assertThat(region.states()).containsExactly("InService", "InService", "InService");
        detach(false, ids.getFirst());
        assertThatThrownBy(() -> detach(false, ids.getFirst()))
                .hasMessage("The instance " + ids.getFirst() + " is not in InService or Standby.");
        assertThatThrownBy(() -> enterStandby(false, ids.getFirst()))
                .hasMessage("The instance " + ids.getFirst() + " is not in InService.");
    }
}

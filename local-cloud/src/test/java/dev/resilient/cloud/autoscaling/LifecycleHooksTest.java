package dev.resilient.cloud.autoscaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.autoscaling.model.Activity;
import software.amazon.awssdk.services.autoscaling.model.CompleteLifecycleActionRequest;
import software.amazon.awssdk.services.autoscaling.model.DeleteAutoScalingGroupRequest;
import software.amazon.awssdk.services.autoscaling.model.DeleteLifecycleHookRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeLifecycleHooksRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeLifecycleHooksResponse;
import software.amazon.awssdk.services.autoscaling.model.LifecycleHook;
import software.amazon.awssdk.services.autoscaling.model.LifecycleHookSpecification;
import software.amazon.awssdk.services.autoscaling.model.PutLifecycleHookRequest;
import software.amazon.awssdk.services.autoscaling.model.TerminateInstanceInAutoScalingGroupRequest;

class LifecycleHooksTest {
    private final Region region = new Region();

    @AfterEach
    void close() {
        region.close();
    }

    private static LifecycleHookSpecification hook(String name, String transition, String defaultResult) {
        return LifecycleHookSpecification.builder()
                .lifecycleHookName(name)
                .lifecycleTransition("autoscaling:EC2_INSTANCE_" + transition)
                .heartbeatTimeout(60)
                .defaultResult(defaultResult)
                .build();
    }

    /** One instance over one zone; returns its id. */
    private String one(LifecycleHookSpecification... hooks) {
        region.call(Region.threeOverThreeZones()
                .minSize(1)
                .maxSize(1)
                .targetGroupARNs(FakeTargetGroups.ARN)
                .lifecycleHookSpecificationList(hooks)
                .build());
        region.settle();
        return region.instances().getFirst().instanceId();
    }

    private void complete(String hook, String instanceId, String result) {
        region.call(CompleteLifecycleActionRequest.builder()
                .autoScalingGroupName(Region.GROUP)
                .lifecycleHookName(hook)
                .instanceId(instanceId)
                .lifecycleActionResult(result)
                .build());
    }

    private void terminate(String instanceId) {
        region.call(TerminateInstanceInAutoScalingGroupRequest.builder()
                .instanceId(instanceId)
                .shouldDecrementDesiredCapacity(false)
                .build());
        region.settle();
        region.targetGroups.draining.clear();
        region.settle();
    }

    @Test
    void a_launched_instance_waits_unregistered_until_every_hook_continues() {
        String waiting = one(hook("a", "LAUNCHING", "ABANDON"), hook("b", "LAUNCHING", "ABANDON"));

        assertThat(region.states()).containsExactly("Pending:Wait");
        assertThat(region.targetGroups.registered).isEmpty();
        assertThat(region.activitiesIn("MidLifecycleAction"))
                .containsExactly("Launching a new EC2 instance: " + waiting);
        complete("a", waiting, "CONTINUE");
        region.settle();
        assertThat(region.states()).containsExactly("Pending:Wait");
        complete("b", waiting, "CONTINUE");
        assertThat(region.states()).containsExactly("Pending:Proceed");
        region.settle();
        assertThat(region.states()).containsExactly("InService");
        assertThat(region.targetGroups.registered).containsExactly(waiting);
        assertThat(region.activitiesIn("Successful")).containsExactly("Launching a new EC2 instance: " + waiting);
        assertThatThrownBy(() -> complete("a", waiting, "CONTINUE"))
                .hasMessage("No active Lifecycle Action found with instance ID " + waiting);
    }

    @Test
    void a_launch_that_is_abandoned_is_cancelled_and_the_instance_terminated() {
        String waiting = one(hook("a", "LAUNCHING", "CONTINUE"), hook("b", "LAUNCHING", "CONTINUE"));

        complete("a", waiting, "ABANDON");
        region.pass();
        assertThat(region.activities())
                .filteredOn(activity -> activity.statusCodeAsString().equals("Cancelled"))
                .singleElement()
                .satisfies(activity -> {
                    assertThat(activity.statusMessage())
                            .matches("Instance failed to complete user's Lifecycle Action: Lifecycle Action with token"
                                    + " [0-9a-f-]{36} was abandoned: Lifecycle Action Completed with ABANDON Result");
                    assertThat(activity.description())
                            .isEqualTo("Launching a new EC2 instance: " + waiting + ".  Status Reason: "
                                    + activity.statusMessage());
                });
        assertThat(region.activities())
                .extracting(Activity::cause)
                .contains("At 2026-01-01T12:00:00Z an instance was taken out of service in response to a launch"
                        + " failure.");
        region.settle();
        assertThat(region.fleet.terminated).containsExactly(waiting);
        assertThat(region.fleet.orders).as("the next try is later").hasSize(1);
        region.advance(Duration.ofSeconds(10));
        region.pass();
        assertThat(region.fleet.orders).hasSize(2);
    }

    @Test
    void a_launch_hook_that_nobody_answers_ends_with_its_default_result() {
        String waiting = one(hook("a", "LAUNCHING", "ABANDON"));

        region.advance(Duration.ofSeconds(59));
        region.pass();
        assertThat(region.states()).containsExactly("Pending:Wait");
        region.advance(Duration.ofSeconds(1));
        region.settle();
        assertThat(region.fleet.terminated).contains(waiting);
        assertThat(region.activities()).extracting(Activity::statusMessage).anySatisfy(message -> assertThat(message)
                .endsWith("was abandoned: Heartbeat Timeout"));
    }

    @Test
    void a_terminating_instance_drains_then_waits_and_is_terminated_then() {
        String leaving = one(hook("a", "TERMINATING", "ABANDON"), hook("b", "TERMINATING", "ABANDON"));
        terminate(leaving);

        assertThat(region.states()).containsExactlyInAnyOrder("Terminating:Wait", "InService");
        assertThat(region.fleet.terminated).isEmpty();
        assertThat(region.activitiesIn("MidLifecycleAction")).containsExactly("Terminating EC2 instance: " + leaving);
        complete("a", leaving, "ABANDON");
        assertThat(region.states())
                .as("who abandons ends the other actions too")
                .contains("Terminating:Proceed");
        region.settle();
        assertThat(region.fleet.terminated).containsExactly(leaving);
        region.fleet.finishTerminations();
        region.settle();
        assertThat(region.states()).containsExactly("InService");
        assertThat(region.activitiesIn("Successful")).contains("Terminating EC2 instance: " + leaving);
    }

    @Test
    void a_termination_goes_on_when_the_time_is_up_or_the_hook_is_gone() {
        String first = one(hook("a", "TERMINATING", "CONTINUE"));
        terminate(first);
        region.advance(Duration.ofSeconds(60));
        region.settle();
        assertThat(region.fleet.terminated).containsExactly(first);
        region.fleet.finishTerminations();
        region.settle();

        String second = region.instances().getFirst().instanceId();
        terminate(second);
        assertThat(region.states()).contains("Terminating:Wait");
        region.call(DeleteLifecycleHookRequest.builder()
                .autoScalingGroupName(Region.GROUP)
                .lifecycleHookName("a")
                .build());
        region.settle();
        assertThat(region.fleet.terminated).contains(second);
        assertThat(hooks()).isEmpty();
    }

    @Test
    void an_action_is_completed_by_its_token_too() {
        String waiting = one(hook("a", "LAUNCHING", "ABANDON"));
        assertThatThrownBy(() -> region.call(CompleteLifecycleActionRequest.builder()
                        .autoScalingGroupName(Region.GROUP)
                        .lifecycleHookName("a")
                        .lifecycleActionToken("00000000-0000-4000-a000-000000000000")
                        .lifecycleActionResult("CONTINUE")
                        .build()))
                .hasMessage("No active Lifecycle Action found with token 00000000-0000-4000-a000-000000000000");
        assertThatThrownBy(() -> complete("a", waiting, "PERHAPS"))
                .hasMessage("The lifecycle action result must be CONTINUE or ABANDON");
        assertThat(region.states()).containsExactly("Pending:Wait");
    }

    @Test
    void a_forced_delete_waits_for_no_hook() {
        String waiting = one(hook("a", "LAUNCHING", "ABANDON"), hook("b", "TERMINATING", "ABANDON"));
        region.call(DeleteAutoScalingGroupRequest.builder()
                .autoScalingGroupName(Region.GROUP)
                .forceDelete(true)
                .build());
        region.settle();
        assertThat(region.fleet.terminated).containsExactly(waiting);
        region.fleet.finishTerminations();
        region.settle();
        assertThat(region.groups()).isEmpty();
    }

    @Test
    void hooks_are_put_changed_shown_and_refused() {
        region.call(Region.threeOverThreeZones().build());
        PutLifecycleHookRequest.Builder put = PutLifecycleHookRequest.builder()
                .autoScalingGroupName(Region.GROUP)
                .lifecycleHookName("a")
                .lifecycleTransition("autoscaling:EC2_INSTANCE_LAUNCHING");
        region.call(put.build());
        region.call(put.lifecycleTransition(null)
                .heartbeatTimeout(7200)
                .notificationMetadata("who")
                .build());

        assertThat(hooks()).singleElement().satisfies(hook -> {
            assertThat(hook.lifecycleTransition()).isEqualTo("autoscaling:EC2_INSTANCE_LAUNCHING");
            assertThat(hook.heartbeatTimeout()).isEqualTo(7200);
            assertThat(hook.globalTimeout()).isEqualTo(172800);
            assertThat(hook.defaultResult()).isEqualTo("ABANDON");
            assertThat(hook.notificationMetadata()).isEqualTo("who");
        });
        assertThatThrownBy(() -> region.call(put.heartbeatTimeout(29).build()))
                .hasMessage("The heartbeat timeout must be between 30 and 7200 seconds");
        assertThatThrownBy(() -> region.call(put.notificationTargetARN("arn:aws:sns:us-west-2:123456789012:topic")
                        .build()))
                .hasMessage("The parameter NotificationTargetARN is not supported by this cloud");
        assertThatThrownBy(() -> region.call(DeleteLifecycleHookRequest.builder()
                        .autoScalingGroupName(Region.GROUP)
                        .lifecycleHookName("none")
                        .build()))
                .hasMessage("No Lifecycle Hook found with name: none");
    }

    private List<LifecycleHook> hooks() {
        return region.call(
                        DescribeLifecycleHooksRequest.builder()
                                .autoScalingGroupName(Region.GROUP)
                                .build(),
                        DescribeLifecycleHooksResponse.class)
                .lifecycleHooks();
    }
}

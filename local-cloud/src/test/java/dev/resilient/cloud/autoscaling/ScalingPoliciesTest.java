package dev.resilient.cloud.autoscaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.autoscaling.model.Activity;
import software.amazon.awssdk.services.autoscaling.model.Alarm;
import software.amazon.awssdk.services.autoscaling.model.DeletePolicyRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribePoliciesRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribePoliciesResponse;
import software.amazon.awssdk.services.autoscaling.model.PutScalingPolicyRequest;
import software.amazon.awssdk.services.autoscaling.model.PutScalingPolicyResponse;
import software.amazon.awssdk.services.autoscaling.model.ResumeProcessesRequest;
import software.amazon.awssdk.services.autoscaling.model.ScalingPolicy;
import software.amazon.awssdk.services.autoscaling.model.SetDesiredCapacityRequest;
import software.amazon.awssdk.services.autoscaling.model.SuspendProcessesRequest;
import software.amazon.awssdk.services.autoscaling.model.TargetTrackingConfiguration;

class ScalingPoliciesTest {
    private final Region region = new Region();

    @AfterEach
    void close() {
        region.close();
    }

    /** A group of one to six instances behind a load balancer, which has served for an hour. */
    private void settled() {
        region.call(Region.threeOverThreeZones()
                .minSize(1)
                .maxSize(6)
                .desiredCapacity(2)
                .targetGroupARNs(FakeTargetGroups.ARN)
                .build());
        region.settle();
        region.advance(Duration.ofHours(1));
    }

    private static PutScalingPolicyRequest.Builder policy(Consumer<TargetTrackingConfiguration.Builder> configuration) {
        return PutScalingPolicyRequest.builder()
                .autoScalingGroupName(Region.GROUP)
                .policyName("busy")
                .policyType("TargetTrackingScaling")
                .targetTrackingConfiguration(TargetTrackingConfiguration.builder()
                        .predefinedMetricSpecification(metric -> metric.predefinedMetricType("ALBRequestCountPerTarget")
                                .resourceLabel(FakeTargetGroups.LABEL))
                        .targetValue(100.0)
                        .applyMutation(configuration)
                        .build());
    }

    private PutScalingPolicyResponse put() {
        return region.call(policy(configuration -> {}).build(), PutScalingPolicyResponse.class);
    }

    private void minutes(int count, int requests) {
        region.pass();
        for (int minute = 0; minute < count; minute++) {
            region.targetGroups.requests.addAndGet(requests);
            region.advance(Duration.ofMinutes(1));
            region.pass();
        }
    }

    @Test
    void traffic_makes_the_group_grow_and_its_absence_shrink_and_the_causes_say_so() {
        settled();
        PutScalingPolicyResponse put = put();
        List<String> alarms = put.alarms().stream().map(Alarm::alarmName).toList();
        assertThat(put.policyARN())
                .matches("arn:aws:autoscaling:us-west-2:123456789012:scalingPolicy:[0-9a-f-]{36}"
                        + ":autoScalingGroupName/web:policyName/busy");
        assertThat(alarms.get(0)).matches("TargetTracking-web-AlarmHigh-[0-9a-f-]{36}");
        assertThat(alarms.get(1)).matches("TargetTracking-web-AlarmLow-[0-9a-f-]{36}");

        minutes(3, 290);
        assertThat(region.group().desiredCapacity()).isEqualTo(3);
        region.pass();
        assertThat(region.activities().getFirst().cause())
                .isEqualTo("At 2026-01-01T13:03:00Z a monitor alarm " + alarms.get(0)
                        + " in state ALARM triggered policy busy changing the desired capacity from 2 to 3.  At"
                        + " 2026-01-01T13:03:00Z an instance was started in response to a difference between desired"
                        + " and actual capacity, increasing the capacity from 2 to 3.");
        region.settle();
        minutes(5, 290);
        assertThat(region.group().desiredCapacity()).as("enough").isEqualTo(3);

        minutes(15, 0);
        region.pass();
        assertThat(region.group().desiredCapacity()).isEqualTo(2);
        assertThat(region.activities()).extracting(Activity::cause).anySatisfy(cause -> assertThat(cause)
                .matches("At 2026-01-01T13:23:00Z a monitor alarm " + alarms.get(1)
                        + " in state ALARM triggered policy busy changing the desired capacity from 3 to 2\\."
                        + "  At 2026-01-01T13:23:00Z an instance was taken out of service in response to a difference"
                        + " between desired and actual capacity, shrinking the capacity from 3 to 2\\."
                        + "  At 2026-01-01T13:23:00Z instance i-\\d{17} was selected for termination\\."));
        for (int minute = 0; minute < 10; minute++) {
            region.targetGroups.draining.clear();
            region.settle();
            region.fleet.finishTerminations();
            minutes(1, 0);
        }
        assertThat(region.group().desiredCapacity()).as("the minimum").isEqualTo(1);
    }

    @Test
    void alarms_are_not_listened_to_while_that_is_suspended() {
        settled();
        put();
        region.call(SuspendProcessesRequest.builder()
                .autoScalingGroupName(Region.GROUP)
                .scalingProcesses("AlarmNotification")
                .build());
        minutes(5, 600);
        assertThat(region.group().desiredCapacity()).isEqualTo(2);
        region.call(ResumeProcessesRequest.builder()
                .autoScalingGroupName(Region.GROUP)
                .build());
        minutes(1, 600);
        assertThat(region.group().desiredCapacity()).isEqualTo(6);
    }

    @Test
    void policies_are_shown_changed_and_deleted_by_name_or_arn() {
        settled();
        String arn = put().policyARN();
        region.call(policy(configuration -> configuration.targetValue(7.5).disableScaleIn(true))
                .estimatedInstanceWarmup(30)
                .enabled(false)
                .build());

        assertThat(policies()).singleElement().satisfies(policy -> {
            assertThat(policy.policyARN()).isEqualTo(arn);
            assertThat(policy.targetTrackingConfiguration().targetValue()).isEqualTo(7.5);
            assertThat(policy.targetTrackingConfiguration()
                            .predefinedMetricSpecification()
                            .resourceLabel())
                    .isEqualTo(FakeTargetGroups.LABEL);
            assertThat(policy.estimatedInstanceWarmup()).isEqualTo(30);
            assertThat(policy.enabled()).isFalse();
            assertThat(policy.alarms()).hasSize(1);
        });
        region.call(DeletePolicyRequest.builder().policyName(arn).build());
        assertThat(policies()).isEmpty();
        assertThatThrownBy(() -> region.call(DeletePolicyRequest.builder()
                        .autoScalingGroupName(Region.GROUP)
                        .policyName("busy")
                        .build()))
                .hasMessage("PolicyName not found - No scaling policy found with name or ARN: busy");
    }

    @Test
    void other_policies_and_metrics_are_refused_by_name() {
        settled();
        assertThatThrownBy(() -> region.call(
                        policy(configuration -> {}).policyType("StepScaling").build()))
                .hasMessage("The policy type 'StepScaling' is not supported by this cloud: policies track targets");
        assertThatThrownBy(() -> region.call(policy(configuration -> configuration.predefinedMetricSpecification(
                                metric -> metric.predefinedMetricType("ASGAverageCPUUtilization")))
                        .build()))
                .hasMessage("The metric 'ASGAverageCPUUtilization' is not supported by this cloud: policies track"
                        + " ALBRequestCountPerTarget");
        assertThatThrownBy(() -> region.call(policy(configuration -> configuration.predefinedMetricSpecification(
                                metric -> metric.predefinedMetricType("ALBRequestCountPerTarget")
                                        .resourceLabel("app/x/1/targetgroup/y/2")))
                        .build()))
                .hasMessage(
                        "The resource label app/x/1/targetgroup/y/2 does not name a load balancer and a target group"
                                + " that the group is attached to");
        assertThat(policies()).isEmpty();
    }

    @Test
    void no_caller_can_ask_for_the_cooldown_to_be_honoured() {
        settled();
        SetDesiredCapacityRequest honouring = SetDesiredCapacityRequest.builder()
                .autoScalingGroupName(Region.GROUP)
                .desiredCapacity(4)
                .honorCooldown(true)
                .build();

        assertThatThrownBy(() -> region.call(honouring))
                .hasMessage("The parameter HonorCooldown is not supported by this cloud");
        assertThat(region.group().desiredCapacity()).isNotEqualTo(4);
    }

    private List<ScalingPolicy> policies() {
        return region.call(
                        DescribePoliciesRequest.builder()
                                .autoScalingGroupName(Region.GROUP)
                                .build(),
                        DescribePoliciesResponse.class)
                .scalingPolicies();
    }
}

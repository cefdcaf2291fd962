package dev.resilient.cloud.autoscaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.cloud.autoscaling.group.TargetGroupLink;
import dev.resilient.cloud.store.ResourceStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.AwsResponse;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingGroupsRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeInstanceRefreshesRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeInstanceRefreshesResponse;
import software.amazon.awssdk.services.autoscaling.model.DescribeLifecycleHooksRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribePoliciesRequest;
import software.amazon.awssdk.services.autoscaling.model.EnterStandbyRequest;
import software.amazon.awssdk.services.autoscaling.model.ExitStandbyRequest;
import software.amazon.awssdk.services.autoscaling.model.Instance;
import software.amazon.awssdk.services.autoscaling.model.PutLifecycleHookRequest;
import software.amazon.awssdk.services.autoscaling.model.PutScalingPolicyRequest;
import software.amazon.awssdk.services.autoscaling.model.StartInstanceRefreshRequest;
import software.amazon.awssdk.services.autoscaling.model.TerminateInstanceInAutoScalingGroupRequest;

class RestartTest {
    @TempDir
    private Path folder;

    @Test
    void all_that_a_group_is_and_does_outlives_the_cloud_and_its_instances_are_replaced() {
        List<AwsResponse> before;
        List<String> instances;
        try (ResourceStore store = ResourceStore.inFile(folder.resolve("resources"));
                Region region = new Region(store)) {
            busy(region);
            before = shown(region);
            instances = ids(region);
            assertThat(region.states()).contains("Pending:Wait", "Standby", "InService");
        }

        try (ResourceStore store = ResourceStore.inFile(folder.resolve("resources"));
                Region region = new Region(store)) {
            assertThat(shown(region)).isEqualTo(before);
            region.fleet.launched.set(instances.size() + 1);
            region.targetGroups.otherwise = TargetGroupLink.Health.HEALTHY;
            region.call(ExitStandbyRequest.builder()
                    .autoScalingGroupName(Region.GROUP)
                    .instanceIds(standingBy(region))
                    .build());
            for (int round = 0; round < 40; round++) {
                region.settle();
                region.fleet.finishTerminations();
                region.advance(Duration.ofMinutes(1));
            }
            assertThat(ids(region)).doesNotContainAnyElementsOf(instances);
            assertThat(refresh(region)).isEqualTo("Successful");
        }
    }

    /** The group's hooks would hold each instance for hours, whichever way it goes. */
    @ParameterizedTest
    @ValueSource(strings = {"LAUNCHING", "TERMINATING"})
    void instances_that_are_gone_leave_their_group_whatever_they_wait_for(String transition) {
        List<String> instances;
        try (ResourceStore store = ResourceStore.inFile(folder.resolve("resources"));
                Region region = new Region(store)) {
            region.call(
                    Region.threeOverThreeZones().minSize(0).desiredCapacity(3).build());
            region.settle();
            instances = ids(region);
            region.call(PutLifecycleHookRequest.builder()
                    .autoScalingGroupName(Region.GROUP)
                    .lifecycleHookName("hook")
                    .lifecycleTransition("autoscaling:EC2_INSTANCE_" + transition)
                    .heartbeatTimeout(7200)
                    .build());
            region.call(EnterStandbyRequest.builder()
                    .autoScalingGroupName(Region.GROUP)
                    .instanceIds(instances.getFirst())
                    .shouldDecrementDesiredCapacity(true)
                    .build());
            region.call(TerminateInstanceInAutoScalingGroupRequest.builder()
                    .instanceId(instances.getLast())
                    .shouldDecrementDesiredCapacity(false)
                    .build());
            region.settle();
            assertThat(region.states())
                    .contains("Standby", transition.equals("LAUNCHING") ? "Pending:Wait" : "Terminating:Wait");
            instances = ids(region);
        }

        try (ResourceStore store = ResourceStore.inFile(folder.resolve("resources"));
                Region region = new Region(store)) {
            region.fleet.launched.set(10);
            for (int round = 0; round < 4; round++) {
                region.settle();
                region.fleet.finishTerminations();
            }
            assertThat(ids(region)).doesNotContainAnyElementsOf(instances);
        }
    }

    /** A group in the middle of everything: one instance stands by, one is being refreshed and waits for a hook. */
    private static void busy(Region region) {
        region.call(Region.threeOverThreeZones()
                .minSize(1)
                .maxSize(6)
                .desiredCapacity(3)
                .targetGroupARNs(FakeTargetGroups.ARN)
                .healthCheckType("EC2,ELB")
                .defaultInstanceWarmup(1)
                .instanceMaintenancePolicy(
                        policy -> policy.minHealthyPercentage(50).maxHealthyPercentage(100))
                .build());
        region.targetGroups.otherwise = TargetGroupLink.Health.HEALTHY;
        region.settle();
        region.advance(Duration.ofHours(1));
        region.call(PutLifecycleHookRequest.builder()
                .autoScalingGroupName(Region.GROUP)
                .lifecycleHookName("hook")
                .lifecycleTransition("autoscaling:EC2_INSTANCE_LAUNCHING")
                .defaultResult("CONTINUE")
                .heartbeatTimeout(60)
                .build());
        region.call(PutScalingPolicyRequest.builder()
                .autoScalingGroupName(Region.GROUP)
                .policyName("busy")
                .policyType("TargetTrackingScaling")
                .targetTrackingConfiguration(configuration -> configuration
                        .targetValue(100.0)
                        .disableScaleIn(true)
                        .predefinedMetricSpecification(metric -> metric.predefinedMetricType("ALBRequestCountPerTarget")
                                .resourceLabel(FakeTargetGroups.LABEL)))
                .build());
        region.call(EnterStandbyRequest.builder()
                .autoScalingGroupName(Region.GROUP)
                .instanceIds(ids(region).getFirst())
                .shouldDecrementDesiredCapacity(true)
                .build());
        region.settle();
        region.targetGroups.draining.clear();
        region.settle();
        region.call(StartInstanceRefreshRequest.builder()
                .autoScalingGroupName(Region.GROUP)
                .preferences(preferences -> preferences.instanceWarmup(60))
                .build());
        region.settle();
    }

    private static List<AwsResponse> shown(Region region) {
        return List.of(
                region.call(DescribeAutoScalingGroupsRequest.builder().build(), AwsResponse.class),
                region.call(
                        DescribeLifecycleHooksRequest.builder()
                                .autoScalingGroupName(Region.GROUP)
                                .build(),
                        AwsResponse.class),
                region.call(DescribePoliciesRequest.builder().build(), AwsResponse.class),
                region.call(
                        DescribeInstanceRefreshesRequest.builder()
                                .autoScalingGroupName(Region.GROUP)
                                .build(),
                        AwsResponse.class));
    }

    private static List<String> standingBy(Region region) {
        return region.instances().stream()
                .filter(instance -> instance.lifecycleStateAsString().equals("Standby"))
                .map(Instance::instanceId)
                .toList();
    }

    private static List<String> ids(Region region) {
        return region.instances().stream().map(Instance::instanceId).toList();
    }

    private static String refresh(Region region) {
        return region.call(
                        DescribeInstanceRefreshesRequest.builder()
                                .autoScalingGroupName(Region.GROUP)
                                .build(),
                        DescribeInstanceRefreshesResponse.class)
                .instanceRefreshes()
                .getFirst()
                .statusAsString();
    }
}

package dev.resilient.cloud.autoscaling;

import dev.resilient.wire.Access;
import dev.resilient.wire.OperationRegistry;
import java.util.Arrays;
import java.util.List;
import software.amazon.awssdk.services.autoscaling.model.AdjustmentType;
import software.amazon.awssdk.services.autoscaling.model.DescribeAccountLimitsRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeAccountLimitsResponse;
import software.amazon.awssdk.services.autoscaling.model.DescribeAdjustmentTypesRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeAdjustmentTypesResponse;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingNotificationTypesRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingNotificationTypesResponse;
import software.amazon.awssdk.services.autoscaling.model.DescribeLoadBalancersRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeLoadBalancersResponse;
import software.amazon.awssdk.services.autoscaling.model.DescribeMetricCollectionTypesRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeMetricCollectionTypesResponse;
import software.amazon.awssdk.services.autoscaling.model.DescribeScalingProcessTypesRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeScalingProcessTypesResponse;
import software.amazon.awssdk.services.autoscaling.model.DescribeScheduledActionsRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeScheduledActionsResponse;
import software.amazon.awssdk.services.autoscaling.model.DescribeTerminationPolicyTypesRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeTerminationPolicyTypesResponse;
import software.amazon.awssdk.services.autoscaling.model.DescribeWarmPoolRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeWarmPoolResponse;
import software.amazon.awssdk.services.autoscaling.model.MetricCollectionType;
import software.amazon.awssdk.services.autoscaling.model.MetricGranularityType;
import software.amazon.awssdk.services.autoscaling.model.ProcessType;

/** What tools ask before they work with groups: the kinds of things there are, and lists that are empty here. */
final class Catalogue {
    private static final int MOST_GROUPS = 500;
    private static final int MOST_LAUNCH_CONFIGURATIONS = 200;
    private static final List<String> ADJUSTMENTS =
            List.of("ChangeInCapacity", "ExactCapacity", "PercentChangeInCapacity");
    private static final List<String> NOTIFICATIONS = List.of(
            "autoscaling:EC2_INSTANCE_LAUNCH",
            "autoscaling:EC2_INSTANCE_LAUNCH_ERROR",
            "autoscaling:EC2_INSTANCE_TERMINATE",
            "autoscaling:EC2_INSTANCE_TERMINATE_ERROR",
            "autoscaling:TEST_NOTIFICATION");
    private static final List<String> METRICS = List.of(
            "GroupMinSize",
            "GroupMaxSize",
            "GroupDesiredCapacity",
            "GroupInServiceInstances",
            "GroupPendingInstances",
            "GroupStandbyInstances",
            "GroupTerminatingInstances",
            "GroupTotalInstances");

    private final GroupStore groups;

    Catalogue(GroupStore groups) {
        this.groups = groups;
    }

    void register(OperationRegistry operations) {
        registerKinds(operations);
        operations.register(
                DescribeAccountLimitsRequest.class,
                Access.anyResource(),
                (request, call) -> DescribeAccountLimitsResponse.builder()
                        .maxNumberOfAutoScalingGroups(MOST_GROUPS)
                        .maxNumberOfLaunchConfigurations(MOST_LAUNCH_CONFIGURATIONS)
                        .numberOfAutoScalingGroups(groups.list().size())
                        .numberOfLaunchConfigurations(0)
                        .build());
        operations.register(DescribeLoadBalancersRequest.class, Access.anyResource(), (request, call) -> {
            groups.require(request.autoScalingGroupName());
            return DescribeLoadBalancersResponse.builder().build();
        });
        operations.register(DescribeWarmPoolRequest.class, Access.anyResource(), (request, call) -> {
            groups.require(request.autoScalingGroupName());
            return DescribeWarmPoolResponse.builder().build();
        });
        operations.register(DescribeScheduledActionsRequest.class, Access.anyResource(), (request, call) -> {
            if (request.autoScalingGroupName() != null) {
                groups.require(request.autoScalingGroupName());
            }
            return DescribeScheduledActionsResponse.builder().build();
        });
    }

    private static void registerKinds(OperationRegistry operations) {
        operations.register(
                DescribeAdjustmentTypesRequest.class,
                Access.anyResource(),
                (request, call) -> DescribeAdjustmentTypesResponse.builder()
                        .adjustmentTypes(ADJUSTMENTS.stream()
                                .map(type -> AdjustmentType.builder()
                                        .adjustmentType(type)
                                        .build())
                                .toList())
                        .build());
        operations.register(
                DescribeAutoScalingNotificationTypesRequest.class,
                Access.anyResource(),
                (request, call) -> DescribeAutoScalingNotificationTypesResponse.builder()
                        .autoScalingNotificationTypes(NOTIFICATIONS)
                        .build());
        operations.register(
                DescribeMetricCollectionTypesRequest.class,
                Access.anyResource(),
                (request, call) -> DescribeMetricCollectionTypesResponse.builder()
                        .metrics(METRICS.stream()
                                .map(metric -> MetricCollectionType.builder()
                                        .metric(metric)
                                        .build())
                                .toList())
                        .granularities(MetricGranularityType.builder()
                                .granularity("1Minute")
                                .build())
                        .build());
        operations.register(
                DescribeScalingProcessTypesRequest.class,
                Access.anyResource(),
                (request, call) -> DescribeScalingProcessTypesResponse.builder()
                        .processes(Arrays.stream(ScalingProcess.values())
                                .map(process -> ProcessType.builder()
                                        .processName(process.wireName())
                                        .build())
                                .toList())
                        .build());
        operations.register(
                DescribeTerminationPolicyTypesRequest.class,
                Access.anyResource(),
                (request, call) -> DescribeTerminationPolicyTypesResponse.builder()
                        .terminationPolicyTypes(Arrays.stream(TerminationPolicy.values())
                                .map(TerminationPolicy::wireName)
                                .toList())
                        .build());
    }
}

package dev.resilient.cloud.autoscaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.autoscaling.model.AttachTrafficSourcesRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeAccountLimitsRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeAccountLimitsResponse;
import software.amazon.awssdk.services.autoscaling.model.DescribeScalingProcessTypesRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeScalingProcessTypesResponse;
import software.amazon.awssdk.services.autoscaling.model.DescribeScheduledActionsRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeScheduledActionsResponse;
import software.amazon.awssdk.services.autoscaling.model.DescribeTerminationPolicyTypesRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeTerminationPolicyTypesResponse;
import software.amazon.awssdk.services.autoscaling.model.DescribeTrafficSourcesRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeTrafficSourcesResponse;
import software.amazon.awssdk.services.autoscaling.model.DescribeWarmPoolRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeWarmPoolResponse;
import software.amazon.awssdk.services.autoscaling.model.DetachTrafficSourcesRequest;
import software.amazon.awssdk.services.autoscaling.model.ProcessType;
import software.amazon.awssdk.services.autoscaling.model.TrafficSourceIdentifier;
import software.amazon.awssdk.services.autoscaling.model.TrafficSourceState;

class CatalogueTest {
    private static final TrafficSourceIdentifier SOURCE = TrafficSourceIdentifier.builder()
            .identifier(FakeTargetGroups.ARN)
            .type("elbv2")
            .build();

    private final Region region = new Region();

    @AfterEach
    void close() {
        region.close();
    }

    @Test
    void the_limits_of_the_account_count_its_groups() {
        region.call(Region.threeOverThreeZones().build());
        DescribeAccountLimitsResponse limits =
                region.call(DescribeAccountLimitsRequest.builder().build(), DescribeAccountLimitsResponse.class);

        assertThat(limits.numberOfAutoScalingGroups()).isEqualTo(1);
        assertThat(limits.maxNumberOfAutoScalingGroups()).isEqualTo(500);
        assertThat(limits.maxNumberOfLaunchConfigurations()).isEqualTo(200);
    }

    @Test
    void every_process_and_policy_that_is_listed_can_be_used() {
        List<String> processes = region
                .call(DescribeScalingProcessTypesRequest.builder().build(), DescribeScalingProcessTypesResponse.class)
                .processes()
                .stream()
                .map(ProcessType::processName)
                .toList();
        List<String> policies = region.call(
                        DescribeTerminationPolicyTypesRequest.builder().build(),
                        DescribeTerminationPolicyTypesResponse.class)
                .terminationPolicyTypes();

        assertThat(processes).hasSize(9).allMatch(name -> ScalingProcess.named(name)
                .isPresent());
        assertThat(policies).contains("Default").allMatch(name -> TerminationPolicy.named(name)
                .isPresent());
    }

    @Test
    void there_are_no_warm_pools_and_schedules_of_a_group_that_is_there() {
        assertThatThrownBy(() -> region.call(DescribeWarmPoolRequest.builder()
                        .autoScalingGroupName("none")
                        .build()))
                .hasMessage("AutoScalingGroup name not found - AutoScalingGroup none not found");
        region.call(Region.threeOverThreeZones().build());

        DescribeWarmPoolResponse pool = region.call(
                DescribeWarmPoolRequest.builder()
                        .autoScalingGroupName(Region.GROUP)
                        .build(),
                DescribeWarmPoolResponse.class);
        assertThat(pool.warmPoolConfiguration()).isNull();
        assertThat(pool.instances()).isEmpty();
        assertThat(region.call(
                                DescribeScheduledActionsRequest.builder().build(),
                                DescribeScheduledActionsResponse.class)
                        .scheduledUpdateGroupActions())
                .isEmpty();
    }

    @Test
    void target_groups_are_attached_and_detached_as_traffic_sources_too() {
        region.call(Region.threeOverThreeZones().trafficSources(SOURCE).build());
        region.settle();
        assertThat(sources()).containsExactly("Added");
        assertThat(region.group().targetGroupARNs()).containsExactly(FakeTargetGroups.ARN);

        region.call(DetachTrafficSourcesRequest.builder()
                .autoScalingGroupName(Region.GROUP)
                .trafficSources(SOURCE)
                .build());
        region.pass();
        assertThat(sources()).containsExactly("Removing");
        region.call(AttachTrafficSourcesRequest.builder()
                .autoScalingGroupName(Region.GROUP)
                .trafficSources(SOURCE)
                .build());
        assertThat(sources()).containsExactly("Adding");
        assertThatThrownBy(() -> region.call(AttachTrafficSourcesRequest.builder()
                        .autoScalingGroupName(Region.GROUP)
                        .trafficSources(SOURCE.toBuilder().type("vpc-lattice").build())
                        .build()))
                .hasMessage("The traffic source type 'vpc-lattice' is not supported by this cloud: traffic comes from"
                        + " target groups of type elbv2");
    }

    private List<String> sources() {
        return region
                .call(
                        DescribeTrafficSourcesRequest.builder()
                                .autoScalingGroupName(Region.GROUP)
                                .build(),
                        DescribeTrafficSourcesResponse.class)
                .trafficSources()
                .stream()
                .map(TrafficSourceState::state)
                .toList();
    }
}

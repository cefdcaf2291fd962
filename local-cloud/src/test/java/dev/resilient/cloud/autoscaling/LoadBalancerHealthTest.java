package dev.resilient.cloud.autoscaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.cloud.autoscaling.group.TargetGroupLink.Health;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.autoscaling.model.Activity;
import software.amazon.awssdk.services.autoscaling.model.CreateAutoScalingGroupRequest;
import software.amazon.awssdk.services.autoscaling.model.Instance;
import software.amazon.awssdk.services.autoscaling.model.SetInstanceHealthRequest;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;

class LoadBalancerHealthTest {
    private final Region region = new Region();

    @AfterEach
    void close() {
        region.close();
    }

    private static CreateAutoScalingGroupRequest.Builder checkedByLoadBalancers() {
        return Region.threeOverThreeZones()
                .targetGroupARNs(FakeTargetGroups.ARN)
                .healthCheckType("ELB")
                .healthCheckGracePeriod(60);
    }

    /** A group whose instances serve, pass their checks, and have done so for ten minutes. */
    private List<String> settled(CreateAutoScalingGroupRequest request) {
        region.targetGroups.otherwise = Health.HEALTHY;
        region.call(request);
        region.settle();
        region.advance(Duration.ofMinutes(10));
        region.pass();
        return region.instances().stream().map(Instance::instanceId).toList();
    }

    @Test
    void an_instance_that_the_load_balancer_rejects_is_replaced_and_the_causes_say_so() {
        String rejected = settled(checkedByLoadBalancers().build()).getFirst();

        region.targetGroups.health.put(rejected, Health.UNHEALTHY);
        region.pass();

        assertThat(region.activities())
                .filteredOn(activity -> activity.startTime().equals(region.time.instant()))
                .extracting(Activity::cause)
                .containsExactlyInAnyOrder(
                        "At 2026-01-01T12:10:00Z an instance was taken out of service in response to an ELB system"
                                + " health check failure.",
                        "At 2026-01-01T12:10:00Z an instance was launched in response to an unhealthy instance needing"
                                + " to be replaced.");
        assertThat(region.instances())
                .filteredOn(instance -> instance.instanceId().equals(rejected))
                .singleElement()
                .satisfies(instance -> {
                    assertThat(instance.healthStatus()).isEqualTo("Unhealthy");
                    assertThat(instance.lifecycleStateAsString()).isEqualTo("Terminating");
                });
        assertThat(region.group().healthCheckType()).isEqualTo("ELB");
    }

    @Test
    void two_that_are_rejected_are_replaced_one_after_the_other() {
        List<String> ids = settled(checkedByLoadBalancers().build());
        region.targetGroups.health.put(ids.get(0), Health.UNHEALTHY);
        region.targetGroups.health.put(ids.get(1), Health.UNHEALTHY);

        region.pass();
        region.pass();
        assertThat(region.states()).containsExactlyInAnyOrder("Terminating", "Pending", "InService", "InService");
        region.fleet.runAll();
        region.pass();
        region.pass();
        assertThat(region.states())
                .as("the first one's successor serves, so it is the second one's turn")
                .containsExactlyInAnyOrder("Terminating", "Terminating", "Pending", "InService", "InService");
    }

    @Test
    void a_load_balancer_that_never_saw_a_healthy_instance_ends_none() {
        region.call(checkedByLoadBalancers().build());
        region.settle();
        region.targetGroups.otherwise = Health.UNHEALTHY;
        region.advance(Duration.ofHours(1));
        region.settle();

        assertThat(region.states()).containsExactly("InService", "InService", "InService");
        assertThat(region.fleet.orders).hasSize(3);
    }

    @Test
    void a_group_that_is_checked_by_ec2_alone_does_not_listen_to_load_balancers() {
        String rejected =
                settled(checkedByLoadBalancers().healthCheckType("EC2").build()).getFirst();

        region.targetGroups.health.put(rejected, Health.UNHEALTHY);
        region.settle();
        assertThat(region.states()).containsExactly("InService", "InService", "InService");
    }

    @Test
    void the_grace_period_does_not_shield_an_instance_that_does_not_run() {
        region.targetGroups.otherwise = Health.UNHEALTHY;
        region.call(checkedByLoadBalancers().healthCheckGracePeriod(3600).build());
        region.settle();
        String stopped = region.instances().getFirst().instanceId();
        region.fleet.set(stopped, InstanceStateName.STOPPED);
        region.pass();

        assertThat(region.instances())
                .filteredOn(instance -> instance.lifecycleStateAsString().equals("Terminating"))
                .extracting(Instance::instanceId)
                .containsExactly(stopped);
    }

    @Test
    void when_every_instance_is_rejected_one_is_replaced_every_five_minutes() {
        settled(checkedByLoadBalancers().build());
        region.targetGroups.otherwise = Health.UNHEALTHY;
        for (int minute = 0; minute < 30; minute++) {
            region.settle();
            region.targetGroups.draining.clear();
            region.settle();
            region.fleet.finishTerminations();
            region.settle();
            region.advance(Duration.ofMinutes(1));
        }

        assertThat(region.fleet.terminated).hasSize(6);
    }

    @Test
    void a_user_may_disregard_the_grace_period_and_take_a_verdict_back() {
        region.call(Region.threeOverThreeZones().healthCheckGracePeriod(600).build());
        region.settle();
        SetInstanceHealthRequest.Builder unhealthy = SetInstanceHealthRequest.builder()
                .instanceId(region.instances().getFirst().instanceId())
                .healthStatus("Unhealthy");

        region.call(unhealthy.build());
        region.pass();
        assertThat(region.states()).containsOnly("InService");

        region.call(unhealthy.shouldRespectGracePeriod(false).build());
        region.call(unhealthy.healthStatus("Healthy").build());
        region.pass();
        assertThat(region.states()).containsOnly("InService");

        region.call(unhealthy.healthStatus("Unhealthy").build());
        region.pass();
        assertThat(region.states()).contains("Terminating");
    }

    @Test
    void a_policy_makes_the_group_launch_before_it_terminates() {
        List<String> ids = settled(checkedByLoadBalancers()
                .maxSize(4)
                .defaultInstanceWarmup(30)
                .instanceMaintenancePolicy(
                        policy -> policy.minHealthyPercentage(100).maxHealthyPercentage(110))
                .build());
        region.targetGroups.health.put(ids.getFirst(), Health.UNHEALTHY);

        region.settle();
        assertThat(region.states())
                .as("before it has warmed up")
                .containsExactly("InService", "InService", "InService", "InService");
        region.advance(Duration.ofSeconds(30));
        region.pass();
        assertThat(region.instances())
                .filteredOn(instance -> instance.lifecycleStateAsString().equals("Terminating"))
                .extracting(Instance::instanceId)
                .containsExactly(ids.getFirst());
        assertThat(region.group().instanceMaintenancePolicy().maxHealthyPercentage())
                .isEqualTo(110);
        assertThat(region.group().defaultInstanceWarmup()).isEqualTo(30);
    }
}

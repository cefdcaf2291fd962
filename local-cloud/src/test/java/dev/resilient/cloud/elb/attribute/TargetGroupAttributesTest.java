package dev.resilient.cloud.elb.attribute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resilient.cloud.base.Pace;
import dev.resilient.cloud.elb.operation.TargetGroups;
import dev.resilient.cloud.elb.resource.TargetGroupRecord;
import dev.resilient.loadbalancer.target.HealthyMinimum;
import dev.resilient.loadbalancer.target.RoutingAlgorithm;
import dev.resilient.loadbalancer.target.Stickiness;
import dev.resilient.loadbalancer.target.TargetGroupSettings;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The attributes of a target group as the settings by which its targets are chosen. */
class TargetGroupAttributesTest {

    @Test
    void a_group_whose_attributes_nobody_changed_has_the_default_settings() {
        assertThat(settings()).isEqualTo(TargetGroupSettings.DEFAULT);
    }

    @Test
    void every_attribute_reaches_the_settings() {
        assertThat(settings("load_balancing.algorithm.type=least_outstanding_requests")
                        .algorithm())
                .isEqualTo(new RoutingAlgorithm.LeastOutstandingRequests());
        assertThat(settings("load_balancing.algorithm.type=weighted_random").algorithm())
                .isEqualTo(new RoutingAlgorithm.WeightedRandom(false));
        assertThat(settings(
                                "load_balancing.algorithm.type=weighted_random",
                                "load_balancing.algorithm.anomaly_mitigation=on")
                        .algorithm())
                .isEqualTo(new RoutingAlgorithm.WeightedRandom(true));
        assertThat(settings("slow_start.duration_seconds=900").algorithm())
                .isEqualTo(new RoutingAlgorithm.RoundRobin(Duration.ofMinutes(15)));
        assertThat(settings("deregistration_delay.timeout_seconds=0").deregistrationDelay())
                .isEqualTo(Duration.ZERO);
        assertThat(settings("load_balancing.cross_zone.enabled=false").crossZone())
                .isFalse();
        assertThat(settings("load_balancing.cross_zone.enabled=true").crossZone())
                .isTrue();
        assertThat(settings("stickiness.enabled=true").stickiness())
                .isEqualTo(new Stickiness.LoadBalancerCookie(Duration.ofDays(1)));
        assertThat(settings("stickiness.enabled=true", "stickiness.lb_cookie.duration_seconds=604800")
                        .stickiness())
                .isEqualTo(new Stickiness.LoadBalancerCookie(Duration.ofDays(7)));
        assertThat(settings(
                                "stickiness.enabled=true",
                                "stickiness.type=app_cookie",
                                "stickiness.app_cookie.cookie_name=SESSION",
                                "stickiness.app_cookie.duration_seconds=1")
                        .stickiness())
                .isEqualTo(new Stickiness.ApplicationCookie("SESSION", Duration.ofSeconds(1)));
        TargetGroupSettings minima = settings(
                "target_group_health.dns_failover.minimum_healthy_targets.count=4",
                "target_group_health.dns_failover.minimum_healthy_targets.percentage=60",
                "target_group_health.unhealthy_state_routing.minimum_healthy_targets.count=3",
                "target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage=50");
        assertThat(minima.dnsMinimum()).isEqualTo(HealthyMinimum.of(4, 60));
        assertThat(minima.routingMinimum()).isEqualTo(HealthyMinimum.of(3, 50));
        assertThat(settings("target_group_health.dns_failover.minimum_healthy_targets.count=off")
                        .dnsMinimum()
                        .count())
                .isEmpty();
    }

    @Test
    void only_waiting_is_divided_by_the_pace() {
        TargetGroupSettings settings = TargetGroupAttributes.settings(
                record("slow_start.duration_seconds=100", "stickiness.enabled=true"), new Pace(10));
        assertThat(settings.algorithm()).isEqualTo(new RoutingAlgorithm.RoundRobin(Duration.ofSeconds(10)));
        assertThat(settings.deregistrationDelay()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.stickiness()).isEqualTo(new Stickiness.LoadBalancerCookie(Duration.ofDays(1)));
    }

    @ParameterizedTest
    @CsvSource({
        "load_balancing.algorithm.type, random",
        "load_balancing.algorithm.anomaly_mitigation, true",
        "load_balancing.cross_zone.enabled, off",
        "slow_start.duration_seconds, 29",
        "slow_start.duration_seconds, 901",
        "stickiness.enabled, yes",
        "stickiness.type, source_ip",
        "stickiness.lb_cookie.duration_seconds, 0",
        "stickiness.lb_cookie.duration_seconds, 604801",
        "stickiness.app_cookie.cookie_name, AWSALBTG",
        "stickiness.app_cookie.cookie_name, a b",
        "target_group_health.dns_failover.minimum_healthy_targets.count, 0",
        "target_group_health.dns_failover.minimum_healthy_targets.percentage, 101",
        "target_group_health.unhealthy_state_routing.minimum_healthy_targets.count, off",
        "target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage, 0"
    })
    void a_value_that_AWS_refuses_is_refused(String key, String value) {
        assertThatThrownBy(() -> TargetGroupAttributes.ATTRIBUTES.change(Map.of(), Map.of(key, value)))
                .hasMessageContaining("Target group attribute '" + key + "' cannot be set to '" + value + "'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "slow_start.duration_seconds=30 load_balancing.algorithm.type=weighted_random",
                "load_balancing.algorithm.anomaly_mitigation=on",
                "stickiness.enabled=true load_balancing.algorithm.type=weighted_random",
                "stickiness.enabled=true load_balancing.cross_zone.enabled=false",
                "stickiness.enabled=true stickiness.type=app_cookie",
                "target_group_health.unhealthy_state_routing.minimum_healthy_targets.count=2"
            })
    void values_that_do_not_go_together_are_refused(String attributes) {
        assertThatThrownBy(() -> TargetGroupAttributes.check(record(attributes.split(" "))))
                .hasMessageContaining("do not go together");
    }

    private static TargetGroupSettings settings(String... attributes) {
        return TargetGroupAttributes.settings(record(attributes), Pace.REAL);
    }

    private static TargetGroupRecord record(String... attributes) {
        Map<String, String> changes = new HashMap<>();
        Arrays.stream(attributes)
                .map(attribute -> attribute.split("="))
                .forEach(attribute -> changes.put(attribute[0], attribute[1]));
        return new TargetGroupRecord(
                TargetGroups.USUAL, TargetGroupAttributes.ATTRIBUTES.change(Map.of(), changes), List.of());
    }
}

package dev.resilient.loadbalancer.metric;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.loadbalancer.event.BalancerEvent;
import dev.resilient.loadbalancer.event.BalancerEvent.Peer;
import dev.resilient.loadbalancer.event.BalancerReason;
import dev.resilient.loadbalancer.event.DesyncReason;
import dev.resilient.loadbalancer.event.Exchange;
import dev.resilient.loadbalancer.target.Target;
import dev.resilient.loadbalancer.target.TargetHealth;
import dev.resilient.loadbalancer.target.TargetReason;
import dev.resilient.loadbalancer.target.TargetState;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What each event adds to which metric, and where. */
class BalancerMetricsTest {
    private static final Target A = new Target("i-a", "zone-a", address("10.0.0.1"));
    private static final Target B = new Target("i-b", "zone-b", address("10.0.0.2"));
    private final BalancerMetrics metrics = new BalancerMetrics();

    @ParameterizedTest
    @CsvSource({"200, TARGET_2XX_COUNT", "304, TARGET_3XX_COUNT", "404, TARGET_4XX_COUNT", "503, TARGET_5XX_COUNT"})
    void a_status_of_a_target_is_counted_as_the_targets_and_not_the_load_balancers(int status, Metric metric) {
        finish("web", Optional.of(A), OptionalInt.of(status), Optional.empty());
        assertThat(counted()).containsExactlyInAnyOrder(Metric.PROCESSED_BYTES, Metric.REQUEST_COUNT, metric);
        assertThat(metrics.ofLoadBalancer().count(Metric.PROCESSED_BYTES)).isEqualTo(400);
        assertThat(metrics.ofLoadBalancer().targetResponseTime()).isEqualTo(Duration.ofNanos(70));
    }

    @Test
    void a_request_without_a_target_is_not_among_the_requests() {
        finish("web", Optional.empty(), OptionalInt.empty(), Optional.of(BalancerReason.NO_TARGETS));
        assertThat(counted())
                .containsExactlyInAnyOrder(Metric.PROCESSED_BYTES, Metric.ELB_5XX_COUNT, Metric.ELB_503_COUNT);
    }

    @ParameterizedTest
    @EnumSource(BalancerReason.class)
    void every_reason_is_counted_by_itself_and_by_its_status(BalancerReason reason) {
        finish("web", Optional.of(A), OptionalInt.empty(), Optional.of(reason));
        MetricsSnapshot all = metrics.ofLoadBalancer();
        assertThat(all.count(reason)).isOne();
        assertThat(all.reasons().values().stream().mapToLong(Long::longValue).sum())
                .isOne();
        assertThat(all.count(Metric.ELB_4XX_COUNT)).isEqualTo(reason.status() / 100 == 4 ? 1 : 0);
        assertThat(all.count(Metric.ELB_5XX_COUNT)).isEqualTo(reason.status() / 100 == 5 ? 1 : 0);
        assertThat(all.count(Metric.ELB_502_COUNT)).isEqualTo(reason.status() == 502 ? 1 : 0);
        assertThat(all.count(Metric.ELB_504_COUNT)).isEqualTo(reason.status() == 504 ? 1 : 0);
        assertThat(all.count(Metric.TARGET_CONNECTION_ERROR_COUNT))
                .isEqualTo(
                        EnumSet.of(BalancerReason.CONNECT_FAILED, BalancerReason.CONNECT_TIMEOUT)
                                        .contains(reason)
                                ? 1
                                : 0);
    }

    @Test
    void counts_are_kept_for_each_group_and_each_zone_and_add_up() {
        OptionalInt ok = OptionalInt.of(200);
        finish("web", Optional.of(A), ok, Optional.empty());
        finish("web", Optional.of(A), ok, Optional.empty());
        finish("web", Optional.of(B), ok, Optional.empty());
        finish("api", Optional.of(B), ok, Optional.empty());
        assertThat(metrics.ofGroup("web", "zone-a").count(Metric.REQUEST_COUNT)).isEqualTo(2);
        assertThat(metrics.ofGroup("web", "zone-b").count(Metric.REQUEST_COUNT)).isEqualTo(1);
        assertThat(metrics.ofGroup("web").count(Metric.REQUEST_COUNT)).isEqualTo(3);
        assertThat(metrics.ofZone("zone-b").count(Metric.REQUEST_COUNT)).isEqualTo(2);
        assertThat(metrics.ofLoadBalancer().count(Metric.REQUEST_COUNT)).isEqualTo(4);
        assertThat(metrics.ofGroup("none")).isEqualTo(MetricsSnapshot.EMPTY);
    }

    @Test
    void hosts_are_counted_by_what_they_are_now() {
        TargetHealth draining = TargetHealth.of(TargetState.DRAINING, TargetReason.DEREGISTRATION_IN_PROGRESS);
        TargetHealth initial = TargetHealth.of(TargetState.INITIAL, TargetReason.INITIAL_HEALTH_CHECKING);
        TargetHealth unhealthy = TargetHealth.of(TargetState.UNHEALTHY, TargetReason.TIMEOUT);
        change(A, initial, TargetHealth.HEALTHY);
        change(B, initial, unhealthy);
        assertHosts(1, 1);
        change(B, unhealthy, TargetHealth.HEALTHY);
        assertHosts(2, 0);
        finish("web", Optional.of(A), OptionalInt.of(200), Optional.empty());
        assertThat(metrics.ofGroup("web").requestCountPerTarget()).isEqualTo(0.5);
        change(A, TargetHealth.HEALTHY, draining);
        assertHosts(1, 0);
        assertThat(metrics.ofGroup("web", "zone-a").count(Metric.HEALTHY_HOST_COUNT))
                .isZero();
    }

    @Test
    void connections_are_counted_as_they_come_and_go() {
        metrics.accept(new BalancerEvent.ConnectionOpened(Peer.CLIENT));
        metrics.accept(new BalancerEvent.ConnectionOpened(Peer.TARGET));
        metrics.accept(new BalancerEvent.ConnectionClosed(Peer.TARGET));
        assertThat(metrics.ofLoadBalancer().count(Metric.NEW_CONNECTION_COUNT)).isEqualTo(2);
        assertThat(metrics.ofLoadBalancer().count(Metric.ACTIVE_CONNECTION_COUNT))
                .isOne();
    }

    @Test
    void what_is_remarkable_about_a_request_is_counted() {
        finish(
                "2001:db8::1",
                new Exchange.Decision(0, 0, Exchange.Action.FIXED_RESPONSE, Optional.empty(), false, Optional.empty()),
                Optional.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                Exchange.InvalidFields.DROPPED,
                Optional.of(DesyncReason.SUSPICIOUS_HEADER));
        assertThat(counted())
                .containsExactlyInAnyOrder(
                        Metric.PROCESSED_BYTES,
                        Metric.IPV6_PROCESSED_BYTES,
                        Metric.FIXED_RESPONSE_COUNT,
                        Metric.DROPPED_INVALID_HEADER_REQUEST_COUNT,
                        Metric.NON_COMPLIANT_REQUEST_COUNT);
        finish(
                "2001:db8::1",
                new Exchange.Decision(
                        5, 3, Exchange.Action.REDIRECT, Optional.empty(), false, Optional.of("https://a:443/")),
                Optional.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                Exchange.InvalidFields.FORWARDED,
                Optional.empty());
        assertThat(counted())
                .contains(Metric.REDIRECT_COUNT, Metric.ELB_3XX_COUNT, Metric.FORWARDED_INVALID_HEADER_REQUEST_COUNT);
        assertThat(metrics.ofLoadBalancer().count(Metric.RULE_EVALUATIONS)).isEqualTo(3);
    }

    private void assertHosts(long healthy, long unhealthy) {
        assertThat(metrics.ofGroup("web").count(Metric.HEALTHY_HOST_COUNT)).isEqualTo(healthy);
        assertThat(metrics.ofGroup("web").count(Metric.UNHEALTHY_HOST_COUNT)).isEqualTo(unhealthy);
    }

    private Set<Metric> counted() {
        return metrics.ofLoadBalancer().counts().entrySet().stream()
                .filter(count -> count.getValue() != 0)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    @Test
    void requests_that_fail_open_are_counted() {
        Exchange.Decision open =
                new Exchange.Decision(0, 0, Exchange.Action.FORWARD, Optional.of("web"), true, Optional.empty());
        finish(
                "10.9.9.9",
                open,
                Optional.of(A),
                OptionalInt.of(200),
                Optional.empty(),
                Exchange.InvalidFields.NONE,
                Optional.empty());
        finish("web", Optional.of(A), OptionalInt.of(200), Optional.empty());
        assertThat(metrics.ofGroup("web").counts())
                .containsEntry(Metric.UNHEALTHY_ROUTING_REQUEST_COUNT, 1L)
                .containsEntry(Metric.REQUEST_COUNT, 2L);
    }

    private void change(Target target, TargetHealth before, TargetHealth after) {
        metrics.accept(new BalancerEvent.TargetHealthChanged("web", target, before, after));
    }

    private void finish(
            String group, Optional<Target> target, OptionalInt targetStatus, Optional<BalancerReason> reason) {
        finish(
                "10.9.9.9",
                new Exchange.Decision(0, 0, Exchange.Action.FORWARD, Optional.of(group), false, Optional.empty()),
                target,
                targetStatus,
                reason,
                Exchange.InvalidFields.NONE,
                Optional.empty());
    }

    private void finish(
            String client,
            Exchange.Decision decision,
            Optional<Target> target,
            OptionalInt targetStatus,
            Optional<BalancerReason> reason,
            Exchange.InvalidFields fields,
            Optional<DesyncReason> desync) {
        metrics.accept(new BalancerEvent.RequestFinished(new Exchange(
                new Exchange.Connection(address(client), address("10.0.0.9"), "TID_0"),
                new Exchange.Request("GET", "/", "/", "a", "HTTP/1.1", "", "Root=1", "", fields, desync),
                Optional.of(decision),
                target,
                targetStatus.orElse(reason.map(BalancerReason::status).orElse(200)),
                targetStatus,
                reason,
                new Exchange.Timeline(
                        Instant.EPOCH,
                        OptionalLong.of(10),
                        OptionalLong.of(20),
                        OptionalLong.of(30),
                        targetStatus.isPresent() ? OptionalLong.of(100) : OptionalLong.empty(),
                        200),
                new Exchange.Traffic(100, 300))));
    }

    private static InetSocketAddress address(String literal) {
        return new InetSocketAddress(InetAddress.ofLiteral(literal), 80);
    }
}

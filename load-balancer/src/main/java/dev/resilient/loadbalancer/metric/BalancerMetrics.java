package dev.resilient.loadbalancer.metric;

import dev.resilient.loadbalancer.event.BalancerEvent;
import dev.resilient.loadbalancer.event.BalancerReason;
import dev.resilient.loadbalancer.event.Exchange;
import dev.resilient.loadbalancer.target.Target;
import dev.resilient.loadbalancer.target.TargetState;
import java.net.Inet6Address;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A consumer of events that counts them as an Application Load Balancer does: for the load balancer, for each target group, and for
 * each zone of either. A request belongs to the zone of its target; one without a target belongs to none. Thread-safe; never blocks.
 */
public final class BalancerMetrics implements Consumer<BalancerEvent> {
    private static final int FAMILY = 100;
    private final Map<Place, Counters> places = new ConcurrentHashMap<>();

    /** Where something is counted; the group and the zone are empty where there is none. */
    private record Place(String group, String zone) {}

    /** All that was counted. */
    public MetricsSnapshot ofLoadBalancer() {
        return where(place -> true);
    }

    /** What was counted for the targets in one zone. */
    public MetricsSnapshot ofZone(String zone) {
        return where(place -> place.zone.equals(zone));
    }

    /** What was counted for one target group. */
    public MetricsSnapshot ofGroup(String group) {
        return where(place -> place.group.equals(group));
    }

    /** What was counted for the targets of one target group in one zone. */
    public MetricsSnapshot ofGroup(String group, String zone) {
        return where(new Place(group, zone)::equals);
    }

    private MetricsSnapshot where(Predicate<Place> wanted) {
        return places.entrySet().stream()
                .filter(place -> wanted.test(place.getKey()))
                .map(place -> place.getValue().snapshot())
                .reduce(MetricsSnapshot.EMPTY, MetricsSnapshot::plus);
    }

    @Override
    public void accept(BalancerEvent event) {
        switch (event) {
            case BalancerEvent.RequestFinished(Exchange exchange) -> count(exchange);
            case BalancerEvent.ConnectionOpened opened -> {
                Counters counters = at("", "");
                counters.add(Metric.NEW_CONNECTION_COUNT, 1);
                counters.add(Metric.ACTIVE_CONNECTION_COUNT, 1);
            }
            case BalancerEvent.ConnectionClosed closed -> at("", "").add(Metric.ACTIVE_CONNECTION_COUNT, -1);
            case BalancerEvent.TargetHealthChanged changed -> {
                Counters counters = at(changed.group(), changed.target().zone());
                move(counters, changed.before().state(), -1);
                move(counters, changed.after().state(), 1);
            }
        }
    }

    private Counters at(String group, String zone) {
        Place place = new Place(group, zone);
        Counters known = places.get(place);
        return known == null ? places.computeIfAbsent(place, key -> new Counters()) : known;
    }

    private static void move(Counters counters, TargetState state, int by) {
        if (state == TargetState.HEALTHY) {
            counters.add(Metric.HEALTHY_HOST_COUNT, by);
        } else if (state == TargetState.UNHEALTHY) {
            counters.add(Metric.UNHEALTHY_HOST_COUNT, by);
        }
    }

    private void count(Exchange exchange) {
        Counters counters = at(
                exchange.decision().flatMap(Exchange.Decision::group).orElse(""),
                exchange.target().map(Target::zone).orElse(""));
        boolean ipv6 = exchange.client().getAddress() instanceof Inet6Address;
        boolean chosen = exchange.target().isPresent();
        long bytes = exchange.traffic().receivedBytes() + exchange.traffic().sentBytes();
        counters.add(Metric.PROCESSED_BYTES, bytes);
        counters.add(Metric.IPV6_PROCESSED_BYTES, ipv6 ? bytes : 0);
        counters.addIf(chosen, Metric.REQUEST_COUNT);
        counters.addIf(chosen && ipv6, Metric.IPV6_REQUEST_COUNT);
        counters.addIf(
                chosen
                        && exchange.decision()
                                .filter(Exchange.Decision::failOpen)
                                .isPresent(),
                Metric.UNHEALTHY_ROUTING_REQUEST_COUNT);
        counters.add(
                Metric.RULE_EVALUATIONS,
                exchange.decision().map(Exchange.Decision::rulesEvaluated).orElse(0));
        counters.addIf(exchange.desync().isPresent(), Metric.NON_COMPLIANT_REQUEST_COUNT);
        countFields(counters, exchange.request().invalidFields());
        exchange.reason().ifPresent(reason -> countOwn(counters, reason));
        if (exchange.reason().isEmpty()) {
            exchange.decision().ifPresent(decision -> countAction(counters, decision.action()));
        }
        countTargets(counters, exchange.targetStatus(), exchange.timeline());
    }

    private static void countFields(Counters counters, Exchange.InvalidFields fields) {
        counters.addIf(fields == Exchange.InvalidFields.DROPPED, Metric.DROPPED_INVALID_HEADER_REQUEST_COUNT);
        counters.addIf(fields == Exchange.InvalidFields.FORWARDED, Metric.FORWARDED_INVALID_HEADER_REQUEST_COUNT);
    }

    private static void countOwn(Counters counters, BalancerReason reason) {
        int status = reason.status();
        counters.answered(reason);
        counters.addIf(status / FAMILY == 4, Metric.ELB_4XX_COUNT);
        counters.addIf(status / FAMILY == 5, Metric.ELB_5XX_COUNT);
        counters.addIf(reason == BalancerReason.REDIRECT_URL_TOO_LONG, Metric.REDIRECT_URL_LIMIT_EXCEEDED_COUNT);
        Optional<Metric> own =
                switch (status) {
                    case 500 -> Optional.of(Metric.ELB_500_COUNT);
                    case 502 -> Optional.of(Metric.ELB_502_COUNT);
                    case 503 -> Optional.of(Metric.ELB_503_COUNT);
                    case 504 -> Optional.of(Metric.ELB_504_COUNT);
                    default -> Optional.empty();
                };
        own.ifPresent(metric -> counters.add(metric, 1));
        counters.addIf(
                reason == BalancerReason.CONNECT_FAILED || reason == BalancerReason.CONNECT_TIMEOUT,
                Metric.TARGET_CONNECTION_ERROR_COUNT);
    }

    private static void countAction(Counters counters, Exchange.Action action) {
        counters.addIf(action == Exchange.Action.FIXED_RESPONSE, Metric.FIXED_RESPONSE_COUNT);
        counters.addIf(action == Exchange.Action.REDIRECT, Metric.REDIRECT_COUNT);
        counters.addIf(action == Exchange.Action.REDIRECT, Metric.ELB_3XX_COUNT);
    }

    private static void countTargets(Counters counters, OptionalInt status, Exchange.Timeline timeline) {
        if (status.isEmpty()) {
            return;
        }
        switch (status.getAsInt() / FAMILY) {
            case 2 -> counters.add(Metric.TARGET_2XX_COUNT, 1);
            case 3 -> counters.add(Metric.TARGET_3XX_COUNT, 1);
            case 4 -> counters.add(Metric.TARGET_4XX_COUNT, 1);
            case 5 -> counters.add(Metric.TARGET_5XX_COUNT, 1);
            default -> {
                // A switch of protocols has no metric.
            }
        }
        long sent = timeline.connectedNanos().orElse(0);
        counters.responded(timeline.firstByteNanos().orElse(sent) - sent);
    }
}

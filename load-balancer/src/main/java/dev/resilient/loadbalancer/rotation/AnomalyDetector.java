package dev.resilient.loadbalancer.rotation;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * Compares the healthy targets of a group with one another, time after time. A target with too few requests since it was compared
 * last keeps its verdict until it has had enough of them. Used by one thread at a time.
 */
final class AnomalyDetector {
    /** Of two targets that differ, nobody can say which one is the anomaly. */
    private static final int FEWEST_TARGETS = 3;

    private Map<RoutedTarget, Outcomes> compared = new HashMap<>();

    /** The weight of each healthy target from now on. A target that was not healthy before is compared from now on, too. */
    Map<RoutedTarget, Weight> compare(Collection<Member> healthy, boolean mitigate) {
        Map<RoutedTarget, Outcomes> recent = new HashMap<>();
        Map<RoutedTarget, Outcomes> next = new HashMap<>();
        for (Member member : healthy) {
            Outcomes total = member.routed().outcomes();
            Outcomes earlier = compared.getOrDefault(member.routed(), total);
            Outcomes own = total.since(earlier);
            recent.put(member.routed(), own);
            next.put(member.routed(), own.areEnough() ? total : earlier);
        }
        compared = next;
        return weights(healthy, recent, mitigate);
    }

    private static Map<RoutedTarget, Weight> weights(
            Collection<Member> healthy, Map<RoutedTarget, Outcomes> recent, boolean mitigate) {
        Outcomes all = Outcomes.sum(recent.values());
        Map<RoutedTarget, Weight> weights = new HashMap<>();
        for (Member member : healthy) {
            Outcomes own = recent.getOrDefault(member.routed(), Outcomes.NONE);
            Outcomes peers = all.since(own);
            boolean comparable = own.areEnough() && peers.areEnough();
            boolean anomalous = healthy.size() >= FEWEST_TARGETS
                    && (comparable ? own.areWorseThan(peers) : member.weight().anomalous());
            weights.put(member.routed(), member.weight().next(anomalous, mitigate));
        }
        return weights;
    }
}

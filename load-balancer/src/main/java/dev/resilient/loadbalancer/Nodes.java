package dev.resilient.loadbalancer;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The nodes of a load balancer, one in each of its zones. They share its addresses: each new connection is with one node, in turn, as
 * DNS would spread clients over the nodes' own addresses. Thread-safe.
 */
final class Nodes {
    private volatile List<String> zones;
    private final Supplier<Collection<TargetGroup>> groups;
    private final AtomicInteger turn = new AtomicInteger();

    /**
     * Nodes in these zones.
     *
     * @param groups that the load balancer forwards to at the moment
     */
    Nodes(List<String> zones, Supplier<Collection<TargetGroup>> groups) {
        this.zones = zones;
        this.groups = groups;
    }

    /** Has nodes in these zones from the next connection on. */
    void setZones(List<String> newZones) {
        zones = newZones;
    }

    List<String> zones() {
        return zones;
    }

    /** Whether every target group has the healthy targets that clients of the node in this zone need. */
    boolean isHealthy(String zone) {
        return groups.get().stream().allMatch(group -> group.rotation().isHealthyIn(zone));
    }

    /** The zone of the node for a new connection: a healthy one, unless there is none. Null if there are no zones. */
    @Nullable
    String next() {
        List<String> now = zones;
        if (now.isEmpty()) {
            return null;
        }
        int first = Math.floorMod(turn.getAndIncrement(), now.size());
        for (int i = 0; i < now.size(); i++) {
            String zone = now.get((first + i) % now.size());
            if (isHealthy(zone)) {
                return zone;
            }
        }
        return now.get(first);
    }
}

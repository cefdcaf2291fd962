package dev.resilient.cloud.autoscaling.plan;

import dev.resilient.cloud.autoscaling.group.Member;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How many instances each zone has. Equal zones are taken in the group's order. Confined to the plan that makes it. */
final class ZoneBalance {
    private final Map<String, Integer> counts = new LinkedHashMap<>();
    private final List<String> enabled;

    /** Counts {@code members}, some of which may be in zones that are not enabled any more. */
    ZoneBalance(List<String> enabled, List<Member> members) {
        this.enabled = enabled;
        enabled.forEach(zone -> counts.put(zone, 0));
        members.forEach(member -> add(member.zone()));
    }

    void add(String zone) {
        counts.merge(zone, 1, Integer::sum);
    }

    void remove(String zone) {
        counts.merge(zone, -1, Integer::sum);
    }

    /** The enabled zone with the fewest instances; one of {@code avoided} only if all are. */
    String emptiest(Set<String> avoided) {
        return Collections.min(
                enabled,
                Comparator.<String, Boolean>comparing(avoided::contains).thenComparing(this::count));
    }

    /** How many a zone has. */
    int count(String zone) {
        return counts.getOrDefault(zone, 0);
    }
}

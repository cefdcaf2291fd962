package dev.resilient.loadbalancer.rotation;

import dev.resilient.loadbalancer.target.TargetGroupSettings;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Who of a group may get the requests that came in by a zone: everybody, or only who is in that zone. */
final class Zones {
    private static final FailOpen NOBODY = new FailOpen(List.of(), List.of());
    private final TargetGroupSettings settings;
    private final FailOpen everybody;
    private final List<Member> routable;
    private final Map<String, FailOpen> byZone = new HashMap<>();
    private final Map<String, List<Member>> routableByZone = new HashMap<>();

    private Zones(TargetGroupSettings settings, Collection<Member> members) {
        this.settings = settings;
        this.everybody = FailOpen.among(members);
        this.routable = everybody.routable(settings.routingMinimum());
    }

    static Zones of(TargetGroupSettings settings, Collection<Member> members) {
        Zones zones = new Zones(settings, members);
        if (!settings.crossZone()) {
            members.stream()
                    .collect(Collectors.groupingBy(member -> member.target().zone()))
                    .forEach((zone, its) -> {
                        FailOpen failOpen = FailOpen.among(its);
                        zones.byZone.put(zone, failOpen);
                        zones.routableByZone.put(zone, failOpen.routable(settings.routingMinimum()));
                    });
        }
        return zones;
    }

    /**
     * Who may get the next request.
     *
     * @param zone that it has to stay in; null if it may go anywhere
     */
    List<Member> routable(@Nullable String zone) {
        return zone == null ? routable : routableByZone.getOrDefault(zone, List.of());
    }

    /** Whether so few targets are healthy that those that are not get requests too; the zone as for {@link #routable}. */
    boolean failOpen(@Nullable String zone) {
        FailOpen seen = zone == null ? everybody : byZone.getOrDefault(zone, NOBODY);
        return !seen.meets(settings.routingMinimum());
    }

    /** Whether enough targets are healthy that clients may be sent to this zone. */
    boolean isHealthy(String zone) {
        FailOpen seen = settings.crossZone() ? everybody : byZone.getOrDefault(zone, NOBODY);
        return seen.meets(settings.dnsMinimum());
    }
}

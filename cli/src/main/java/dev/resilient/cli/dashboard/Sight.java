package dev.resilient.cli.dashboard;

import dev.resilient.cli.dashboard.Connection.Kind;
import dev.resilient.scenario.Architecture;
import dev.resilient.scenario.observe.InstanceSeen;
import dev.resilient.scenario.observe.TargetSeen;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What can be seen of the deployment.
 *
 * @param connection whether it can be seen
 * @param architecture its parts when last seen
 * @param zoneOf the zone of every instance that was ever seen, so that a target can be placed whose instance has left its group
 */
record Sight(Connection connection, Optional<Architecture> architecture, Map<String, String> zoneOf) {
    static final Sight NONE = new Sight(Connection.UNKNOWN, Optional.empty(), Map.of());

    Sight {
        zoneOf = Map.copyOf(zoneOf);
    }

    /** The parts as they are now. */
    Sight seen(Architecture now, long at) {
        Map<String, String> zones = new TreeMap<>(zoneOf);
        now.instances().forEach(instance -> zones.put(instance.instanceId(), instance.zone()));
        Connection next = now.isDeployed()
                ? connection.then(Kind.LIVE, at, "Live.", "")
                : connection.then(Kind.NOTHING, at, "Nothing is deployed.", "resilient deploy");
        return new Sight(next, Optional.of(now), zones);
    }

    /** Nothing answers, or there is no cloud. */
    Sight unseen(String why, long at) {
        Connection next = isDeployed()
                ? connection.then(Kind.LOST, at, why, "resilient status")
                : connection.then(Kind.NOTHING, at, why, "resilient deploy");
        return new Sight(next, architecture, zoneOf);
    }

    /** In words, how targets, instances and guards now differ from these. */
    List<String> changesTo(Architecture now) {
        if (architecture.isEmpty()) {
            return List.of();
        }
        Architecture before = architecture.get();
        Set<String> known = ids(before);
        Set<String> left = ids(now);
        List<String> lines = new ArrayList<>();
        add(lines, now.targets(), target -> !before.targets().contains(target), Sight::line);
        add(
                lines,
                now.instances(),
                instance -> !known.contains(instance.instanceId()),
                instance -> "Instance " + instance.instanceId() + " is launched in " + instance.zone() + ".");
        add(
                lines,
                before.instances(),
                instance -> !left.contains(instance.instanceId()),
                instance -> "Instance " + instance.instanceId() + " has left the group.");
        Optional<String> alarm = now.guarding().alarm();
        if (alarm.isPresent() != before.guarding().alarm().isPresent()) {
            lines.add(alarm.map(what -> "Alarm: " + what + ".")
                    .orElse("A guard has the lease again, or none is needed."));
        }
        return lines;
    }

    /** Whether this instance is one of the deployment's group. */
    boolean knows(String instanceId) {
        return architecture.filter(parts -> ids(parts).contains(instanceId)).isPresent();
    }

    private boolean isDeployed() {
        return architecture.filter(Architecture::isDeployed).isPresent();
    }

    private static String line(TargetSeen target) {
        return "Target " + target.instanceId() + " is " + target.state()
                + target.description().map(why -> ": " + why).orElse("")
                + target.reason().map(code -> " (" + code + ")").orElse("") + ".";
    }

    private static Set<String> ids(Architecture parts) {
        return parts.instances().stream().map(InstanceSeen::instanceId).collect(Collectors.toSet());
    }

    private static <T> void add(List<String> lines, List<T> all, Predicate<T> which, Function<T, String> line) {
        all.stream().filter(which).map(line).forEach(lines::add);
    }
}

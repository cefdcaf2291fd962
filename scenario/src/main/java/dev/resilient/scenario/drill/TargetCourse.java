package dev.resilient.scenario.drill;

import dev.resilient.scenario.drill.report.TargetSpan;
import dev.resilient.scenario.observe.TargetSeen;
import dev.resilient.scenario.observe.TargetSnapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthReasonEnum;

/** What the load balancer said of the targets in the course of a drill. Pure. */
final class TargetCourse {
    private final Course course;
    private final Set<String> before;
    private final List<TargetSnapshot> looksSince;

    TargetCourse(Course course) {
        this.course = course;
        this.before = course.looks().stream()
                .filter(look -> look.atNanos() - course.on() <= 0)
                .reduce((_, later) -> later)
                .map(TargetCourse::ids)
                .orElse(Set.of());
        this.looksSince = course.looks().stream()
                .filter(look -> look.atNanos() - course.on() > 0)
                .toList();
    }

    /** When a target that was there before the fault was first seen to be anything but healthy, or to be gone. */
    OptionalLong detected() {
        return looksSince.stream()
                .filter(this::isDisturbed)
                .mapToLong(TargetSnapshot::atNanos)
                .findFirst();
    }

    /** From when on every target that was there before was healthy or gone, and as many as before were healthy. */
    OptionalLong restored() {
        OptionalLong restored = OptionalLong.empty();
        boolean disturbed = false;
        for (TargetSnapshot look : looksSince) {
            boolean whole = look.healthy() >= before.size()
                    && look.targets().stream()
                            .allMatch(target -> target.isHealthy() || !before.contains(target.instanceId()));
            disturbed |= isDisturbed(look);
            if (!whole) {
                restored = OptionalLong.empty();
            } else if (disturbed && restored.isEmpty()) {
                restored = OptionalLong.of(look.atNanos());
            }
        }
        return restored;
    }

    /** The instances that were not healthy, went or came since the fault began. */
    List<String> touched() {
        Set<String> touched = new TreeSet<>();
        for (TargetSnapshot look : looksSince) {
            Set<String> now = ids(look);
            before.stream().filter(id -> !now.contains(id)).forEach(touched::add);
            look.targets().stream()
                    .filter(target -> !target.isHealthy() || !before.contains(target.instanceId()))
                    .forEach(target -> touched.add(target.instanceId()));
        }
        return List.copyOf(touched);
    }

    /** Each target's states, as spans. */
    List<TargetSpan> spans() {
        Map<String, String> zones = new HashMap<>();
        course.visits().forEach(visit -> visit.instanceId()
                .ifPresent(id -> visit.zone().ifPresent(zone -> zones.put(id, zone))));
        Map<String, List<TargetSpan>> spans = new TreeMap<>();
        for (int i = 0; i < course.looks().size(); i++) {
            TargetSnapshot look = course.looks().get(i);
            long to = i + 1 < course.looks().size() ? course.looks().get(i + 1).atNanos() : course.end();
            for (TargetSeen target : look.targets()) {
                add(
                        spans.computeIfAbsent(target.instanceId(), _ -> new ArrayList<>()),
                        new TargetSpan(
                                target.instanceId(),
                                zones.get(target.instanceId()),
                                target.state().toString(),
                                target.reason()
                                        .map(TargetHealthReasonEnum::toString)
                                        .orElse(null),
                                Math.max(0, course.millis(look.atNanos())),
                                course.millis(to)));
            }
        }
        return spans.values().stream().flatMap(List::stream).toList();
    }

    /** One span follows another; both are one if they say the same. */
    private static void add(List<TargetSpan> spans, TargetSpan next) {
        if (!spans.isEmpty()) {
            TargetSpan last = spans.getLast();
            var longer = new TargetSpan(
                    last.instanceId(), last.zone(), last.state(), last.reason(), last.fromMillis(), next.toMillis());
            var following = new TargetSpan(
                    last.instanceId(), last.zone(), last.state(), last.reason(), next.fromMillis(), next.toMillis());
            if (last.toMillis() == next.fromMillis() && following.equals(next)) {
                spans.set(spans.size() - 1, longer);
                return;
            }
        }
        spans.add(next);
    }

    private boolean isDisturbed(TargetSnapshot look) {
        return !ids(look).containsAll(before)
                || look.targets().stream()
                        .anyMatch(target -> before.contains(target.instanceId()) && !target.isHealthy());
    }

    private static Set<String> ids(TargetSnapshot look) {
        return look.targets().stream().map(TargetSeen::instanceId).collect(Collectors.toSet());
    }
}

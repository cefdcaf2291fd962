package dev.resilient.cloud.autoscaling;

import dev.resilient.cloud.autoscaling.GroupSettings.Capacity;
import dev.resilient.cloud.autoscaling.GroupSettings.HealthCheck;
import dev.resilient.cloud.autoscaling.GroupSettings.Placement;
import dev.resilient.cloud.autoscaling.GroupSettings.Site;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Groups and instances for the tests of what is pure. */
final class Examples {
    static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    static final Fleet.Template TEMPLATE = new Fleet.Template("lt-1", "web", 1);

    private Examples() {}

    /** Settings of a group over these zones, each a letter, that is checked by EC2 and does without the rest. */
    static GroupSettings settings(int desired, String zones) {
        return settings(desired, zones, new HealthCheck("EC2", Duration.ZERO), Optional.empty(), Optional.empty());
    }

    static GroupSettings settings(
            int desired,
            String zones,
            HealthCheck check,
            Optional<Duration> warmup,
            Optional<Turnover.Bounds> maintenance) {
        return new GroupSettings(
                new Capacity(0, 100, desired),
                new Fleet.TemplateReference(null, "web", "1"),
                new Placement(Arrays.stream(zones.split("", -1))
                        .filter(zone -> !zone.isEmpty())
                        .map(zone -> new Site(zone, null))
                        .toList()),
                check,
                warmup,
                maintenance,
                Duration.ZERO,
                List.of(TerminationPolicy.DEFAULT));
    }

    static Group group(GroupSettings settings, List<Member> members) {
        return new Group(
                "web",
                "arn",
                NOW,
                settings,
                List.of(),
                List.of(),
                Set.of(),
                List.of(),
                List.of(),
                List.of(),
                members,
                Group.Progress.NONE);
    }

    static Member member(String id, String zone, Phase phase) {
        return new Member(id, zone, "t3.micro", "ami-1", TEMPLATE, NOW.minusSeconds(3600), phase, null);
    }

    /** In service since so many seconds. */
    static Phase serving(long seconds) {
        return new Phase.InService(NOW.minusSeconds(seconds));
    }
}

package dev.resilient.cloud.autoscaling;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What callers set when they create and update a group.
 *
 * @param defaultInstanceWarmup how long an instance has to be in service until it counts as ready; empty if that was not set
 * @param maintenance what bounds the replacement of instances that still run; empty to let them go at once
 * @param defaultCooldown how long the group rests after an activity, if a caller wants that honoured; and how long instances warm
 *     up until target tracking counts them, if nothing else says so
 */
record GroupSettings(
        Capacity capacity,
        Fleet.TemplateReference template,
        Placement placement,
        HealthCheck healthCheck,
        Optional<Duration> defaultInstanceWarmup,
        Optional<Turnover.Bounds> maintenance,
        Duration defaultCooldown,
        List<TerminationPolicy> terminationPolicies) {

    GroupSettings {
        terminationPolicies = List.copyOf(terminationPolicies);
    }

    GroupSettings withCapacity(Capacity next) {
        return with(next, template);
    }

    GroupSettings withTemplate(Fleet.TemplateReference next) {
        return with(capacity, next);
    }

    private GroupSettings with(Capacity nextCapacity, Fleet.TemplateReference nextTemplate) {
        return new GroupSettings(
                nextCapacity,
                nextTemplate,
                placement,
                healthCheck,
                defaultInstanceWarmup,
                maintenance,
                defaultCooldown,
                terminationPolicies);
    }

    /** How long an instance has to be in service until it counts as ready. */
    Duration warmup() {
        return defaultInstanceWarmup.orElse(Duration.ZERO);
    }

    Duration gracePeriod() {
        return healthCheck.gracePeriod();
    }

    /**
     * Which checks decide whether an instance is replaced.
     *
     * @param type as the caller gave it: {@code EC2}, which is always on, {@code ELB}, or both
     * @param gracePeriod how long an instance serves until load balancers are asked
     */
    record HealthCheck(String type, Duration gracePeriod) {
        boolean asksLoadBalancers() {
            return List.of(type.split(",", -1)).contains("ELB");
        }
    }

    /** How many instances a group may and shall have: {@code 0 <= min <= desired <= max}. */
    record Capacity(int min, int max, int desired) {
        Capacity withDesired(int next) {
            return new Capacity(min, max, next);
        }
    }

    /** Where instances are launched; never empty. */
    record Placement(List<Site> sites) {
        Placement {
            sites = List.copyOf(sites);
        }

        /** The zones, each once, in the order given. */
        List<String> zones() {
            return sites.stream().map(Site::zone).distinct().toList();
        }

        /** The subnets, in the order given; empty if the caller named zones. */
        List<String> subnets() {
            return sites.stream()
                    .map(Site::subnetId)
                    .<String>mapMulti((subnet, given) -> {
                        if (subnet != null) {
                            given.accept(subnet);
                        }
                    })
                    .toList();
        }

        /** The site in {@code zone} for the instance after {@code launchedBefore} others: subnets take turns. */
        Site site(String zone, int launchedBefore) {
            List<Site> inZone =
                    sites.stream().filter(site -> site.zone().equals(zone)).toList();
            return inZone.get(Math.floorMod(launchedBefore, inZone.size()));
        }
    }

    /**
     * One place to launch in.
     *
     * @param subnetId null for the zone's default subnet
     */
    record Site(String zone, @Nullable String subnetId) {}
}

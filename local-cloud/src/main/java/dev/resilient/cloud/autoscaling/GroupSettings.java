package dev.resilient.cloud.autoscaling;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What callers set when they create and update a group.
 *
 * @param defaultCooldown shown only: it concerns simple scaling policies
 */
record GroupSettings(
        Capacity capacity,
        Fleet.TemplateReference template,
        Placement placement,
        Duration healthCheckGracePeriod,
        Duration defaultCooldown,
        List<TerminationPolicy> terminationPolicies) {

    GroupSettings {
        terminationPolicies = List.copyOf(terminationPolicies);
    }

    GroupSettings withCapacity(Capacity next) {
        return new GroupSettings(
                next, template, placement, healthCheckGracePeriod, defaultCooldown, terminationPolicies);
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

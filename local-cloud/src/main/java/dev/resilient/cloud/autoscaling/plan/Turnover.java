package dev.resilient.cloud.autoscaling.plan;

import software.amazon.awssdk.services.autoscaling.model.InstanceMaintenancePolicy;
import software.amazon.awssdk.services.autoscaling.model.RefreshPreferences;

/**
 * How many instances go, and how many come, so that a group has its desired capacity and gets rid of those that are to be
 * replaced. What may be missing or too many in between is bounded.
 *
 * @param leaving of those that are to be replaced, how many go now
 * @param launching how many are launched now
 * @param excess of the others, how many are too many
 */
public record Turnover(int leaving, int launching, int excess) {

    /**
     * What to do now.
     *
     * @param desired the desired capacity
     * @param staying the instances that serve or will, those to be replaced included
     * @param ready those of them that serve already, and long enough
     * @param doomed those that are to be replaced
     */
    public static Turnover of(int desired, int staying, int ready, int doomed, Bounds bounds) {
        int least = bounds.least(desired);
        int most = bounds.most(desired);
        int spare = Math.max(0, ready - least);
        if (least == desired && most == desired && ready == desired) {
            spare = 1; // Bounds without room between them mean one after the other.
        }
        int leaving = Math.clamp(spare, 0, doomed);
        int missing = desired - (staying - doomed);
        int room = Math.max(most, desired) - (staying - leaving);
        return new Turnover(leaving, Math.clamp(missing, 0, Math.max(0, room)), Math.max(0, -missing));
    }

    /**
     * AWS's instance maintenance policy: how much of the desired capacity must be in service, and how much may be there, while
     * instances are replaced.
     *
     * @param minHealthyPercentage [0, 100]
     * @param maxHealthyPercentage [100, 200], at most 100 more than the minimum
     */
    public record Bounds(int minHealthyPercentage, int maxHealthyPercentage) {
        private static final int ALL = 100;

        /** For instance refreshes of groups without a policy. */
        public static final Bounds DEFAULT = new Bounds(90, ALL);

        /** Those of a group's policy. */
        public static Bounds of(InstanceMaintenancePolicy policy) {
            return new Bounds(policy.minHealthyPercentage(), policy.maxHealthyPercentage());
        }

        /** Those of a refresh. */
        public static Bounds of(RefreshPreferences preferences) {
            return new Bounds(preferences.minHealthyPercentage(), preferences.maxHealthyPercentage());
        }

        /** How many must be in service. */
        public int least(int desired) {
            return Math.ceilDiv(desired * minHealthyPercentage, ALL);
        }

        /** How many may be there. */
        public int most(int desired) {
            return Math.ceilDiv(desired * maxHealthyPercentage, ALL);
        }
    }
}

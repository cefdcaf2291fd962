package dev.resilient.scenario.resource;

import dev.resilient.scenario.base.Environment;

/** Who replaces an instance that does not work. */
public enum Replacement {
    /** A person, as in AWS's article: the group replaces only what EC2 itself finds broken. */
    MANUAL("EC2"),
    /**
     * The group, whatever the load balancer finds unhealthy: new instances have three minutes of grace, and are started before the old ones
     * go. With deep health checks, a dependency that fails for all replaces all.
     */
    ELB("ELB"),
    /** A guard that reads the instances' heartbeats. */
    HEARTBEAT("EC2");

    private static final int GRACE_SECONDS = 180;
    /** At least so much of the desired capacity is kept in service while instances are replaced; percent. */
    private static final int LEAST = 100;

    private static final int MOST = 150;
    /** How Auto Scaling wants to be told that there is no maintenance policy. */
    private static final int NONE = -1;

    private final String healthCheckType;

    Replacement(String healthCheckType) {
        this.healthCheckType = healthCheckType;
    }

    /** Sets the deployment's group to it; may be called again, and for another one later. */
    public void apply(Environment environment) {
        boolean byGroup = this == ELB;
        environment.aws().autoScaling().updateAutoScalingGroup(request -> request.autoScalingGroupName(
                        environment.names().group())
                .healthCheckType(healthCheckType)
                .healthCheckGracePeriod(byGroup ? GRACE_SECONDS : 0)
                .instanceMaintenancePolicy(policy -> policy.minHealthyPercentage(byGroup ? LEAST : NONE)
                        .maxHealthyPercentage(byGroup ? MOST : NONE)));
    }
}

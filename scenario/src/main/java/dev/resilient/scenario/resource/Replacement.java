package dev.resilient.scenario.resource;

import dev.resilient.scenario.base.Environment;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.Tag;
import software.amazon.awssdk.services.autoscaling.model.TagDescription;

/**
 * Who replaces an instance that does not work. Two tags of the group say so: what was chosen for the deployment, and what holds now,
 * which a demonstration or a drill changes for a while. So what they have changed can be put back without any memory of it.
 */
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

    private static final String CHOSEN = "resilient:replace";
    private static final String NOW = "resilient:replaced-by";

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

    /** The name on the command line and in tags. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Sets the deployment's group to it until another one is chosen; may be called again. */
    public void choose(Environment environment) {
        tag(environment, CHOSEN);
        apply(environment);
    }

    /** Sets the group to it for a while; {@link #putBack} ends that. Guards stop or begin to act by themselves. */
    public void apply(Environment environment) {
        tag(environment, NOW);
        boolean byGroup = this == ELB;
        environment.aws().autoScaling().updateAutoScalingGroup(request -> request.autoScalingGroupName(
                        environment.names().group())
                .healthCheckType(healthCheckType)
                .healthCheckGracePeriod(byGroup ? GRACE_SECONDS : 0)
                .instanceMaintenancePolicy(policy -> policy.minHealthyPercentage(byGroup ? LEAST : NONE)
                        .maxHealthyPercentage(byGroup ? MOST : NONE)));
    }

    /** In a few words, for whoever watches. */
    public String told() {
        return switch (this) {
            case MANUAL -> "nobody replaces an instance that does not work";
            case ELB -> "the Auto Scaling group replaces what the load balancer finds unhealthy";
            case HEARTBEAT -> "a guard replaces instances by their heartbeats";
        };
    }

    /**
     * What was chosen holds again, for whoever has changed it a moment ago, which AWS need not show yet; nothing happens if there is no
     * group.
     */
    public static void restore(Environment environment) {
        environment.group().ifPresent(group -> of(group, CHOSEN).apply(environment));
    }

    /** What was chosen holds again, whoever has changed it; nothing happens if it does, or if there is no group. */
    public static void putBack(Environment environment) {
        environment.group().ifPresent(group -> {
            Replacement chosen = of(group, CHOSEN);
            if (chosen != now(group)) {
                chosen.apply(environment);
            }
        });
    }

    /** What holds now for the deployment; manual if there is none. */
    public static Replacement now(Environment environment) {
        return environment.group().map(Replacement::now).orElse(MANUAL);
    }

    /** What holds now for this group; manual if nothing was ever said. */
    public static Replacement now(AutoScalingGroup group) {
        return of(group, NOW);
    }

    private static Replacement of(AutoScalingGroup group, String key) {
        List<String> names = group.tags().stream()
                .filter(tag -> tag.key().equals(key))
                .map(TagDescription::value)
                .toList();
        return Arrays.stream(values())
                .filter(each -> names.contains(each.wireName()))
                .findFirst()
                .orElse(MANUAL);
    }

    private void tag(Environment environment, String key) {
        environment
                .aws()
                .autoScaling()
                .createOrUpdateTags(request -> request.tags(Tag.builder()
                        .resourceType("auto-scaling-group")
                        .resourceId(environment.names().group())
                        .key(key)
                        .value(wireName())
                        .propagateAtLaunch(false)
                        .build()));
    }
}

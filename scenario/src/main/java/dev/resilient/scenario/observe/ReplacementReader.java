package dev.resilient.scenario.observe;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.autoscaling.model.Activity;
import software.amazon.awssdk.services.autoscaling.model.Instance;

/** Asks Auto Scaling which instances it has chosen to replace because somebody found them unhealthy. Thread-safe. */
public final class ReplacementReader {
    /** So many are read, the latest first. */
    private static final int ACTIVITIES = 100;

    private static final Pattern TERMINATING = Pattern.compile("Terminating EC2 instance: (i-\\w+).*");

    /** EC2, the load balancer, or a call of {@code SetInstanceHealth}: "a user health-check". A user request has no such word. */
    private static final Pattern UNHEALTHY =
            Pattern.compile(".*taken out of service in response to an? [^.]*\\bcheck\\b.*");

    private final AutoScalingClient autoScaling;
    private final String group;

    /** Reads what the Auto Scaling group with this name, which has to be there, replaces. */
    public ReplacementReader(AutoScalingClient autoScaling, String group) {
        this.autoScaling = autoScaling;
        this.group = group;
    }

    /**
     * The ids of those that went lately, and of those that still wait for the one that takes their place: a group that starts that one
     * first tells of no termination until then. Instances that somebody terminates are not among them.
     */
    public Set<String> read() {
        Stream<String> going =
                autoScaling
                        .describeAutoScalingGroups(request -> request.autoScalingGroupNames(group))
                        .autoScalingGroups()
                        .stream()
                        .flatMap(found -> found.instances().stream())
                        .filter(instance -> instance.healthStatus().equals("Unhealthy"))
                        .map(Instance::instanceId);
        Stream<String> gone = autoScaling
                .describeScalingActivitiesPaginator(
                        request -> request.autoScalingGroupName(group).maxRecords(ACTIVITIES))
                .activities()
                .stream()
                .limit(ACTIVITIES)
                .flatMap(ReplacementReader::replaced);
        return Stream.concat(going, gone).collect(Collectors.toUnmodifiableSet());
    }

    private static Stream<String> replaced(Activity activity) {
        Matcher terminating = TERMINATING.matcher(activity.description());
        return terminating.matches() && UNHEALTHY.matcher(activity.cause()).matches()
                ? Stream.of(terminating.group(1))
                : Stream.empty();
    }
}

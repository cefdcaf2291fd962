package dev.resilient.scenario.resource;

import dev.resilient.scenario.base.Environment;
import dev.resilient.scenario.base.Waiting.Sight;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.autoscaling.model.Activity;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingException;
import software.amazon.awssdk.services.autoscaling.model.ScalingActivityStatusCode;
import software.amazon.awssdk.services.autoscaling.model.Tag;
import software.amazon.awssdk.services.autoscaling.model.TagDescription;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.Reservation;

/**
 * The group that keeps three instances running, one in each of three zones. It replaces an instance that is gone, and not one that
 * the load balancer finds unhealthy: with deep health checks, a broken dependency would otherwise have all of them terminated.
 */
public final class AutoScalingGroup implements Resource {
    /** Of as many activities something is told. */
    private static final int ACTIVITIES = 5;

    private static final Set<ScalingActivityStatusCode> FAILED =
            Set.of(ScalingActivityStatusCode.FAILED, ScalingActivityStatusCode.CANCELLED);

    private static final Duration DELETION_LIMIT = Duration.ofMinutes(10);

    private final Environment environment;
    private final Ownership ownership;
    private final AutoScalingClient autoScaling;

    /** The group of the environment's deployment. */
    public AutoScalingGroup(Environment environment) {
        this.environment = environment;
        this.ownership = new Ownership(environment.deployment());
        this.autoScaling = environment.aws().autoScaling();
    }

    @Override
    public String kind() {
        return "Auto Scaling group";
    }

    @Override
    public String name() {
        return environment.names().group();
    }

    @Override
    public void claim() {
        tags().ifPresent(tags -> ownership.require(tags, kind(), name()));
    }

    @Override
    public Creation create() {
        awaitEndOfDeletion();
        Optional<Map<String, String>> tags = tags();
        if (tags.isPresent()) {
            ownership.require(tags.get(), kind(), name());
            return Creation.FOUND;
        }
        String subnets = Network.find(environment).subnetIds().stream()
                .limit(environment.deployment().zones())
                .collect(Collectors.joining(","));
        List<Tag> groupTags = groupTags();
        autoScaling.createAutoScalingGroup(request -> request.autoScalingGroupName(name())
                .launchTemplate(template -> template.launchTemplateName(
                                environment.names().launchTemplate())
                        .version(LaunchTemplate.DEFAULT_VERSION))
                .minSize(Network.ZONES)
                .maxSize(Network.ZONES)
                .desiredCapacity(Network.ZONES)
                .vpcZoneIdentifier(subnets)
                .tags(groupTags));
        return Creation.CREATED;
    }

    @Override
    public boolean delete() {
        AtomicBoolean wasThere = new AtomicBoolean();
        environment.waiting().until("the Auto Scaling group and its instances are gone", DELETION_LIMIT, () -> {
            Sight<Boolean> sight = deleteWhatIsSeen();
            wasThere.compareAndSet(false, sight.value().isEmpty());
            return sight;
        });
        return wasThere.get();
    }

    /**
     * One look, which deletes what it sees: a group that was made a moment ago may be seen only after instances of it were, and would
     * replace them.
     */
    private Sight<Boolean> deleteWhatIsSeen() {
        Optional<software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup> group =
                environment.group().filter(found -> ownership.isOurs(tags(found)));
        if (group.isPresent()) {
            // AWS tells a status only of a group that it deletes.
            if (group.get().status() == null) {
                deleteGroup();
            }
            return Sight.nothingYet("the group is being deleted, and did last: "
                    + lastActivities().stream().findFirst().orElse("nothing"));
        }
        List<Instance> instances = instances();
        terminate(instances.stream()
                .filter(instance -> instance.state().name() != InstanceStateName.SHUTTING_DOWN)
                .map(Instance::instanceId)
                .toList());
        return Sight.when(
                instances.isEmpty(),
                instances.stream()
                        .map(instance -> instance.instanceId() + " is "
                                + instance.state().nameAsString())
                        .collect(Collectors.joining(", ")));
    }

    /** With the group gone nothing replaces an instance any more; whichever is left, and whoever left it, goes now. */
    private void terminate(List<String> instanceIds) {
        if (instanceIds.isEmpty()) {
            return;
        }
        try {
            environment.aws().ec2().terminateInstances(request -> request.instanceIds(instanceIds));
        } catch (Ec2Exception failure) {
            // One of them has gone meanwhile, for which EC2 refuses them all; the next look tells which.
            if (!Failures.hasCode(failure, "InvalidInstanceID.NotFound")) {
                throw failure;
            }
        }
    }

    @Override
    public List<String> existing() {
        List<String> existing = new ArrayList<>();
        if (isOurs()) {
            existing.add(kind() + " " + name());
        }
        instances()
                .forEach(instance -> existing.add("instance %s (%s)"
                        .formatted(instance.instanceId(), instance.state().nameAsString())));
        return existing;
    }

    /** What it did last and how that ended, the latest first, each in a few words; nothing if there is no group that is ours. */
    public List<String> lastActivities() {
        return activities().stream().map(AutoScalingGroup::words).toList();
    }

    /** The same of what it did in vain. */
    public List<String> lastFailures() {
        return activities().stream()
                .filter(activity -> FAILED.contains(activity.statusCode()))
                .map(AutoScalingGroup::words)
                .toList();
    }

    private List<Activity> activities() {
        if (!isOurs()) {
            return List.of();
        }
        try {
            return autoScaling
                    .describeScalingActivitiesPaginator(
                            request -> request.autoScalingGroupName(name()).maxRecords(ACTIVITIES))
                    .activities()
                    .stream()
                    .limit(ACTIVITIES)
                    .toList();
        } catch (AutoScalingException failure) {
            // AWS may show a group for a while that is gone.
            if (isGone(failure)) {
                return List.of();
            }
            throw failure;
        }
    }

    private static String words(Activity activity) {
        return "%s %s (%s%s)"
                .formatted(
                        activity.startTime().truncatedTo(ChronoUnit.SECONDS),
                        activity.description(),
                        activity.statusCodeAsString(),
                        activity.statusMessage() == null ? "" : ": " + activity.statusMessage());
    }

    private void deleteGroup() {
        try {
            autoScaling.deleteAutoScalingGroup(
                    request -> request.autoScalingGroupName(name()).forceDelete(true));
        } catch (AutoScalingException failure) {
            if (!isBusy(failure) && !isGone(failure)) {
                throw failure;
            }
        }
    }

    /** The deployment's instances that are not terminated, in a group or not. */
    private List<Instance> instances() {
        return environment
                .aws()
                .ec2()
                .describeInstancesPaginator(request -> request.filters(
                        Ec2Tags.ours(environment.deployment()),
                        Network.filter(
                                "instance-state-name", "pending", "running", "shutting-down", "stopping", "stopped")))
                .reservations()
                .stream()
                .map(Reservation::instances)
                .flatMap(List::stream)
                .toList();
    }

    private boolean isOurs() {
        return tags().filter(ownership::isOurs).isPresent();
    }

    /** Whoever was interrupted may have been deleting the group, which takes until its last instance has gone. */
    private void awaitEndOfDeletion() {
        // AWS tells a status only of a group that it deletes.
        environment.waiting().until("the old Auto Scaling group is gone", DELETION_LIMIT, () -> {
            Optional<String> deletion = environment.group().map(group -> group.status());
            return Sight.when(deletion.isEmpty(), deletion.orElse(""));
        });
    }

    private Optional<Map<String, String>> tags() {
        return environment.group().map(AutoScalingGroup::tags);
    }

    private static Map<String, String> tags(software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup group) {
        return group.tags().stream().collect(Collectors.toMap(TagDescription::key, TagDescription::value));
    }

    /** The instances have their tags from the launch template, so the group need not hand its own on. */
    private List<Tag> groupTags() {
        return environment.tags().entrySet().stream()
                .map(tag -> Tag.builder()
                        .key(tag.getKey())
                        .value(tag.getValue())
                        .resourceId(name())
                        .resourceType("auto-scaling-group")
                        .propagateAtLaunch(false)
                        .build())
                .toList();
    }

    /** Auto Scaling has no code of its own for a group that is not there. */
    private static boolean isGone(SdkException failure) {
        return Failures.hasCode(failure, "ValidationError");
    }

    private static boolean isBusy(SdkException failure) {
        return Failures.hasCode(failure, "ResourceInUse", "ScalingActivityInProgress", "ResourceContention");
    }
}

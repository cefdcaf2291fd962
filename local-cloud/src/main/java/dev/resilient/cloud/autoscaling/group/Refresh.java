package dev.resilient.cloud.autoscaling.group;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.autoscaling.model.DesiredConfiguration;
import software.amazon.awssdk.services.autoscaling.model.InstanceRefresh;
import software.amazon.awssdk.services.autoscaling.model.InstanceRefreshStatus;
import software.amazon.awssdk.services.autoscaling.model.LaunchTemplateSpecification;

/**
 * The replacement of a group's instances, a few at a time.
 *
 * @param shape as the API shows it, without an end while it is under way. What it desires is what new instances are launched from,
 *     and the group's template once all are
 * @param outdated the instances to be replaced, by their ids
 * @param done how many were replaced by instances that are ready
 * @param since when it last got any further
 */
public record Refresh(InstanceRefresh shape, Set<String> outdated, int done, Instant since) {
    private static final int ALL = 100;

    /** Keeps its own copy of the ids. */
    public Refresh {
        outdated = Set.copyOf(outdated);
    }

    /** Its id. */
    public String id() {
        return shape.instanceRefreshId();
    }

    /** Whether it has not ended. */
    public boolean isUnderWay() {
        return shape.endTime() == null;
    }

    /** What new instances are launched from, if that is not the group's own template. */
    public Optional<LaunchTemplateSpecification> template() {
        return Optional.ofNullable(shape.desiredConfiguration()).map(DesiredConfiguration::launchTemplate);
    }

    /** How long an instance has to be in service until it counts as replaced. */
    public Duration warmup() {
        return Duration.ofSeconds(shape.preferences().instanceWarmup());
    }

    /** In another status, for a reason; null if there is nothing to say. Once it is not pending any more it shows how far it is. */
    public Refresh in(InstanceRefreshStatus next, @Nullable String why) {
        int left = shape.instancesToUpdate() == null ? outdated.size() : shape.instancesToUpdate();
        return new Refresh(shape.copy(to -> to.status(next).statusReason(why)), outdated, done, since)
                .seen(left, done, since);
    }

    /** Ended, for a reason; null if there is nothing to say. */
    public Refresh ended(InstanceRefreshStatus outcome, @Nullable String why, Instant now) {
        Refresh ended = in(outcome, why);
        return new Refresh(ended.shape.copy(to -> to.endTime(now)), outdated, done, since);
    }

    /** With so many instances left, and so many replaced. */
    public Refresh seen(int left, int nowDone, Instant now) {
        boolean further = nowDone != done || !Integer.valueOf(left).equals(shape.instancesToUpdate());
        int percentage = outdated.isEmpty() ? ALL : nowDone * ALL / outdated.size();
        return new Refresh(
                shape.copy(to -> to.instancesToUpdate(left).percentageComplete(percentage)),
                outdated,
                nowDone,
                further ? now : since);
    }
}

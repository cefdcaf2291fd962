package dev.resilient.cloud.autoscaling;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The replacement of a group's instances, a few at a time.
 *
 * @param reason what it waits for, or why it ended; null if there is nothing to say
 * @param end null while it is under way
 * @param desired what new instances are launched from, and the group's template once all are; empty for the group's own
 * @param outdated the instances to be replaced, by their ids
 * @param rollback how far it was when it was turned round; null if it was not
 */
record InstanceRefresh(
        String id,
        Status status,
        @Nullable String reason,
        Instant start,
        @Nullable Instant end,
        RefreshPreferences preferences,
        Optional<Fleet.TemplateReference> desired,
        Set<String> outdated,
        Progress progress,
        @Nullable Rollback rollback) {

    InstanceRefresh {
        outdated = Set.copyOf(outdated);
    }

    /** A refresh that has not begun. */
    static InstanceRefresh pending(
            String id,
            Instant now,
            RefreshPreferences preferences,
            Optional<Fleet.TemplateReference> desired,
            Set<String> outdated) {
        return new InstanceRefresh(
                id,
                Status.PENDING,
                null,
                now,
                null,
                preferences,
                desired,
                outdated,
                Progress.begin(outdated.size(), now),
                null);
    }

    boolean isUnderWay() {
        return end == null;
    }

    /** What new instances are launched from, if that is not the group's own template. */
    Optional<Fleet.TemplateReference> launches() {
        return isUnderWay() && rollback == null ? desired : Optional.empty();
    }

    InstanceRefresh in(Status next, @Nullable String why) {
        return new InstanceRefresh(id, next, why, start, end, preferences, desired, outdated, progress, rollback);
    }

    InstanceRefresh with(Progress next, @Nullable String why) {
        return new InstanceRefresh(id, status, why, start, end, preferences, desired, outdated, next, rollback);
    }

    InstanceRefresh ended(Status outcome, @Nullable String why, Instant now) {
        return new InstanceRefresh(id, outcome, why, start, now, preferences, desired, outdated, progress, rollback);
    }

    /** The way back: whatever was not launched from the group's own template is replaced. */
    InstanceRefresh turnedRound(Group group, String why, Instant now) {
        Fleet.TemplateReference own = group.settings().template();
        Set<String> wrong = group.members().stream()
                .filter(member -> member.stays() && !own.isExactly(member.template()))
                .map(Member::instanceId)
                .collect(Collectors.toSet());
        return new InstanceRefresh(
                id,
                Status.ROLLBACK_IN_PROGRESS,
                null,
                start,
                null,
                preferences,
                desired,
                wrong,
                Progress.begin(wrong.size(), now),
                new Rollback(why, now, progress.percentage(), progress.left()));
    }

    /** Whether there is a way back: to a template with a number, from another one. */
    boolean isReversible(Group group) {
        return desired.isPresent() && !group.settings().template().version().startsWith("$");
    }

    /**
     * How far it is.
     *
     * @param total how many instances there were to replace
     * @param left how many of them are still there
     * @param done how many have been replaced by instances that are ready
     * @param since when that was last different
     * @param checkpoint how many checkpoints are over
     * @param resume when it goes on; null if it does not pause
     */
    record Progress(
            int total,
            int left,
            int done,
            Instant since,
            int checkpoint,
            @Nullable Instant resume) {
        private static final int ALL = 100;

        static Progress begin(int total, Instant now) {
            return new Progress(total, total, 0, now, 0, null);
        }

        int percentage() {
            return total == 0 ? ALL : done * ALL / total;
        }

        Progress seen(int nowLeft, int nowDone, Instant now) {
            boolean same = nowLeft == left && nowDone == done;
            return same ? this : new Progress(total, nowLeft, nowDone, now, checkpoint, resume);
        }

        Progress paused(Instant until) {
            return new Progress(total, left, done, since, checkpoint, until);
        }

        Progress resumed(Instant now) {
            return new Progress(total, left, done, now, checkpoint + 1, null);
        }
    }

    /** How far a refresh was when it was turned round, and why it was. */
    record Rollback(String reason, Instant start, int percentage, int left) {}

    /** With AWS's names. */
    enum Status {
        PENDING("Pending"),
        IN_PROGRESS("InProgress"),
        BAKING("Baking"),
        CANCELLING("Cancelling"),
        ROLLBACK_IN_PROGRESS("RollbackInProgress"),
        SUCCESSFUL("Successful"),
        FAILED("Failed"),
        CANCELLED("Cancelled"),
        ROLLBACK_SUCCESSFUL("RollbackSuccessful"),
        ROLLBACK_FAILED("RollbackFailed");

        private final String wireName;

        Status(String wireName) {
            this.wireName = wireName;
        }

        /** As the API shows it. */
        String wireName() {
            return wireName;
        }
    }

    /**
     * How instances are replaced.
     *
     * @param checkpoints percentages in ascending order, after each of which there is a pause; empty for none
     * @param checkpointDelay how long each pause is
     * @param bakeTime how long a refresh whose instances are all replaced stays open
     * @param protectedOnes what to do about instances that are protected from scale-in
     * @param standbyOnes what to do about instances in standby
     */
    record RefreshPreferences(
            Turnover.Bounds bounds,
            Duration warmup,
            boolean skipsMatching,
            boolean rollsBack,
            List<Integer> checkpoints,
            Duration checkpointDelay,
            Duration bakeTime,
            Treatment protectedOnes,
            Treatment standbyOnes) {
        RefreshPreferences {
            checkpoints = List.copyOf(checkpoints);
        }
    }

    /** What to do about an instance that is set aside or protected. */
    enum Treatment {
        REPLACE,
        IGNORE,
        /** Until it is neither; for an hour at most. */
        WAIT
    }
}

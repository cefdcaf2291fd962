package dev.resilient.cloud.autoscaling;

import dev.resilient.cloud.autoscaling.InstanceRefresh.Progress;
import dev.resilient.cloud.autoscaling.InstanceRefresh.RefreshPreferences;
import dev.resilient.cloud.autoscaling.InstanceRefresh.Status;
import dev.resilient.cloud.autoscaling.InstanceRefresh.Treatment;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an instance refresh asks for now. Pure. How many of the instances it names may go at once is not decided here.
 *
 * @param refresh the refresh as it is now; empty if none is under way
 * @param replaced serving instances that it wants to have replaced
 * @param aside instances in standby that it wants to have terminated
 */
record RefreshPlan(Optional<InstanceRefresh> refresh, List<Member> replaced, List<Member> aside) {
    private static final RefreshPlan NONE = new RefreshPlan(Optional.empty(), List.of(), List.of());

    /** A refresh that gets no further for so long has failed. */
    private static final Duration PATIENCE = Duration.ofHours(1);

    /** The plan for this group. */
    static RefreshPlan of(Group group, Facts facts, HealthChecks checks) {
        return group.refresh()
                .map(refresh -> new Planner(group, facts, checks, refresh).plan())
                .orElse(NONE);
    }

    private record Planner(Group group, Facts facts, HealthChecks checks, InstanceRefresh refresh) {

        RefreshPlan plan() {
            Instant now = facts.now();
            return switch (refresh.status()) {
                case PENDING -> only(refresh.in(Status.IN_PROGRESS, null));
                case IN_PROGRESS, ROLLBACK_IN_PROGRESS -> replace();
                case BAKING -> only(isOver(refresh.progress().resume()) ? succeeded(refresh) : refresh);
                case CANCELLING -> only(isQuiet() ? refresh.ended(Status.CANCELLED, refresh.reason(), now) : refresh);
                case SUCCESSFUL, FAILED, CANCELLED, ROLLBACK_SUCCESSFUL, ROLLBACK_FAILED -> NONE;
            };
        }

        private static RefreshPlan only(InstanceRefresh next) {
            return new RefreshPlan(Optional.of(next), List.of(), List.of());
        }

        private boolean isQuiet() {
            return group.members().stream()
                    .allMatch(member -> member.phase().underWay().isEmpty());
        }

        private RefreshPlan replace() {
            RefreshPreferences preferences = refresh.preferences();
            List<Member> left = group.members().stream().filter(this::isLeft).toList();
            long ready = group.staying().stream()
                    .filter(member -> checks.isReady(member, preferences.warmup()))
                    .count();
            int missing = Math.max(0, group.capacity().desired() - (int) ready);
            int gone = refresh.progress().total() - left.size();
            Progress progress = refresh.progress().seen(left.size(), Math.max(0, gone - missing), facts.now());
            InstanceRefresh seen = refresh.with(progress, null);
            if (left.isEmpty() && missing == 0) {
                return only(baked(seen));
            }
            int goal = goal(progress);
            if (progress.done() >= goal) {
                return only(atCheckpoint(seen));
            }
            if (!group.runs(ScalingProcess.INSTANCE_REFRESH)) {
                return only(seen);
            }
            List<Member> serving = left.stream()
                    .filter(member -> member.stays() && treatment(member) == Treatment.REPLACE)
                    .sorted(Comparator.comparing(Member::launched))
                    .limit(Math.max(0, goal - gone))
                    .toList();
            List<Member> aside = left.stream()
                    .filter(member -> !member.stays() && treatment(member) == Treatment.REPLACE)
                    .toList();
            if (facts.isOver(progress.since(), PATIENCE)) {
                return only(failed(seen));
            }
            String waiting = serving.isEmpty() && aside.isEmpty() ? waiting(left) : null;
            return new RefreshPlan(Optional.of(refresh.with(progress, waiting)), serving, aside);
        }

        private boolean isLeft(Member member) {
            boolean there = member.stays() || member.phase() instanceof Phase.Standby;
            return there && refresh.outdated().contains(member.instanceId()) && treatment(member) != Treatment.IGNORE;
        }

        private Treatment treatment(Member member) {
            if (member.phase() instanceof Phase.Standby) {
                return refresh.preferences().standbyOnes();
            }
            return member.protectedFromScaleIn() ? refresh.preferences().protectedOnes() : Treatment.REPLACE;
        }

        private static @Nullable String waiting(List<Member> left) {
            return left.stream()
                    .findFirst()
                    .map(member ->
                            "Waiting for remaining instances to be available. For example: " + member.instanceId()
                                    + (member.stays() ? " is protected from scale in." : " is in standby."))
                    .orElse(null);
        }

        /** How many instances are replaced until the next pause. */
        private int goal(Progress progress) {
            List<Integer> checkpoints = refresh.preferences().checkpoints();
            return progress.checkpoint() < checkpoints.size()
                    ? Math.ceilDiv(progress.total() * checkpoints.get(progress.checkpoint()), 100)
                    : progress.total();
        }

        /** Pauses, goes on, or ends, if the last checkpoint is all that was asked for. */
        private InstanceRefresh atCheckpoint(InstanceRefresh seen) {
            Progress progress = seen.progress();
            Instant resume = progress.resume();
            if (resume == null) {
                Instant until =
                        facts.now().plus(facts.pace().of(refresh.preferences().checkpointDelay()));
                return seen.with(progress.paused(until), pausing(progress, until));
            }
            if (!isOver(resume)) {
                return seen.with(progress, pausing(progress, resume));
            }
            boolean last = progress.checkpoint() + 1
                    >= refresh.preferences().checkpoints().size();
            return last ? baked(seen) : seen.with(progress.resumed(facts.now()), null);
        }

        private static String pausing(Progress progress, Instant until) {
            return "Waiting at the checkpoint of " + progress.percentage() + " percent until " + until + ".";
        }

        private boolean isOver(@Nullable Instant end) {
            return end != null && !facts.now().isBefore(end);
        }

        private InstanceRefresh baked(InstanceRefresh seen) {
            Duration bakeTime = refresh.preferences().bakeTime();
            if (bakeTime.isZero() || seen.rollback() != null) {
                return succeeded(seen);
            }
            Instant until = facts.now().plus(facts.pace().of(bakeTime));
            return seen.in(Status.BAKING, null).with(seen.progress().paused(until), null);
        }

        private InstanceRefresh succeeded(InstanceRefresh seen) {
            return seen.ended(
                    seen.rollback() == null ? Status.SUCCESSFUL : Status.ROLLBACK_SUCCESSFUL, null, facts.now());
        }

        private InstanceRefresh failed(InstanceRefresh seen) {
            String why = "The instance refresh made no progress for an hour.";
            if (seen.rollback() != null) {
                return seen.ended(Status.ROLLBACK_FAILED, why, facts.now());
            }
            return refresh.preferences().rollsBack()
                    ? seen.turnedRound(group, why, facts.now())
                    : seen.ended(Status.FAILED, why, facts.now());
        }
    }
}

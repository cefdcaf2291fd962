package dev.resilient.cloud.autoscaling;

import dev.resilient.cloud.autoscaling.InstanceRefresh.Progress;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.autoscaling.model.InstanceRefreshStatus;

/**
 * What an instance refresh asks for now. Pure. How many of the instances it names may go at once is not decided here.
 *
 * @param refresh the refresh as it is now; empty if none is under way
 * @param replaced serving instances that it wants to have replaced
 */
record RefreshPlan(Optional<InstanceRefresh> refresh, List<Member> replaced) {
    private static final RefreshPlan NONE = new RefreshPlan(Optional.empty(), List.of());

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
            return switch (refresh.status()) {
                case PENDING -> only(refresh.in(InstanceRefreshStatus.IN_PROGRESS, null));
                case IN_PROGRESS -> replace();
                case CANCELLING -> only(isQuiet() ? ended(InstanceRefreshStatus.CANCELLED, refresh.reason()) : refresh);
                default -> NONE;
            };
        }

        private static RefreshPlan only(InstanceRefresh next) {
            return new RefreshPlan(Optional.of(next), List.of());
        }

        private InstanceRefresh ended(InstanceRefreshStatus outcome, @Nullable String why) {
            return refresh.ended(outcome, why, facts.now());
        }

        private boolean isQuiet() {
            return group.members().stream()
                    .allMatch(member -> member.phase().underWay().isEmpty());
        }

        private RefreshPlan replace() {
            List<Member> left = group.members().stream().filter(this::isLeft).toList();
            long ready = group.staying().stream()
                    .filter(member -> checks.isReady(member, refresh.warmup()))
                    .count();
            int missing = Math.max(0, group.capacity().desired() - (int) ready);
            int gone = refresh.progress().total() - left.size();
            Progress progress = refresh.progress().seen(left.size(), Math.max(0, gone - missing), facts.now());
            InstanceRefresh seen = refresh.with(progress, null);
            if (left.isEmpty() && missing == 0) {
                return only(seen.ended(InstanceRefreshStatus.SUCCESSFUL, null, facts.now()));
            }
            if (!group.runs(ScalingProcess.INSTANCE_REFRESH)) {
                return only(seen);
            }
            if (facts.isOver(progress.since(), PATIENCE)) {
                String why = "The instance refresh made no progress for an hour.";
                return only(seen.ended(InstanceRefreshStatus.FAILED, why, facts.now()));
            }
            List<Member> serving = left.stream()
                    .filter(Member::stays)
                    .sorted(Comparator.comparing(Member::launched))
                    .toList();
            return new RefreshPlan(
                    Optional.of(refresh.with(progress, serving.isEmpty() ? waiting(left) : null)), serving);
        }

        private boolean isLeft(Member member) {
            boolean there = member.stays() || member.phase() instanceof Phase.Standby;
            return there && refresh.outdated().contains(member.instanceId());
        }

        private static @Nullable String waiting(List<Member> standingBy) {
            return standingBy.stream()
                    .findFirst()
                    .map(member -> "Waiting for remaining instances to be available. For example: "
                            + member.instanceId() + " is in standby.")
                    .orElse(null);
        }
    }
}

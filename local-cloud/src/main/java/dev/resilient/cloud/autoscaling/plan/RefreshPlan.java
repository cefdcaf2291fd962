package dev.resilient.cloud.autoscaling.plan;

import dev.resilient.cloud.autoscaling.group.Group;
import dev.resilient.cloud.autoscaling.group.Member;
import dev.resilient.cloud.autoscaling.group.Phase;
import dev.resilient.cloud.autoscaling.group.Refresh;
import dev.resilient.cloud.autoscaling.group.ScalingProcess;
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
record RefreshPlan(Optional<Refresh> refresh, List<Member> replaced) {
    private static final RefreshPlan NONE = new RefreshPlan(Optional.empty(), List.of());

    /** A refresh that gets no further for so long has failed. */
    private static final Duration PATIENCE = Duration.ofHours(1);

    /** The plan for this group. */
    static RefreshPlan of(Group group, Facts facts, HealthChecks checks) {
        return group.refresh()
                .map(refresh -> new Planner(group, facts, checks, refresh).plan())
                .orElse(NONE);
    }

    private record Planner(Group group, Facts facts, HealthChecks checks, Refresh refresh) {

        RefreshPlan plan() {
            return switch (refresh.shape().status()) {
                case PENDING -> only(refresh.in(InstanceRefreshStatus.IN_PROGRESS, null));
                case IN_PROGRESS -> replace();
                case CANCELLING -> only(isQuiet() ? cancelled() : refresh);
                default -> NONE;
            };
        }

        private Refresh cancelled() {
            String why = refresh.shape().statusReason();
            return refresh.ended(InstanceRefreshStatus.CANCELLED, why, facts.now());
        }

        private static RefreshPlan only(Refresh next) {
            return new RefreshPlan(Optional.of(next), List.of());
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
            int missing = Math.max(0, group.desired() - (int) ready);
            int gone = refresh.outdated().size() - left.size();
            Refresh seen = refresh.seen(left.size(), Math.max(0, gone - missing), facts.now())
                    .in(InstanceRefreshStatus.IN_PROGRESS, null);
            if (left.isEmpty() && missing == 0) {
                return only(seen.ended(InstanceRefreshStatus.SUCCESSFUL, null, facts.now()));
            }
            if (!group.runs(ScalingProcess.INSTANCE_REFRESH)) {
                return only(seen);
            }
            if (facts.isOver(seen.since(), PATIENCE)) {
                String why = "The instance refresh made no progress for an hour.";
                return only(seen.ended(InstanceRefreshStatus.FAILED, why, facts.now()));
            }
            List<Member> serving = left.stream()
                    .filter(Member::stays)
                    .sorted(Comparator.comparing(Member::launched))
                    .toList();
            Refresh next = serving.isEmpty() ? seen.in(InstanceRefreshStatus.IN_PROGRESS, waiting(left)) : seen;
            return new RefreshPlan(Optional.of(next), serving);
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

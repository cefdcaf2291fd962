package dev.resilient.scenario.guard;

import dev.resilient.scenario.guard.Decision.Reason;
import dev.resilient.scenario.guard.Decision.Refuse;
import dev.resilient.scenario.guard.Decision.Replace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whom to replace: a pure function of the fleet as it has been seen, the limits, and how many were replaced in this period.
 *
 * <p>What always holds, whatever the fleet: no more are replaced in a period than its share; nobody is when the cause must be
 * shared, nor in its grace; a zone keeps its last instance that may still work; and longer evidence against an instance never saves
 * it.
 */
public final class Decisions {
    /** The strongest case first; among equals the order of ids, so that two guards would choose the same. */
    private static final Comparator<Member> STRONGEST_CASE = Comparator.comparing(Member::mayStillWork)
            .thenComparing(Comparator.comparing(Member::lasting).reversed())
            .thenComparing(Member::instanceId);

    private final GuardLimits limits;
    private final List<Member> fleet;
    private final Map<String, Integer> usableInZone = new HashMap<>();
    private final int notWorking;
    private int left;

    private Decisions(GuardLimits limits, List<Member> fleet, int replacedInPeriod) {
        this.limits = limits;
        this.fleet = fleet;
        this.notWorking = notWorking(fleet);
        this.left = limits.most(fleet.size()) - replacedInPeriod;
        fleet.stream()
                .filter(member -> member.isWorking() || member.mayStillWork())
                .forEach(member -> usableInZone.merge(member.zone(), 1, Integer::sum));
    }

    /**
     * A decision about each instance that does not work, the strongest case first.
     *
     * @param fleet the instances in service
     * @param replacedInPeriod how many were replaced within the last period
     */
    public static List<Decision> of(GuardLimits limits, List<Member> fleet, int replacedInPeriod) {
        return new Decisions(limits, fleet, replacedInPeriod).all();
    }

    /** Whether so many of a fleet do not work that the cause must be shared. */
    static boolean areShared(GuardLimits limits, List<Member> fleet) {
        return limits.isShared(notWorking(fleet), fleet.size());
    }

    private static int notWorking(List<Member> fleet) {
        return (int) fleet.stream().filter(member -> !member.isWorking()).count();
    }

    private List<Decision> all() {
        List<Decision> decisions = new ArrayList<>();
        fleet.stream()
                .filter(member -> !member.isWorking())
                .sorted(STRONGEST_CASE)
                .forEach(member -> decisions.add(decide(member)));
        return List.copyOf(decisions);
    }

    private Decision decide(Member member) {
        Optional<Refuse> refusal = refusal(member);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        left--;
        if (member.mayStillWork()) {
            usableInZone.merge(member.zone(), -1, Integer::sum);
        }
        return new Replace(member.instanceId(), "it has %s for %s".formatted(said(member), seconds(member.lasting())));
    }

    private Optional<Refuse> refusal(Member member) {
        if (limits.isShared(notWorking, fleet.size())) {
            return refuse(
                    member,
                    Reason.SHARED_CAUSE,
                    "%d of %d do not work, so the cause must be one that they share"
                            .formatted(notWorking, fleet.size()));
        }
        if (member.inService().compareTo(limits.grace()) < 0) {
            return refuse(
                    member,
                    Reason.GRACE,
                    "it has been in service for %s only, and has %s of grace"
                            .formatted(seconds(member.inService()), seconds(limits.grace())));
        }
        Duration patience = limits.patience(member.condition());
        if (member.lasting().compareTo(patience) < 0) {
            return refuse(
                    member,
                    Reason.NOT_LONG_ENOUGH,
                    "it has %s for %s only, and %s are needed"
                            .formatted(said(member), seconds(member.lasting()), seconds(patience)));
        }
        if (member.mayStillWork() && usableInZone.getOrDefault(member.zone(), 0) <= 1) {
            return refuse(
                    member,
                    Reason.LAST_IN_ZONE,
                    "it answers the load balancer and is the last one in %s that may still work"
                            .formatted(member.zone()));
        }
        if (left <= 0) {
            return refuse(
                    member,
                    Reason.SHARE_USED,
                    "%d of %d may be replaced within %s, and were"
                            .formatted(limits.most(fleet.size()), fleet.size(), seconds(limits.period())));
        }
        return Optional.empty();
    }

    private static Optional<Refuse> refuse(Member member, Reason reason, String why) {
        return Optional.of(new Refuse(member.instanceId(), reason, why));
    }

    private static String said(Member member) {
        return member.condition() == Member.Condition.FAILING ? "said that it fails" : "said nothing";
    }

    private static String seconds(Duration duration) {
        return duration.toSeconds() + " s";
    }
}

package dev.resilient.loadbalancer.rotation;

import dev.resilient.loadbalancer.http.RequestHead;
import dev.resilient.loadbalancer.target.TargetGroupSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A group's being in use.
 *
 * @param owner the load balancer whose listeners forward to the group
 * @param count how many times they do
 * @param strategies how the group's algorithm chooses
 * @param sessions which clients they do not choose for
 * @param detector compares its targets for as long as the group stays in use
 */
record Use(Owner owner, int count, Strategies strategies, Sessions sessions, AnomalyDetector detector) {

    static Use first(Owner owner, String group, TargetGroupSettings settings) {
        return new Use(
                owner,
                1,
                new Strategies(settings.algorithm(), owner),
                Sessions.of(settings.stickiness(), group, owner),
                new AnomalyDetector());
    }

    Use withCount(int newCount) {
        return new Use(owner, newCount, strategies, sessions, detector);
    }

    /** An algorithm that stays goes on where it is. */
    Use changed(String group, TargetGroupSettings before, TargetGroupSettings after) {
        boolean same = before.algorithm().equals(after.algorithm());
        return new Use(
                owner,
                count,
                same ? strategies : new Strategies(after.algorithm(), owner),
                Sessions.of(after.stickiness(), group, owner),
                detector);
    }

    /**
     * One of {@code members}, which are at least one.
     *
     * @param zone that the request has to stay in; null if it may go anywhere
     */
    Choice choose(RequestHead request, List<Member> members, @Nullable String zone) {
        return sessions.choose(request, members, strategies.in(zone));
    }
}

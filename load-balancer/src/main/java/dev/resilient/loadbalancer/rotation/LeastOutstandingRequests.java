package dev.resilient.loadbalancer.rotation;

import java.util.List;

/** The one with the fewest requests in flight; among equals, each in turn. */
final class LeastOutstandingRequests implements Strategy {
    private final RoundRobin equals = new RoundRobin();

    @Override
    public Member choose(List<Member> members) {
        int first = equals.next(members.size());
        Member best = members.get(first);
        for (int i = 1; i < members.size(); i++) {
            Member other = members.get((first + i) % members.size());
            if (other.routed().inFlight() < best.routed().inFlight()) {
                best = other;
            }
        }
        return best;
    }
}

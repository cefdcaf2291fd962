package dev.resilient.loadbalancer.rotation;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Each in turn. */
final class RoundRobin implements Strategy {
    private final AtomicInteger turn = new AtomicInteger();

    @Override
    public Member choose(List<Member> members) {
        return members.get(next(members.size()));
    }

    /** Whose turn it is among so many. */
    int next(int among) {
        return Math.floorMod(turn.getAndIncrement(), among);
    }
}

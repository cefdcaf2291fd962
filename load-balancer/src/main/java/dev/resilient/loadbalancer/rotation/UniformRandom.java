package dev.resilient.loadbalancer.rotation;

import java.util.List;
import java.util.random.RandomGenerator;

/** Any, with equal chances. */
record UniformRandom(RandomGenerator random) implements Strategy {
    @Override
    public Member choose(List<Member> members) {
        return members.get(random.nextInt(members.size()));
    }
}

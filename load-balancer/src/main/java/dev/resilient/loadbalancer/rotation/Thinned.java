package dev.resilient.loadbalancer.rotation;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;

/**
 * Another strategy, of whose choices only a share stands: a choice is kept with the probability that is the member's share, and made
 * again otherwise. So members with the same share keep equal chances, and nothing has to be computed when shares change.
 *
 * @param share of the requests that the other strategy would give a member; from 0 to 1
 */
record Thinned(Strategy strategy, ToDoubleFunction<Member> share, RandomGenerator random) implements Strategy {
    /** How often everybody may be passed over before somebody is taken all the same. */
    private static final int ROUNDS = 3;

    @Override
    public Member choose(List<Member> members) {
        Member chosen = strategy.choose(members);
        for (int again = members.size() * ROUNDS; again > 0 && !stands(chosen); again--) {
            chosen = strategy.choose(members);
        }
        return chosen;
    }

    private boolean stands(Member chosen) {
        double itsShare = share.applyAsDouble(chosen);
        return itsShare >= 1 || random.nextDouble() < itsShare;
    }
}

package dev.resilient.loadbalancer.rule;

import dev.resilient.loadbalancer.rotation.Rotation;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Target groups that share requests by weight. */
public final class SharedGroups {
    private final List<Share> shares;
    private final int total;
    private final RandomGenerator random;

    /**
     * Groups in the order in which they are named.
     *
     * @param random decides which group a request goes to; thread-safe
     */
    public SharedGroups(List<Share> shares, RandomGenerator random) {
        this.shares = List.copyOf(shares);
        this.total = shares.stream().mapToInt(Share::weight).sum();
        this.random = random;
    }

    /** The group for one request; null if no group has a weight. */
    public @Nullable Rotation choose() {
        if (total == 0) {
            return null;
        }
        if (shares.size() == 1) {
            return shares.getFirst().rotation();
        }
        int drawn = random.nextInt(total);
        for (Share share : shares) {
            if (drawn < share.weight) {
                return share.rotation;
            }
            drawn -= share.weight;
        }
        throw new AssertionError("drew more than all weights together");
    }

    /** One group and its weight, relative to the others'. */
    public record Share(Rotation rotation, int weight) {}
}

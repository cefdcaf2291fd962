package dev.resilient.loadbalancer.rule;

import dev.resilient.loadbalancer.http.RequestHead;
import dev.resilient.loadbalancer.rotation.Choice;
import dev.resilient.loadbalancer.rotation.Rotation;
import dev.resilient.loadbalancer.rotation.SessionCookie;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Target groups that share requests by weight. Thread-safe. */
public final class SharedGroups {
    private final List<Share> shares;
    private final int total;
    private final RandomGenerator random;
    private final @Nullable SessionCookie cookie;

    /**
     * Groups in the order in which they are named.
     *
     * @param random decides which group a request goes to; thread-safe
     * @param cookie by which a client comes back to the group it was given; null if it does not
     */
    public SharedGroups(List<Share> shares, RandomGenerator random, @Nullable SessionCookie cookie) {
        this.shares = List.copyOf(shares);
        this.total = shares.stream().mapToInt(Share::weight).sum();
        this.random = random;
        this.cookie = cookie;
    }

    /** The group that a request falls to; null if no group has a weight. */
    public @Nullable Rotation groupFor(RequestHead request) {
        Rotation had = cookie == null ? null : find(cookie.read(request));
        return had == null ? draw() : had;
    }

    /**
     * The target for a request in the group that it fell to; null if that has none.
     *
     * @param zone by which the request came in; null if the load balancer knows no zones
     */
    public @Nullable Choice targetIn(Rotation group, RequestHead request, @Nullable String zone) {
        Choice choice = group.choose(request, zone);
        return choice == null || cookie == null ? choice : choice.with(response -> cookie.lines(group.name()));
    }

    /** A group that has lost its weight keeps the clients that it has. */
    private @Nullable Rotation find(@Nullable String name) {
        return shares.stream()
                .map(Share::rotation)
                .filter(rotation -> rotation.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    private @Nullable Rotation draw() {
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

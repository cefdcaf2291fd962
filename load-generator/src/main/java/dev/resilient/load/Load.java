package dev.resilient.load;

import java.net.URI;
import java.time.Duration;

/**
 * What to send.
 *
 * @param target an http address; its path is requested with GET
 * @param requestsPerSecond more than 0, up to 1,000,000
 * @param patience how long a user waits for an answer, from when the request was due; positive
 * @param connections how many may be open at once, 1 or more; a request that finds none free waits for one
 * @param threads how many threads share the work, 1 or more
 */
public record Load(URI target, double requestsPerSecond, Duration patience, int connections, int threads) {
    private static final double HIGHEST_RATE = 1_000_000;

    /** Checks every component. */
    public Load {
        require("http".equals(target.getScheme()) && target.getHost() != null, "not an http address: " + target);
        require(
                requestsPerSecond > 0 && requestsPerSecond <= HIGHEST_RATE,
                "a rate is more than 0 and at most 1000000, not " + requestsPerSecond);
        require(patience.isPositive(), "patience must be positive");
        require(threads >= 1, "at least one thread is needed");
        require(connections >= threads, "each thread needs a connection");
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}

package dev.resilient.cloud.ec2.metadata;

import dev.resilient.cloud.base.Ids;
import dev.resilient.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The session tokens of one instance's metadata service. They are good for this instance only. Thread-safe. */
final class MetadataTokens {
    static final Duration LONGEST = Duration.ofHours(6);
    private static final int LENGTH = 56;

    private final TimeSource time;
    private final Ids ids;
    private final Map<String, Instant> expirations = new ConcurrentHashMap<>();

    MetadataTokens(TimeSource time, Ids ids) {
        this.time = time;
        this.ids = ids;
    }

    /** A new token that is good for {@code timeToLive}. */
    String issue(Duration timeToLive) {
        Instant now = time.instant();
        expirations.values().removeIf(expiration -> !now.isBefore(expiration));
        String token = ids.capitalsAndDigits(LENGTH) + "==";
        expirations.put(token, now.plus(timeToLive));
        return token;
    }

    /** Whether a token was issued here and has not expired. */
    boolean isValid(String token) {
        Instant expiration = expirations.get(token);
        return expiration != null && time.instant().isBefore(expiration);
    }
}

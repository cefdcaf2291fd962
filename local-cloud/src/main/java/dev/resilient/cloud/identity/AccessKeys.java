package dev.resilient.cloud.identity;

import dev.resilient.cloud.base.CloudContext;
import dev.resilient.cloud.base.Ids;
import dev.resilient.cloud.store.ResourceMap;
import dev.resilient.time.TimeSource;
import dev.resilient.wire.Caller;
import dev.resilient.wire.Gate.AccessKey;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Every access key of the account: long-term ones of users and temporary ones of role sessions. Thread-safe.
 *
 * <p>Expired keys stay for a day, so that their holders hear that they have expired and not that there is no such key.
 */
public final class AccessKeys {
    private static final Duration KEPT_AFTER_EXPIRATION = Duration.ofDays(1);
    private final ResourceMap<AccessKey> keys;
    private final Ids ids;
    private final TimeSource time;

    /** The keys that the store has. */
    public AccessKeys(CloudContext cloud) {
        this.keys = cloud.store().map("identity.keys");
        this.ids = cloud.ids();
        this.time = cloud.time();
    }

    /** A new key that never expires. */
    public AccessKey createLongTerm(Caller caller) {
        return addLongTerm("AKIA" + ids.capitalsAndDigits(16), ids.base64(30), caller);
    }

    /** A key of this caller that never expires: the first one, if there is one already. */
    public AccessKey longTermOf(Caller caller) {
        return keys.list().stream()
                .filter(key -> key.expiration() == null && key.caller().arn().equals(caller.arn()))
                .findFirst()
                .orElseGet(() -> createLongTerm(caller));
    }

    /** A key that never expires, with the id and secret that the user chose. */
    public AccessKey addLongTerm(String id, String secret, Caller caller) {
        AccessKey key = new AccessKey(id, secret, null, null, caller);
        keys.put(id, key);
        return key;
    }

    /** A new temporary key that works for {@code duration} from now, to the second. */
    public AccessKey createTemporary(Caller caller, Duration duration) {
        Instant now = time.instant();
        dropLongExpired(now);
        AccessKey key = new AccessKey(
                "ASIA" + ids.capitalsAndDigits(16),
                ids.base64(30),
                ids.base64(240),
                now.plus(duration).truncatedTo(ChronoUnit.SECONDS),
                caller);
        keys.put(key.id(), key);
        return key;
    }

    /** The key with this id, expired or not. */
    Optional<AccessKey> find(String id) {
        return keys.find(id);
    }

    private void dropLongExpired(Instant now) {
        Instant limit = now.minus(KEPT_AFTER_EXPIRATION);
        for (AccessKey key : keys.list()) {
            if (key.expiration() != null && key.expiration().isBefore(limit)) {
                keys.remove(key.id());
            }
        }
    }
}

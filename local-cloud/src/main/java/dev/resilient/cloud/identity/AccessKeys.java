package dev.resilient.cloud.identity;

import dev.resilient.cloud.base.CloudContext;
import dev.resilient.cloud.base.Ids;
import dev.resilient.cloud.store.Hindsight;
import dev.resilient.cloud.store.ResourceMap;
import dev.resilient.time.TimeSource;
import dev.resilient.wire.Caller;
import dev.resilient.wire.Gate.AccessKey;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Every access key of the account: long-term ones of users and temporary ones of sessions. Thread-safe.
 *
 * <p>Expired keys stay for a day, so that their holders hear that they have expired and not that there is no such key.
 */
public final class AccessKeys {
    private static final Duration KEPT_AFTER_EXPIRATION = Duration.ofDays(1);
    private final ResourceMap<IssuedKey> keys;
    private final Ids ids;
    private final TimeSource time;

    /** The keys that the store has. */
    public AccessKeys(CloudContext cloud) {
        this.keys = cloud.store().map("identity.keys");
        this.ids = cloud.ids();
        this.time = cloud.time();
    }

    /**
     * A key with its history.
     *
     * @param created to the second
     * @param active whether it works; a user's keys can be switched off
     */
    public record IssuedKey(AccessKey key, Instant created, boolean active) {

        /** Whether it never expires. */
        public boolean isLongTerm() {
            return key.expiration() == null;
        }

        private IssuedKey activated(boolean works) {
            return new IssuedKey(key, created, works);
        }
    }

    /** A new key that never expires. */
    public AccessKey createLongTerm(Caller caller) {
        return add("AKIA" + ids.capitalsAndDigits(16), Optional.empty(), caller).key();
    }

    /** A key of this caller that never expires: the first one, if there is one already. */
    public AccessKey longTermOf(Caller caller) {
        return longTermKeys(caller.userId()).stream()
                .findFirst()
                .map(IssuedKey::key)
                .orElseGet(() -> createLongTerm(caller));
    }

    /** The keys of the user with this id that never expire, in the order of their ids. */
    public List<IssuedKey> longTermKeys(String userId) {
        return keys.list().stream()
                .filter(key -> key.isLongTerm() && key.key().caller().userId().equals(userId))
                .toList();
    }

    /** A new temporary key that works for {@code duration} from now, to the second. */
    public AccessKey createTemporary(Caller caller, Duration duration) {
        Instant now = time.instant();
        dropLongExpired(now);
        return add("ASIA" + ids.capitalsAndDigits(16), Optional.of(now.plus(duration)), caller)
                .key();
    }

    /** The key with this id, in whatever state. A session's key carries all in its token, so that it is known at once. */
    public Optional<IssuedKey> find(String id) {
        return id.startsWith("ASIA") ? Hindsight.now(() -> keys.find(id)) : keys.find(id);
    }

    /** Switches a key on or off. */
    public void activate(String id, boolean works) {
        keys.update(id, key -> key.activated(works));
    }

    /** Forgets a key. */
    public void delete(String id) {
        keys.remove(id);
    }

    private IssuedKey add(String id, Optional<Instant> expiration, Caller caller) {
        AccessKey key = new AccessKey(
                id,
                ids.base64(30),
                expiration.map(end -> ids.base64(240)).orElse(null),
                expiration.map(end -> end.truncatedTo(ChronoUnit.SECONDS)).orElse(null),
                caller.with(id));
        IssuedKey issued = new IssuedKey(key, time.instant().truncatedTo(ChronoUnit.SECONDS), true);
        keys.put(id, issued);
        return issued;
    }

    private void dropLongExpired(Instant now) {
        Instant limit = now.minus(KEPT_AFTER_EXPIRATION);
        for (IssuedKey issued : keys.list()) {
            Instant expiration = issued.key().expiration();
            if (expiration != null && expiration.isBefore(limit)) {
                keys.remove(issued.key().id());
            }
        }
    }
}

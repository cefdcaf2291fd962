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
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Every access key of the account: long-term ones of users and temporary ones of sessions. Thread-safe.
 *
 * <p>Expired keys stay for a day, so that their holders hear that they have expired and not that there is no such key. When a
 * key was last used is stored once a minute at most, as otherwise each call would write.
 */
public final class AccessKeys {
    private static final Duration KEPT_AFTER_EXPIRATION = Duration.ofDays(1);
    private final Map<String, Use> uses = new ConcurrentHashMap<>();
    private final ResourceMap<IssuedKey> keys;
    private final ResourceMap<Use> storedUses;
    private final Ids ids;
    private final TimeSource time;

    /** The keys that the store has. */
    public AccessKeys(CloudContext cloud) {
        this.keys = cloud.store().map("identity.keys");
        this.storedUses = cloud.store().map("identity.key-uses");
        this.ids = cloud.ids();
        this.time = cloud.time();
    }

    /**
     * A key with its history.
     *
     * @param created to the second
     * @param active whether it works; a user's keys can be switched off
     * @param session what the session that it belongs to is like
     */
    public record IssuedKey(AccessKey key, Instant created, boolean active, Session session) {

        /** Whether it never expires. */
        public boolean isLongTerm() {
            return key.expiration() == null;
        }

        private IssuedKey activated(boolean works) {
            return new IssuedKey(key, created, works, session);
        }
    }

    /**
     * When a key has signed its latest call, and for what.
     *
     * @param at to the second
     */
    public record Use(Instant at, String service, String region) {}

    /** A new key that never expires. */
    public AccessKey createLongTerm(Caller caller) {
        return add("AKIA" + ids.capitalsAndDigits(16), Optional.empty(), caller, Session.PLAIN)
                .key();
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
        return createTemporary(caller, duration, Session.PLAIN);
    }

    /** A new temporary key for such a session. */
    public AccessKey createTemporary(Caller caller, Duration duration, Session session) {
        Instant now = time.instant();
        dropLongExpired(now);
        return add("ASIA" + ids.capitalsAndDigits(16), Optional.of(now.plus(duration)), caller, session)
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
        uses.remove(id);
        storedUses.remove(id);
    }

    /** When the key with this id was used last; empty if it never was. */
    public Optional<Use> lastUse(String id) {
        return Optional.ofNullable(uses.get(id)).or(() -> storedUses.find(id));
    }

    /** Takes down that a key has just been used. */
    void used(String id, String service, String region) {
        if (keys.find(id).filter(IssuedKey::isLongTerm).isEmpty()) {
            return;
        }
        Use use = new Use(time.instant().truncatedTo(ChronoUnit.SECONDS), service, region);
        Use before = uses.put(id, use);
        if (before == null || !minute(before).equals(minute(use))) {
            storedUses.put(id, use);
        }
    }

    private static Instant minute(Use use) {
        return use.at().truncatedTo(ChronoUnit.MINUTES);
    }

    private IssuedKey add(String id, Optional<Instant> expiration, Caller caller, Session session) {
        AccessKey key = new AccessKey(
                id,
                ids.base64(30),
                expiration.map(end -> ids.base64(240)).orElse(null),
                expiration.map(end -> end.truncatedTo(ChronoUnit.SECONDS)).orElse(null),
                caller.with(id));
        IssuedKey issued = new IssuedKey(key, time.instant().truncatedTo(ChronoUnit.SECONDS), true, session);
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

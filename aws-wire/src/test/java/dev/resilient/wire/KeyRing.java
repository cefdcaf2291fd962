package dev.resilient.wire;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A gate with a handful of keys that allows everything but the actions it was told to deny, and remembers what it was asked. */
public final class KeyRing implements Gate {
    public static final String ID = "AKIDEXAMPLE";
    public static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    public static final Caller ALICE = new Caller("123456789012", "arn:aws:iam::123456789012:user/alice", "AIDAALICE");
    public final List<String> denied = new ArrayList<>();
    public final List<String> asked = new CopyOnWriteArrayList<>();
    private final Map<String, AccessKey> keys = new ConcurrentHashMap<>();

    public KeyRing() {
        add(new AccessKey(ID, SECRET, null, null, ALICE));
    }

    public void add(AccessKey key) {
        keys.put(key.id(), key);
    }

    public void addSession(String id, String token, Instant expiration) {
        add(new AccessKey(id, SECRET, token, expiration, ALICE));
    }

    @Override
    public Optional<AccessKey> accessKey(String accessKeyId) {
        return Optional.ofNullable(keys.get(accessKeyId));
    }

    @Override
    public Decision decide(Caller caller, Access.Question question, Origin origin) {
        String action = question.action();
        String resource = question.resource();
        asked.add(action + " on " + resource);
        return denied.contains(action)
                ? new Decision.Denied("User: " + caller.arn() + " is not authorized to perform: " + action
                        + " on resource: " + resource + " because no identity-based policy allows the " + action
                        + " action")
                : new Decision.Allowed();
    }
}

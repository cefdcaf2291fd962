package dev.resilient.cloud.identity;

import java.util.List;
import java.util.Map;

/**
 * What whoever opened a session made of it.
 *
 * @param policies what the session may be allowed at most; empty for whatever its principal may
 * @param tags of the session, which stand over those of its principal
 */
public record Session(List<PolicyDocument> policies, Map<String, String> tags) {
    /** A session like its principal. */
    public static final Session PLAIN = new Session(List.of(), Map.of());

    /** Keeps its own copies. */
    public Session {
        policies = List.copyOf(policies);
        tags = Map.copyOf(tags);
    }
}

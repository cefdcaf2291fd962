package dev.resilient.loadbalancer.rule;

import dev.resilient.loadbalancer.http.RequestHead;
import java.util.List;

/**
 * A rule, made ready for the event loops.
 *
 * @param priority 0 for the default action, which has no conditions
 * @param hosts one of these must match the host asked for; empty for any host
 * @param paths one of these must match the path asked for; empty for any path
 */
public record CompiledRule(int priority, List<Wildcard> hosts, List<Wildcard> paths, Route route) {

    static CompiledRule ofDefault(Route route) {
        return new CompiledRule(0, List.of(), List.of(), route);
    }

    boolean matches(RequestHead request) {
        return matches(hosts, request.host(), request.host().length())
                && matches(paths, request.path(), request.pathLength());
    }

    private static boolean matches(List<Wildcard> patterns, String text, int end) {
        for (int i = 0; i < patterns.size(); i++) {
            if (patterns.get(i).matches(text, end)) {
                return true;
            }
        }
        return patterns.isEmpty();
    }
}

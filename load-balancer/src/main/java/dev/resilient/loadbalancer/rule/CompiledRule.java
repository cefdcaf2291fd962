package dev.resilient.loadbalancer.rule;

import dev.resilient.loadbalancer.http.RequestHead;
import java.net.InetAddress;
import java.util.List;

/**
 * A rule, made ready for the event loops.
 *
 * @param priority 0 for the default action, which has no criteria
 * @param criteria all must hold
 */
public record CompiledRule(int priority, List<Criterion> criteria, Route route) {

    static CompiledRule ofDefault(Route route) {
        return new CompiledRule(0, List.of(), route);
    }

    boolean matches(RequestHead request, InetAddress client) {
        for (int i = 0; i < criteria.size(); i++) {
            if (!criteria.get(i).holds(request, client)) {
                return false;
            }
        }
        return true;
    }
}

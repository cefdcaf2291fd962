package dev.resilient.loadbalancer.rule;

import dev.resilient.loadbalancer.http.RequestHead;
import java.net.InetAddress;
import java.util.List;

/**
 * A rule, made ready for the event loops.
 *
 * @param priority 0 for the default action, which has no criteria
 * @param criteria all must hold
 * @param evaluated how many rules have been tried when this one decides, itself included and the default action not
 */
public record CompiledRule(int priority, List<Criterion> criteria, Route route, int evaluated) {

    /** One that has no place in a table yet. */
    public CompiledRule(int priority, List<Criterion> criteria, Route route) {
        this(priority, criteria, route, 0);
    }

    CompiledRule after(int rules) {
        return new CompiledRule(priority, criteria, route, rules);
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

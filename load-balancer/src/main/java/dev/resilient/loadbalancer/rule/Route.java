package dev.resilient.loadbalancer.rule;

import dev.resilient.loadbalancer.http.BalancerResponse;
import dev.resilient.loadbalancer.http.RequestHead;
import java.net.InetSocketAddress;

/** What is done with one request: an action, made ready for the event loops. */
public sealed interface Route {

    /** Sends it to a target of one of the groups. */
    record ToTarget(SharedGroups groups) implements Route {}

    /** Answers it without a target. */
    record Answer(int status, BalancerResponse response) implements Route {}

    /** Answers it with another URL. */
    record Redirect(int status, RedirectTemplate template) implements Route {

        /**
         * Where to.
         *
         * @param local the address that the request came in on
         */
        public String location(RequestHead request, InetSocketAddress local) {
            return template.resolve(request, local);
        }
    }
}

package dev.resilient.loadbalancer;

import dev.resilient.loadbalancer.event.Exchange;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What everybody sees of a fault, in the words of the fault matrix.
 *
 * @param client the statuses that came, and what became of its connection
 * @param target what became of its connection
 * @param recorded the finished requests, each with its status and the balancer's reason
 */
record FaultOutcome(String client, String target, String recorded) {
    static final String NOTHING = "nothing";

    /** Whether the client is still there, and its connection too. */
    boolean keepsClient() {
        return client.endsWith("kept");
    }

    boolean keepsTarget() {
        return target.equals("kept");
    }

    /** How many finished requests there are. */
    int exchanges() {
        return recorded.equals(NOTHING) ? 0 : recorded.split(", ").length;
    }

    static String recorded(List<Exchange> exchanges) {
        return exchanges.isEmpty()
                ? NOTHING
                : exchanges.stream()
                        .map(exchange -> exchange.status()
                                + exchange.reason().map(reason -> " " + reason).orElse(""))
                        .collect(Collectors.joining(", "));
    }
}

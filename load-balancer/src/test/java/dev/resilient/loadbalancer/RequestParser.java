package dev.resilient.loadbalancer;

import java.util.List;

/** Somebody else's reader of requests, to see what the balancer's target would see. */
interface RequestParser {

    /** Reads on; one character for each byte. */
    void feed(byte[] bytes);

    /** The complete requests so far. */
    List<Parsed> requests();

    /** Whether there was something that is no request, after which nothing more is read. */
    boolean isMalformed();

    /**
     * A complete request.
     *
     * @param line method and request target
     * @param body how many bytes its body has, without framing
     */
    record Parsed(String line, long body) {}
}

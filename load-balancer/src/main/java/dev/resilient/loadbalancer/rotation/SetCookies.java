package dev.resilient.loadbalancer.rotation;

import dev.resilient.loadbalancer.http.ResponseHead;

/** What is added to a response so that its client comes back to what it was given. */
@FunctionalInterface
public interface SetCookies {
    /** Nothing. */
    SetCookies NONE = response -> "";

    /** Fields, each as a line that ends in CRLF; empty for none. */
    String lines(ResponseHead response);
}

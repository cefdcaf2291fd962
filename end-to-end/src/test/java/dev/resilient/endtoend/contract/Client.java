package dev.resilient.endtoend.contract;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A program of somebody else's that calls the endpoint. Questions and replies are JSON, in AWS's own names of members.
 *
 * <p>A question has {@code do} ({@code call}, {@code wait} or {@code pages}), {@code service} (as boto3 names it),
 * {@code operation} (or the waiter's name), {@code input}, and for pages their {@code size} and the member {@code limit} that
 * asks for it. A reply has {@code output}, or the {@code code} and {@code text} of an error; and {@code status},
 * {@code requestId} and the number of {@code pages} as far as the client tells them.
 */
interface Client extends AutoCloseable {

    /** What failures call it. */
    String name();

    /** The reply to a question; an error of the service is a reply, too. */
    JsonNode ask(JsonNode question);

    @Override
    void close();
}

package dev.resilient.wire;

/**
 * What surrounds a request: who makes it, and what came with it.
 *
 * @param caller the verified identity behind the call
 * @param requestId the id that the response carries
 * @param payload the body of a streaming operation, decoded and verified; empty for every other one
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody, and copying objects of megabytes would be the only use
public record Call(Caller caller, String requestId, byte[] payload) {}

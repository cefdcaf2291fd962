package dev.resilient.wire;

import dev.resilient.wire.Gate.Decision;
import dev.resilient.wire.Gate.Origin;

/**
 * What surrounds a request: who makes it, and what came with it.
 *
 * @param caller the verified identity behind the call
 * @param requestId the id that the response carries
 * @param payload the body of a streaming operation, decoded and verified; empty for every other one
 * @param origin where it comes from
 * @param gate whom to ask what else the caller may do
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody, and copying objects of megabytes would be the only use
public record Call(Caller caller, String requestId, byte[] payload, Origin origin, Gate gate) {

    /** What IAM says to a question that names its action. */
    public Decision ask(Access.Question question) {
        return gate.decide(caller, question, origin);
    }
}

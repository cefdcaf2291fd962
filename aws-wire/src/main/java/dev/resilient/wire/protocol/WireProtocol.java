package dev.resilient.wire.protocol;

import dev.resilient.wire.Invocation;
import dev.resilient.wire.OperationRegistry;
import dev.resilient.wire.Reply;
import dev.resilient.wire.ServiceError;
import dev.resilient.wire.ServiceModel;
import dev.resilient.wire.constraint.ConstraintTree;
import dev.resilient.wire.constraint.Violation;
import dev.resilient.wire.http.WireRequest;
import dev.resilient.wire.http.WireResponse;
import dev.resilient.wire.signature.Verdict;
import java.util.List;
import software.amazon.awssdk.awscore.AwsRequest;

/**
 * One service's side of the wire: how its requests name operations and carry members, how its responses and errors look.
 * Implementations keep no state and are thread-safe.
 */
public sealed interface WireProtocol permits QueryProtocol, Ec2QueryProtocol, JsonProtocol, RestXmlProtocol {

    /** The protocol that a service speaks. */
    static WireProtocol of(ServiceModel model) {
        return switch (model.protocol()) {
            case ServiceModel.Protocol.Query query -> new QueryProtocol(model.version(), query.namespace());
            case ServiceModel.Protocol.Ec2Query query -> new Ec2QueryProtocol(query.namespace());
            case ServiceModel.Protocol.Json json -> new JsonProtocol(json);
            case ServiceModel.Protocol.RestXml rest -> new RestXmlProtocol(rest.namespace());
        };
    }

    /** Which operation a request means; throws {@link ServiceError} for one that names none or one that is not supported. */
    Invocation<?, ?> resolve(WireRequest request, OperationRegistry operations);

    /** The typed request; throws {@link ServiceError} if something in it cannot be read. */
    <I extends AwsRequest> I read(Invocation<I, ?> invocation, WireRequest request);

    /** The response of success. */
    WireResponse write(Invocation<?, ?> invocation, Reply<?> reply, String requestId);

    /** The response of failure. */
    WireResponse error(ServiceError error, String requestId);

    /** The error for a request whose signature is not accepted. */
    ServiceError rejected(Verdict.Invalid verdict);

    /** The error for a caller who may not do this. */
    ServiceError denied(String message);

    /** The error for a request that breaks input rules; there is at least one violation. */
    ServiceError invalid(List<Violation> violations);

    /** How errors name the members of a request. */
    ConstraintTree.Naming naming();

    /** The error for a body of more than {@code limit} bytes. */
    ServiceError tooLarge(int limit);
}

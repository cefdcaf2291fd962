package dev.resilient.wire.protocol;

import dev.resilient.wire.Invocation;
import dev.resilient.wire.OperationRegistry;
import dev.resilient.wire.Reply;
import dev.resilient.wire.ServiceError;
import dev.resilient.wire.constraint.ConstraintTree;
import dev.resilient.wire.constraint.Violation;
import dev.resilient.wire.http.WireRequest;
import dev.resilient.wire.http.WireResponse;
import dev.resilient.wire.shape.FormValue;
import dev.resilient.wire.shape.ShapeReader;
import dev.resilient.wire.shape.TimestampForm;
import dev.resilient.wire.shape.WireValue;
import dev.resilient.wire.shape.XmlShapeWriter;
import dev.resilient.wire.signature.Verdict;
import java.util.List;
import software.amazon.awssdk.awscore.AwsRequest;

/**
 * EC2's dialect of the query protocol: lists are flattened, members of the response stand beside the request's id, and errors
 * have a document of their own.
 *
 * @param namespace the XML namespace of responses
 */
record Ec2QueryProtocol(String namespace) implements WireProtocol {
    private static final ShapeReader READER = new ShapeReader(TimestampForm.ISO_8601);

    @Override
    public Invocation<?, ?> resolve(WireRequest request, OperationRegistry operations) {
        String action =
                QueryProtocol.value(QueryProtocol.form(request), "Action").orElseThrow(QueryProtocol::noAction);
        return operations
                .find(action)
                .<Invocation<?, ?>>map(operation -> new Invocation<>(operation, action))
                .orElseThrow(() -> QueryProtocol.unsupported(action));
    }

    @Override
    public <I extends AwsRequest> I read(Invocation<I, ?> invocation, WireRequest request) {
        try {
            return invocation.request(
                    READER.read(invocation.builder(), FormValue.of(QueryProtocol.form(request), true)));
        } catch (WireValue.Malformed malformed) {
            throw ServiceError.badRequest("InvalidParameterValue", malformed.getMessage());
        }
    }

    @Override
    public WireResponse write(Invocation<?, ?> invocation, Reply<?> reply, String requestId) {
        String root = invocation.name() + "Response";
        XmlShapeWriter xml = new XmlShapeWriter(TimestampForm.ISO_8601_MILLIS)
                .open(root, namespace)
                .text("requestId", requestId);
        if (reply.response().sdkFields().isEmpty()) {
            xml.text("return", "true");
        }
        byte[] body = xml.members(reply.response()).close(root).bytes();
        return new WireResponse(200, QueryProtocol.headers(requestId), body);
    }

    @Override
    public WireResponse error(ServiceError error, String requestId) {
        byte[] body = new XmlShapeWriter()
                .open("Response")
                .open("Errors")
                .open("Error")
                .text("Code", error.code())
                .text("Message", error.getMessage())
                .close("Error")
                .close("Errors")
                .text("RequestID", requestId)
                .close("Response")
                .bytes();
        return new WireResponse(error.status(), QueryProtocol.headers(requestId), body, error.code());
    }

    @Override
    public ServiceError rejected(Verdict.Invalid verdict) {
        return switch (verdict.flaw()) {
            case UNSIGNED ->
                ServiceError.badRequest("MissingParameter", "The request must contain the parameter AWSAccessKeyId");
            case INCOMPLETE -> ServiceError.badRequest("IncompleteSignature", verdict.message());
            case TOO_LATE, EXPIRED_TOKEN, PRESIGNED_EXPIRED ->
                ServiceError.badRequest("RequestExpired", "Request has expired.");
            case UNKNOWN_KEY, WRONG_TOKEN, MISMATCH, TOO_EARLY, CONTENT_MISMATCH, WRONG_CHECKSUM ->
                unauthenticated("AWS was not able to validate the provided access credentials");
            case WRONG_SCOPE, UNSIGNED_HEADER, NO_CONTENT_HASH, BROKEN_BODY -> unauthenticated(verdict.message());
        };
    }

    private static ServiceError unauthenticated(String message) {
        return new ServiceError("AuthFailure", 401, message);
    }

    @Override
    public ServiceError denied(String message) {
        return new ServiceError(
                "UnauthorizedOperation", 403, "You are not authorized to perform this operation. " + message);
    }

    @Override
    public ServiceError invalid(List<Violation> violations) {
        Violation first = violations.getFirst();
        return first.isAbsence()
                ? ServiceError.badRequest(
                        "MissingParameter", "The request must contain the parameter " + first.path() + ".")
                : ServiceError.badRequest(
                        "InvalidParameterValue",
                        "Value (" + first.value() + ") for parameter " + first.path() + " is invalid. " + first.rule()
                                + ".");
    }

    @Override
    public ConstraintTree.Naming naming() {
        return ConstraintTree.Naming.WIRE;
    }

    @Override
    public ServiceError tooLarge(int limit) {
        return new ServiceError("RequestEntityTooLarge", 413, "The request must be at most " + limit + " bytes.");
    }
}

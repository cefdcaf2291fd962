package dev.resilient.wire.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resilient.wire.Invocation;
import dev.resilient.wire.OperationRegistry;
import dev.resilient.wire.Reply;
import dev.resilient.wire.ServiceError;
import dev.resilient.wire.constraint.ConstraintTree;
import dev.resilient.wire.constraint.Violation;
import dev.resilient.wire.http.Parameter;
import dev.resilient.wire.http.WireRequest;
import dev.resilient.wire.http.WireResponse;
import dev.resilient.wire.shape.FormValue;
import dev.resilient.wire.shape.ShapeReader;
import dev.resilient.wire.shape.TimestampForm;
import dev.resilient.wire.shape.WireValue;
import dev.resilient.wire.shape.XmlShapeWriter;
import dev.resilient.wire.signature.Verdict;
import dev.resilient.wire.signature.Verdict.Flaw;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.awscore.AwsRequest;

/**
 * The AWS query protocol: a form in, XML out.
 *
 * @param version the API version that requests must carry, if they carry one: two services with one signing name differ here
 * @param namespace the XML namespace of responses
 */
public record QueryProtocol(String version, String namespace) implements WireProtocol {
    private static final ShapeReader READER = new ShapeReader(TimestampForm.ISO_8601);

    @Override
    public Invocation<?, ?> resolve(WireRequest request, OperationRegistry operations) {
        List<Parameter> form = form(request);
        String action = value(form, "Action").orElseThrow(QueryProtocol::noAction);
        String asked = value(form, "Version").orElse(version);
        if (!asked.equals(version)) {
            throw ServiceError.badRequest(
                    "InvalidAction",
                    "The action " + action + " of version " + asked + " is not supported by this local cloud.");
        }
        return operations
                .find(action)
                .<Invocation<?, ?>>map(operation -> new Invocation<>(operation, action))
                .orElseThrow(() -> unsupported(action));
    }

    @Override
    public <I extends AwsRequest> I read(Invocation<I, ?> invocation, WireRequest request) {
        try {
            return invocation.request(READER.read(invocation.builder(), FormValue.of(form(request), false)));
        } catch (WireValue.Malformed malformed) {
            throw ServiceError.badRequest("ValidationError", malformed.getMessage());
        }
    }

    @Override
    public WireResponse write(Invocation<?, ?> invocation, Reply<?> reply, String requestId) {
        String name = invocation.name();
        byte[] body = new XmlShapeWriter()
                .open(name + "Response", namespace)
                .open(name + "Result")
                .members(reply.response())
                .close(name + "Result")
                .open("ResponseMetadata")
                .text("RequestId", requestId)
                .close("ResponseMetadata")
                .close(name + "Response")
                .bytes();
        return new WireResponse(200, headers(requestId), body);
    }

    @Override
    public WireResponse error(ServiceError error, String requestId) {
        byte[] body = new XmlShapeWriter()
                .open("ErrorResponse", namespace)
                .open("Error")
                .text("Type", error.status() < 500 ? "Sender" : "Receiver")
                .text("Code", error.code())
                .text("Message", error.getMessage())
                .close("Error")
                .text("RequestId", requestId)
                .close("ErrorResponse")
                .bytes();
        return new WireResponse(error.status(), headers(requestId), body, error.code());
    }

    @Override
    public ServiceError rejected(Verdict.Invalid verdict) {
        return new ServiceError(code(verdict.flaw()), verdict.flaw() == Flaw.INCOMPLETE ? 400 : 403, verdict.message());
    }

    private static String code(Flaw flaw) {
        return switch (flaw) {
            case UNSIGNED -> "MissingAuthenticationToken";
            case INCOMPLETE -> "IncompleteSignature";
            case UNKNOWN_KEY, WRONG_TOKEN -> "InvalidClientTokenId";
            case EXPIRED_TOKEN -> "ExpiredToken";
            case WRONG_SCOPE, TOO_LATE, TOO_EARLY, PRESIGNED_EXPIRED, UNSIGNED_HEADER, MISMATCH ->
                "SignatureDoesNotMatch";
            case NO_CONTENT_HASH, CONTENT_MISMATCH, WRONG_CHECKSUM, BROKEN_BODY -> "SignatureDoesNotMatch";
        };
    }

    @Override
    public ServiceError denied(String message) {
        return new ServiceError("AccessDenied", 403, message);
    }

    @Override
    public ServiceError invalid(List<Violation> violations) {
        return ServiceError.badRequest("ValidationError", Violation.message(violations));
    }

    @Override
    public ConstraintTree.Naming naming() {
        return ConstraintTree.Naming.MODEL;
    }

    @Override
    public ServiceError tooLarge(int limit) {
        return new ServiceError("RequestEntityTooLarge", 413, "The request must be at most " + limit + " bytes.");
    }

    /** The parameters of the query, and of the body if that is a form. */
    public static List<Parameter> form(WireRequest request) {
        List<Parameter> parameters = new ArrayList<>(request.query());
        parameters.addAll(Parameter.parse(new String(request.body(), UTF_8)));
        return parameters;
    }

    /** The first value of a parameter. */
    public static Optional<String> value(List<Parameter> form, String name) {
        return form.stream()
                .filter(parameter -> parameter.name().equals(name))
                .map(Parameter::value)
                .findFirst();
    }

    static ServiceError unsupported(String action) {
        return ServiceError.badRequest(
                "InvalidAction", "The action " + action + " is not supported by this local cloud.");
    }

    static ServiceError noAction() {
        return ServiceError.badRequest("MissingAction", "The request must contain the parameter Action.");
    }

    static Map<String, String> headers(String requestId) {
        return Map.of("Content-Type", "text/xml;charset=UTF-8", "x-amzn-RequestId", requestId);
    }
}

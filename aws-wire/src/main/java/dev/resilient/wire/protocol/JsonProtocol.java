package dev.resilient.wire.protocol;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.resilient.wire.Invocation;
import dev.resilient.wire.OperationRegistry;
import dev.resilient.wire.Reply;
import dev.resilient.wire.ServiceError;
import dev.resilient.wire.ServiceModel;
import dev.resilient.wire.constraint.ConstraintTree;
import dev.resilient.wire.constraint.Violation;
import dev.resilient.wire.http.WireRequest;
import dev.resilient.wire.http.WireResponse;
import dev.resilient.wire.shape.JsonForm;
import dev.resilient.wire.shape.JsonShapeWriter;
import dev.resilient.wire.shape.WireValue;
import dev.resilient.wire.signature.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import software.amazon.awssdk.awscore.AwsRequest;

/** The AWS JSON protocols, 1.0 and 1.1: the operation in a header, JSON in, JSON out. */
record JsonProtocol(ServiceModel.Protocol.Json form) implements WireProtocol {
    /** Errors that are made before an operation is reached; services with a namespace have them in another one. */
    private static final Set<String> BEFORE_THE_OPERATION = Set.of(
            "AccessDeniedException",
            "ExpiredTokenException",
            "IncompleteSignatureException",
            "InternalFailure",
            "InvalidSignatureException",
            "MissingAuthenticationTokenException",
            "RequestEntityTooLargeException",
            "SerializationException",
            "UnknownOperationException",
            "UnrecognizedClientException");

    @Override
    public Invocation<?, ?> resolve(WireRequest request, OperationRegistry operations) {
        String target = request.header("x-amz-target").orElse("");
        String prefix = form.targetPrefix() + ".";
        String name = target.substring(target.lastIndexOf('.') + 1);
        String asked = name.isEmpty() ? request.method() + " " + request.rawPath() : name;
        return operations
                .find(name)
                .filter(operation -> target.startsWith(prefix))
                .<Invocation<?, ?>>map(operation -> new Invocation<>(operation, name))
                .orElseThrow(() -> ServiceError.badRequest(
                        "UnknownOperationException", "The action " + asked + " is not supported by this local cloud."));
    }

    @Override
    public <I extends AwsRequest> I read(Invocation<I, ?> invocation, WireRequest request) {
        try {
            return invocation.request(JsonForm.shape(JsonForm.parse(request.body()), invocation.builder()));
        } catch (WireValue.Malformed malformed) {
            throw ServiceError.badRequest("SerializationException", malformed.getMessage());
        } catch (JsonProcessingException malformed) {
            throw ServiceError.badRequest("SerializationException", "The request is not well-formed JSON.");
        } catch (IOException impossible) {
            throw new UncheckedIOException("reading from memory", impossible);
        }
    }

    @Override
    public WireResponse write(Invocation<?, ?> invocation, Reply<?> reply, String requestId) {
        return response(200, "", JsonForm.write(reply.response()), requestId);
    }

    @Override
    public WireResponse error(ServiceError error, String requestId) {
        byte[] body = JsonForm.bytes(json -> {
            json.writeStartObject();
            json.writeStringField("__type", type(error.code()));
            json.writeStringField(
                    error.code().equals("AccessDeniedException") ? "Message" : "message", error.getMessage());
            if (error.details().isPresent()) {
                new JsonShapeWriter(json).members(error.details().get());
            }
            json.writeEndObject();
        });
        return response(error.status(), error.code(), body, requestId);
    }

    private String type(String code) {
        if (form.errorNamespace().isEmpty()) {
            return code;
        }
        if (code.equals("ValidationException")) {
            return "com.amazon.coral.validate#" + code;
        }
        return (BEFORE_THE_OPERATION.contains(code) ? "com.amazon.coral.service" : form.errorNamespace()) + "#" + code;
    }

    @Override
    public ServiceError rejected(Verdict.Invalid verdict) {
        String code =
                switch (verdict.flaw()) {
                    case UNSIGNED -> "MissingAuthenticationTokenException";
                    case INCOMPLETE -> "IncompleteSignatureException";
                    case UNKNOWN_KEY, WRONG_TOKEN -> "UnrecognizedClientException";
                    case EXPIRED_TOKEN -> "ExpiredTokenException";
                    case WRONG_SCOPE, TOO_LATE, TOO_EARLY, PRESIGNED_EXPIRED, UNSIGNED_HEADER, MISMATCH ->
                        "InvalidSignatureException";
                    case NO_CONTENT_HASH, CONTENT_MISMATCH, WRONG_CHECKSUM, BROKEN_BODY -> "InvalidSignatureException";
                };
        return ServiceError.badRequest(code, verdict.message());
    }

    @Override
    public ServiceError denied(String message) {
        return ServiceError.badRequest("AccessDeniedException", message);
    }

    @Override
    public ServiceError invalid(List<Violation> violations) {
        return ServiceError.badRequest("ValidationException", Violation.message(violations));
    }

    @Override
    public ConstraintTree.Naming naming() {
        return ConstraintTree.Naming.MODEL;
    }

    @Override
    public ServiceError tooLarge(int limit) {
        return new ServiceError(
                "RequestEntityTooLargeException", 413, "The request must be at most " + limit + " bytes.");
    }

    /** DynamoDB, the one service that speaks version 1.0, tells the checksum of what it sends. */
    private WireResponse response(int status, String errorCode, byte[] body, String requestId) {
        Map<String, String> headers = new HashMap<>();
        headers.put("Content-Type", "application/x-amz-json-" + form.contentVersion());
        headers.put("x-amzn-RequestId", requestId);
        if (form.contentVersion().equals("1.0")) {
            CRC32 crc = new CRC32();
            crc.update(body);
            headers.put("x-amz-crc32", Long.toString(crc.getValue()));
        }
        return new WireResponse(status, headers, body, errorCode);
    }
}

package dev.resilient.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.awscore.AwsRequest;

/** The AWS JSON protocols, 1.0 and 1.1: the operation in a header, JSON in, JSON out. */
record JsonProtocol(ServiceModel.Protocol.Json form) implements WireProtocol {
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    private static final ShapeReader READER = new ShapeReader(TimestampForm.UNIX);
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
            JsonNode body = request.body().length == 0 ? JSON.createObjectNode() : JSON.readTree(request.body());
            return invocation.request(READER.read(invocation.builder(), new JsonValue(body)));
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
        return new WireResponse(
                200, headers(requestId), bytes(json -> new JsonShapeWriter(json).write(reply.response())));
    }

    @Override
    public WireResponse error(ServiceError error, String requestId) {
        byte[] body = bytes(json -> {
            json.writeStartObject();
            json.writeStringField("__type", type(error.code()));
            json.writeStringField(
                    error.code().equals("AccessDeniedException") ? "Message" : "message", error.getMessage());
            json.writeEndObject();
        });
        return new WireResponse(error.status(), headers(requestId), body, error.code());
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

    private Map<String, String> headers(String requestId) {
        return Map.of("Content-Type", "application/x-amz-json-" + form.contentVersion(), "x-amzn-RequestId", requestId);
    }

    private static byte[] bytes(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator json = JSON.getFactory().createGenerator(bytes)) {
            writing.to(json);
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory", impossible);
        }
        return bytes.toByteArray();
    }

    private interface Writing {
        void to(JsonGenerator json) throws IOException;
    }
}

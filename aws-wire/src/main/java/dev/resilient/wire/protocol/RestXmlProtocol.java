package dev.resilient.wire.protocol;

import dev.resilient.wire.Invocation;
import dev.resilient.wire.Operation;
import dev.resilient.wire.OperationRegistry;
import dev.resilient.wire.Reply;
import dev.resilient.wire.Route;
import dev.resilient.wire.ServiceError;
import dev.resilient.wire.constraint.ConstraintTree;
import dev.resilient.wire.constraint.Violation;
import dev.resilient.wire.http.WireRequest;
import dev.resilient.wire.http.WireResponse;
import dev.resilient.wire.shape.TimestampForm;
import dev.resilient.wire.shape.WireValue;
import dev.resilient.wire.shape.XmlShapeWriter;
import dev.resilient.wire.signature.Verdict;
import dev.resilient.wire.signature.Verdict.Flaw;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.PayloadTrait;
import software.amazon.awssdk.core.traits.TraitType;

/**
 * S3's protocol: operations are methods on paths, members are in paths, queries, headers and XML bodies.
 *
 * @param namespace the XML namespace of responses
 */
record RestXmlProtocol(String namespace) implements WireProtocol {

    @Override
    public Invocation<?, ?> resolve(WireRequest request, OperationRegistry operations) {
        RestPath path = RestPath.of(request);
        operations.refusedRoutes().entrySet().stream()
                .filter(refused -> path.carriesMarkersOf(refused.getKey()))
                .max(Comparator.comparingInt(refused -> refused.getKey().markers()))
                .ifPresent(refused -> {
                    throw unsupported(refused.getValue());
                });
        Map.Entry<Route, Operation<?, ?>> best = null;
        for (Map.Entry<Route, Operation<?, ?>> each : operations.routes().entrySet()) {
            if ((best == null || each.getKey().markers() > best.getKey().markers())
                    && path.takes(each.getKey(), each.getValue().requestType())) {
                best = each;
            }
        }
        if (best == null) {
            throw unsupported(path.describe());
        }
        Operation<?, ?> operation = best.getValue();
        return new Invocation<>(operation, operation.name(), best.getKey());
    }

    private static ServiceError unsupported(String action) {
        return new ServiceError(
                "NotImplemented", 501, "The action " + action + " is not supported by this local cloud.");
    }

    @Override
    public <I extends AwsRequest> I read(Invocation<I, ?> invocation, WireRequest request) {
        try {
            return invocation.request(new RestRequestReader(request).read(invocation.builder()));
        } catch (RestRequestReader.MalformedBody malformed) {
            throw malformedXml();
        } catch (WireValue.Malformed malformed) {
            throw ServiceError.badRequest("InvalidArgument", malformed.getMessage());
        }
    }

    @Override
    public WireResponse write(Invocation<?, ?> invocation, Reply<?> reply, String requestId) {
        SdkPojo response = reply.response();
        Map<String, String> headers = new LinkedHashMap<>(headers(requestId));
        RestHeaders.write(response, headers);
        byte[] body = reply.payload();
        if (body.length == 0) {
            body = document(invocation.route(), response);
            if (body.length > 0) {
                headers.put("Content-Type", "application/xml");
            }
        }
        if (!invocation.route().method().equals("HEAD")) {
            headers.remove("Content-Length");
        }
        int status =
                headers.containsKey("Content-Range") ? 206 : invocation.route().status();
        return new WireResponse(status, headers, body);
    }

    /** The XML body; empty for a response that has none. */
    private byte[] document(Route route, SdkPojo response) {
        Optional<SdkField<?>> payload = response.sdkFields().stream()
                .filter(field -> field.containsTrait(PayloadTrait.class, TraitType.PAYLOAD_TRAIT))
                .findFirst();
        if (payload.isPresent()) {
            SdkField<?> field = payload.get();
            Object value = field.getValueOrDefault(response);
            String root = route.root().orElse(field.unmarshallLocationName());
            return switch (value) {
                case null -> new byte[0];
                case SdkPojo shape ->
                    new XmlShapeWriter(TimestampForm.ISO_8601_MILLIS)
                            .open(root, namespace)
                            .members(shape)
                            .close(root)
                            .bytes();
                default ->
                    new XmlShapeWriter()
                            .open(root, namespace)
                            .text(value.toString())
                            .close(root)
                            .bytes();
            };
        }
        return route.root()
                .map(root -> new XmlShapeWriter(TimestampForm.ISO_8601_MILLIS)
                        .open(root, namespace)
                        .members(response)
                        .close(root)
                        .bytes())
                .orElse(new byte[0]);
    }

    @Override
    public WireResponse error(ServiceError error, String requestId) {
        byte[] body = error.status() == 304
                ? new byte[0]
                : new XmlShapeWriter()
                        .open("Error")
                        .text("Code", error.code())
                        .text("Message", error.getMessage())
                        .text("RequestId", requestId)
                        .text("HostId", hostId(requestId))
                        .close("Error")
                        .bytes();
        Map<String, String> headers = new LinkedHashMap<>(headers(requestId));
        headers.put("Content-Type", "application/xml");
        return new WireResponse(error.status(), headers, body, error.code());
    }

    @Override
    public ServiceError rejected(Verdict.Invalid verdict) {
        return verdict.inStorage().orElseGet(() -> rejected(verdict.flaw(), verdict.message()));
    }

    private static ServiceError rejected(Flaw flaw, String message) {
        return switch (flaw) {
            case UNSIGNED -> new ServiceError("AccessDenied", 403, "Access Denied");
            case INCOMPLETE, WRONG_SCOPE -> ServiceError.badRequest("AuthorizationHeaderMalformed", message);
            case UNKNOWN_KEY ->
                new ServiceError(
                        "InvalidAccessKeyId", 403, "The AWS Access Key Id you provided does not exist in our records.");
            case WRONG_TOKEN ->
                ServiceError.badRequest("InvalidToken", "The provided token is malformed or otherwise invalid.");
            case EXPIRED_TOKEN -> ServiceError.badRequest("ExpiredToken", "The provided token has expired.");
            case TOO_LATE, TOO_EARLY ->
                new ServiceError(
                        "RequestTimeTooSkewed",
                        403,
                        "The difference between the request time and the current time is too large.");
            case PRESIGNED_EXPIRED -> new ServiceError("AccessDenied", 403, message);
            case UNSIGNED_HEADER ->
                new ServiceError(
                        "AccessDenied", 403, "There were headers present in the request which were not signed");
            case NO_CONTENT_HASH -> ServiceError.badRequest("InvalidRequest", message);
            case MISMATCH ->
                new ServiceError(
                        "SignatureDoesNotMatch",
                        403,
                        message.replace(" Consult the service documentation for details.", ""));
            case CONTENT_MISMATCH -> ServiceError.badRequest("XAmzContentSHA256Mismatch", message);
            case WRONG_CHECKSUM -> ServiceError.badRequest("BadDigest", message);
            case BROKEN_BODY -> ServiceError.badRequest("IncompleteBody", message);
        };
    }

    @Override
    public ServiceError denied(String message) {
        return new ServiceError("AccessDenied", 403, message);
    }

    @Override
    public ServiceError invalid(List<Violation> violations) {
        return violations.getFirst().isAbsence()
                ? malformedXml()
                : ServiceError.badRequest("InvalidArgument", Violation.message(violations));
    }

    @Override
    public ConstraintTree.Naming naming() {
        return ConstraintTree.Naming.MODEL;
    }

    @Override
    public ServiceError tooLarge(int limit) {
        return ServiceError.badRequest(
                "EntityTooLarge", "Your proposed upload exceeds the maximum allowed size of " + limit + " bytes");
    }

    private static ServiceError malformedXml() {
        return ServiceError.badRequest(
                "MalformedXML",
                "The XML you provided was not well-formed or did not validate against our published schema");
    }

    private static Map<String, String> headers(String requestId) {
        return Map.of("x-amz-request-id", requestId, "x-amz-id-2", hostId(requestId), "Server", "AmazonS3");
    }

    private static String hostId(String requestId) {
        return Base64.getEncoder()
                .encodeToString(
                        requestId.toLowerCase(Locale.ROOT).getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }
}

package dev.resilient.wire.endpoint;

import dev.resilient.wire.OperationRegistry;
import dev.resilient.wire.ServiceError;
import dev.resilient.wire.ServiceModel;
import dev.resilient.wire.ServiceModel.Protocol;
import dev.resilient.wire.http.WireRequest;
import dev.resilient.wire.protocol.QueryProtocol;
import dev.resilient.wire.signature.Signature;
import java.util.List;
import java.util.Optional;

/**
 * Decides which service a request is for: by the credential scope of its signature, and without one by what it looks like, so
 * that even a refusal arrives in a form that the caller can read.
 */
final class ServiceRouter {
    private static final String FORM = "application/x-www-form-urlencoded";
    private final List<BoundService> services;
    private final String region;

    ServiceRouter(List<BoundService> services, String region) {
        this.services = List.copyOf(services);
        this.region = region;
    }

    /**
     * The service that {@code request} is for. One that is not here is bound to no operations, and speaks the protocol that the
     * request does.
     */
    BoundService route(WireRequest request, Optional<Signature> signature) {
        return signature
                .map(signed -> bySigningName(signed.scope().service(), request))
                .orElseGet(() -> byAppearance(request));
    }

    private BoundService bySigningName(String name, WireRequest request) {
        return services.stream()
                .filter(service -> service.model().signingName().equals(name))
                .findFirst()
                .orElseGet(() -> absent(name, request));
    }

    private BoundService byAppearance(WireRequest request) {
        Optional<String> target = request.header("x-amz-target");
        if (target.isPresent()) {
            return services.stream()
                    .filter(service -> service.model().protocol() instanceof Protocol.Json json
                            && target.get().startsWith(json.targetPrefix() + "."))
                    .findFirst()
                    .orElseGet(() -> absent("", request));
        }
        if (!isForm(request)) {
            return services.stream()
                    .filter(service -> service.model().protocol() instanceof Protocol.RestXml)
                    .findFirst()
                    .orElseGet(() -> absent("", request));
        }
        String version = version(request);
        return services.stream()
                .filter(service -> isQuery(service.model().protocol())
                        && service.model().version().equals(version))
                .findFirst()
                .orElseGet(() -> absent("", request));
    }

    private static String version(WireRequest request) {
        try {
            return QueryProtocol.value(QueryProtocol.form(request), "Version").orElse("");
        } catch (ServiceError malformed) {
            // Which service was meant stays unknown; the request is refused all the same, as unsigned.
            return "";
        }
    }

    private static boolean isQuery(Protocol protocol) {
        return protocol instanceof Protocol.Query || protocol instanceof Protocol.Ec2Query;
    }

    private static boolean isForm(WireRequest request) {
        return request.header("content-type").orElse("").startsWith(FORM)
                || (request.rawPath().equals("/") && request.rawQuery().contains("Action="));
    }

    private BoundService absent(String signingName, WireRequest request) {
        ServiceModel model = new ServiceModel(signingName, "", "", spoken(signingName, request));
        return BoundService.of(model, new OperationRegistry(signingName), region);
    }

    /** What most of AWS's services that look like this speak; of those with paths, that is JSON, once it is not S3. */
    private static Protocol spoken(String signingName, WireRequest request) {
        String target = request.header("x-amz-target").orElse("");
        if (!target.isEmpty()) {
            String type = request.header("content-type").orElse("");
            String prefix = target.substring(0, Math.max(target.lastIndexOf('.'), 0));
            return new Protocol.Json(type.endsWith("1.0") ? "1.0" : "1.1", prefix, "");
        }
        if (isForm(request)) {
            return new Protocol.Query("");
        }
        return signingName.isEmpty() || signingName.equals("s3")
                ? new Protocol.RestXml("")
                : new Protocol.Json("1.1", "", "");
    }
}

package dev.resilient.wire.endpoint;

import dev.resilient.wire.AwsService;
import dev.resilient.wire.OperationRegistry;
import dev.resilient.wire.ServiceModel;
import dev.resilient.wire.ServiceModel.Protocol;
import dev.resilient.wire.protocol.WireProtocol;
import dev.resilient.wire.signature.SignatureVerifier;
import java.time.Duration;
import java.util.List;

/**
 * A service as one endpoint serves it.
 *
 * @param operations what it supports
 * @param verifier what it demands of signatures
 */
record BoundService(
        ServiceModel model, WireProtocol protocol, OperationRegistry operations, SignatureVerifier verifier) {
    private static final Duration JSON_WINDOW = Duration.ofMinutes(5);
    private static final Duration WINDOW = Duration.ofMinutes(15);

    /** Binds a service to an endpoint of this region. */
    static BoundService of(AwsService service, String region) {
        OperationRegistry operations = new OperationRegistry(service.model().signingName());
        service.register(operations);
        return of(service.model(), operations, region);
    }

    /** A service with these operations. */
    static BoundService of(ServiceModel model, OperationRegistry operations, String region) {
        SignatureVerifier.Rules rules = new SignatureVerifier.Rules(
                model.signingName(),
                model.isGlobal() ? List.of(region, "us-east-1", "aws-global") : List.of(region),
                model.protocol() instanceof Protocol.Json ? JSON_WINDOW : WINDOW,
                model.protocol() instanceof Protocol.RestXml);
        return new BoundService(model, WireProtocol.of(model), operations, new SignatureVerifier(rules));
    }
}

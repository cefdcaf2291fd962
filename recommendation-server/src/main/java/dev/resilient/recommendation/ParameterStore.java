package dev.resilient.recommendation;

import java.util.stream.Collectors;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.Parameter;

/** Reads the parameters from Systems Manager's Parameter Store, in one call. Thread-safe. */
final class ParameterStore {
    private final SsmClient systemsManager;
    private final ServiceParameters.Names names;

    ParameterStore(SsmClient systemsManager, ServiceParameters.Names names) {
        this.systemsManager = systemsManager;
        this.names = names;
    }

    /**
     * The parameters as they are now; those that do not exist have their defaults.
     *
     * @throws software.amazon.awssdk.core.exception.SdkException if they cannot be read
     */
    ServiceParameters read() {
        return ServiceParameters.of(
                systemsManager.getParameters(request -> request.names(names.all())).parameters().stream()
                        .collect(Collectors.toMap(Parameter::name, Parameter::value)),
                names);
    }
}

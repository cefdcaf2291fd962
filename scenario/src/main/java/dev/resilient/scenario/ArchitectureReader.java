package dev.resilient.scenario;

import dev.resilient.scenario.base.Environment;
import dev.resilient.scenario.guard.Guarding;
import dev.resilient.scenario.observe.InstanceReader;
import dev.resilient.scenario.observe.TargetHealthReader;
import dev.resilient.scenario.resource.LoadBalancer;
import dev.resilient.scenario.resource.Parameter;
import dev.resilient.scenario.resource.ServiceParameter;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/** Asks each service for its part of the architecture. Thread-safe. */
final class ArchitectureReader {
    private final Environment environment;

    ArchitectureReader(Environment environment) {
        this.environment = environment;
    }

    Architecture read() {
        return new Architecture(
                new LoadBalancer(environment).endpoint(),
                new InstanceReader(
                                environment.aws().autoScaling(),
                                environment.aws().ec2(),
                                environment.names().group())
                        .read(),
                new TargetHealthReader(
                                environment.aws().loadBalancing(),
                                environment.names().targetGroup(),
                                environment.waiting().time())
                        .read()
                        .targets(),
                table(),
                parameters(),
                Guarding.of(environment));
    }

    private Optional<String> table() {
        try {
            return Optional.of(environment
                    .aws()
                    .dynamoDb()
                    .describeTable(
                            request -> request.tableName(environment.names().table()))
                    .table()
                    .tableStatusAsString());
        } catch (ResourceNotFoundException _) {
            return Optional.empty();
        }
    }

    private Map<ServiceParameter, String> parameters() {
        Map<ServiceParameter, String> values = new EnumMap<>(ServiceParameter.class);
        for (ServiceParameter parameter : ServiceParameter.values()) {
            new Parameter(environment, parameter).value().ifPresent(value -> values.put(parameter, value));
        }
        return values;
    }
}

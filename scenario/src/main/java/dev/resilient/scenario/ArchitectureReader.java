package dev.resilient.scenario;

import dev.resilient.scenario.base.Environment;
import dev.resilient.scenario.guard.Guarding;
import dev.resilient.scenario.guard.HeartbeatRows;
import dev.resilient.scenario.observe.InstanceReader;
import dev.resilient.scenario.observe.InstanceSeen;
import dev.resilient.scenario.observe.TargetHealthReader;
import dev.resilient.scenario.observe.TargetSeen;
import dev.resilient.scenario.resource.LoadBalancer;
import dev.resilient.scenario.resource.Parameter;
import dev.resilient.scenario.resource.ServiceParameter;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/** Asks each service for its part of the architecture. Thread-safe. */
final class ArchitectureReader {
    private final Environment environment;

    ArchitectureReader(Environment environment) {
        this.environment = environment;
    }

    Architecture read() {
        List<InstanceSeen> instances = new InstanceReader(
                        environment.aws().autoScaling(),
                        environment.aws().ec2(),
                        environment.names().group())
                .read();
        List<TargetSeen> targets = new TargetHealthReader(
                        environment.aws().loadBalancing(),
                        environment.names().targetGroup(),
                        environment.waiting().time())
                .read()
                .targets();
        Set<String> ids = Stream.concat(
                        instances.stream().map(InstanceSeen::instanceId),
                        targets.stream().map(TargetSeen::instanceId))
                .collect(Collectors.toSet());
        return new Architecture(
                new LoadBalancer(environment).endpoint(),
                instances,
                targets,
                new HeartbeatRows(environment).of(ids),
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

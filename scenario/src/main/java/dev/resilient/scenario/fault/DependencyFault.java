package dev.resilient.scenario.fault;

import dev.resilient.scenario.base.Environment;
import dev.resilient.scenario.event.ScenarioEvent;
import java.util.List;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/**
 * DynamoDB itself misbehaves for the instances: on a local cloud, which looks for a parameter named after their role and acts by
 * its value. AWS has no such thing, so on AWS this fault would do nothing, and is not used.
 */
public final class DependencyFault implements Fault {
    private static final String PREFIX = "/local-cloud/faults/dynamodb/";

    private final String text;
    private final String value;

    /** @param value as the local cloud reads it, such as {@code delay 1500ms} */
    public DependencyFault(String text, String value) {
        this.text = text;
        this.value = value;
    }

    @Override
    public String text() {
        return text;
    }

    @Override
    public List<String> strike(Scene scene) {
        Environment environment = scene.environment();
        String parameter = parameter(environment);
        scene.undoing().note("DynamoDB works as before", this::clear);
        environment.aws().ssm().putParameter(request -> request.name(parameter)
                .type(ParameterType.STRING)
                .value(value)
                .overwrite(true));
        environment.events().publish(new ScenarioEvent.ParameterSet(parameter, value));
        return List.of();
    }

    @Override
    public void clear(Environment environment) {
        try {
            environment.aws().ssm().deleteParameter(request -> request.name(parameter(environment)));
        } catch (ParameterNotFoundException gone) {
            environment.waiting().checkCancelled();
        }
    }

    private static String parameter(Environment environment) {
        return PREFIX + environment.names().instanceAccess();
    }
}

package dev.resilient.scenario.fault;

import dev.resilient.scenario.base.Environment;
import dev.resilient.scenario.event.ScenarioEvent;
import java.util.List;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/**
 * DynamoDB itself misbehaves: on a local cloud, which looks for a parameter of this name and acts by its value. AWS has no such
 * thing, so on AWS this fault would do nothing, and is not used.
 */
public final class DependencyFault implements Fault {
    private static final String PARAMETER = "/local-cloud/faults/dynamodb";

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
        scene.undoing().note("DynamoDB works as before", this::clear);
        environment.aws().ssm().putParameter(request -> request.name(PARAMETER)
                .type(ParameterType.STRING)
                .value(value)
                .overwrite(true));
        environment.events().publish(new ScenarioEvent.ParameterSet(PARAMETER, value));
        return List.of();
    }

    @Override
    public void clear(Environment environment) {
        try {
            environment.aws().ssm().deleteParameter(request -> request.name(PARAMETER));
        } catch (ParameterNotFoundException gone) {
            environment.waiting().checkCancelled();
        }
    }
}

package dev.resilient.scenario.fault;

import dev.resilient.scenario.base.Environment;
import dev.resilient.scenario.phase.Step;
import dev.resilient.scenario.play.ServiceLevers;
import dev.resilient.scenario.resource.Parameter;
import dev.resilient.scenario.resource.ServiceParameter;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What a step of a phase does. Undone by the parameters' values before, and the replacement of an instance that is restricted. */
public final class PhaseAction implements Fault {
    private final String text;
    private final Step.Action action;

    /** The action of a step. */
    public PhaseAction(String text, Step.Action action) {
        this.text = text;
        this.action = action;
    }

    @Override
    public String text() {
        return text;
    }

    @Override
    public List<String> strike(Scene scene) {
        Environment environment = scene.environment();
        Map<ServiceParameter, String> before = new EnumMap<>(ServiceParameter.class);
        for (ServiceParameter parameter : ServiceParameter.values()) {
            new Parameter(environment, parameter).value().ifPresent(value -> before.put(parameter, value));
        }
        scene.undoing()
                .note(
                        "the parameters are as before",
                        now -> before.forEach((parameter, value) -> restore(new Parameter(now, parameter), value)));
        scene.undoing().note("no instance stays restricted", now -> new ServiceLevers(now).terminateRestricted());
        return action.perform(new ServiceLevers(environment)).stream().toList();
    }

    @Override
    public void clear(Environment environment) {
        new ServiceLevers(environment).terminateRestricted();
    }

    private static void restore(Parameter parameter, String value) {
        if (parameter.value().filter(value::equals).isEmpty()) {
            parameter.set(value);
        }
    }
}

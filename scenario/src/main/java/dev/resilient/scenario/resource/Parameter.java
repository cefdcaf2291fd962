package dev.resilient.scenario.resource;

import dev.resilient.scenario.base.Environment;
import dev.resilient.scenario.event.ScenarioEvent;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.InvalidResourceIdException;
import software.amazon.awssdk.services.ssm.model.ParameterAlreadyExistsException;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;
import software.amazon.awssdk.services.ssm.model.ParameterType;
import software.amazon.awssdk.services.ssm.model.ResourceTypeForTagging;
import software.amazon.awssdk.services.ssm.model.Tag;

/** One of the service's parameters in Parameter Store. */
public final class Parameter implements Resource {
    private final Environment environment;
    private final ServiceParameter parameter;
    private final Ownership ownership;
    private final SsmClient ssm;

    /** The given parameter of the environment's deployment. */
    public Parameter(Environment environment, ServiceParameter parameter) {
        this.environment = environment;
        this.parameter = parameter;
        this.ownership = new Ownership(environment.deployment());
        this.ssm = environment.aws().ssm();
    }

    @Override
    public String kind() {
        return "parameter";
    }

    @Override
    public String name() {
        return parameter.name(environment.names());
    }

    /** Its value, if it is there. */
    public Optional<String> value() {
        try {
            return Optional.of(ssm.getParameter(request -> request.name(name()))
                    .parameter()
                    .value());
        } catch (ParameterNotFoundException _) {
            return Optional.empty();
        }
    }

    /** Gives it a value. */
    public void set(String value) {
        ssm.putParameter(request ->
                request.name(name()).type(ParameterType.STRING).value(value).overwrite(true));
        environment.events().publish(new ScenarioEvent.ParameterSet(name(), value));
    }

    /** Gives it the value that it has in an undisturbed deployment, if it has another one. */
    public void reset() {
        String initial = parameter.initialValue(environment.names());
        if (value().filter(initial::equals).isEmpty()) {
            set(initial);
        }
    }

    @Override
    public void claim() {
        value().ifPresent(_ -> ownership.require(tags(), kind(), name()));
    }

    @Override
    public Creation create() {
        try {
            // Parameter Store takes tags only with a new parameter, so this is also the test whether there is one.
            ssm.putParameter(request -> request.name(name())
                    .type(ParameterType.STRING)
                    .value(parameter.initialValue(environment.names()))
                    .tags(environment.tags().entrySet().stream()
                            .map(tag -> Tag.builder()
                                    .key(tag.getKey())
                                    .value(tag.getValue())
                                    .build())
                            .toList()));
            return Creation.CREATED;
        } catch (ParameterAlreadyExistsException _) {
            ownership.require(tags(), kind(), name());
            reset();
            return Creation.FOUND;
        }
    }

    @Override
    public boolean delete() {
        if (existing().isEmpty()) {
            return false;
        }
        try {
            ssm.deleteParameter(request -> request.name(name()));
            return true;
        } catch (ParameterNotFoundException _) {
            return false;
        }
    }

    @Override
    public List<String> existing() {
        return value()
                .filter(_ -> ownership.isOurs(tags()))
                .map(value -> kind() + " " + name() + " = " + value)
                .stream()
                .toList();
    }

    private Map<String, String> tags() {
        try {
            return ssm
                    .listTagsForResource(request -> request.resourceType(ResourceTypeForTagging.PARAMETER)
                            .resourceId(name()))
                    .tagList()
                    .stream()
                    .collect(Collectors.toMap(Tag::key, Tag::value));
        } catch (InvalidResourceIdException _) {
            return Map.of();
        }
    }
}

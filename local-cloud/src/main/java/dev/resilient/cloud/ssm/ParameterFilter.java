package dev.resilient.cloud.ssm;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.wire.ServiceError;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.model.ParameterStringFilter;
import software.amazon.awssdk.services.ssm.model.ParametersFilter;

/** Which parameters a call asks for: filters must all match, of a filter's values one. */
@FunctionalInterface
interface ParameterFilter extends Predicate<StoredParameter> {

    /** The filters of {@code DescribeParameters}, of the older and the newer form. */
    static ParameterFilter of(List<ParametersFilter> older, List<ParameterStringFilter> newer) {
        List<ParameterFilter> filters = new ArrayList<>();
        older.forEach(filter -> filters.add(attribute(filter.keyAsString(), "Equals", filter.values())));
        newer.forEach(filter -> filters.add(of(filter)));
        return parameter -> filters.stream().allMatch(filter -> filter.test(parameter));
    }

    /** The filters of {@code GetParametersByPath}, which knows fewer. */
    static ParameterFilter ofPath(List<ParameterStringFilter> filters) {
        for (ParameterStringFilter filter : filters) {
            refuseIf(!List.of("Type", "KeyId", "DataType").contains(filter.key()), () -> invalidKey());
        }
        return of(List.of(), filters);
    }

    private static ParameterFilter of(ParameterStringFilter filter) {
        String option = Objects.requireNonNullElse(filter.option(), "Equals");
        return filter.key().equals("Path")
                ? path(Objects.requireNonNullElse(filter.option(), "OneLevel"), filter.values())
                : attribute(filter.key(), option, filter.values());
    }

    private static ParameterFilter path(String option, List<String> paths) {
        boolean recursive =
                switch (option) {
                    case "Recursive" -> true;
                    case "OneLevel" -> false;
                    default -> throw invalidOption();
                };
        return parameter -> paths.stream().anyMatch(path -> {
            String prefix = path.endsWith("/") ? path : path + "/";
            return parameter.name().startsWith(prefix)
                    && (recursive || parameter.name().indexOf('/', prefix.length()) < 0);
        });
    }

    private static ParameterFilter attribute(String key, String option, List<String> values) {
        AttributeOf attribute = attribute(key);
        Match match =
                switch (option) {
                    case "Equals" -> String::equals;
                    case "BeginsWith" -> String::startsWith;
                    case "Contains" -> String::contains;
                    default -> throw invalidOption();
                };
        return parameter -> {
            String actual = attribute.of(parameter);
            return actual != null && (values.isEmpty() || values.stream().anyMatch(value -> match.test(actual, value)));
        };
    }

    private static AttributeOf attribute(String key) {
        if (key.startsWith("tag:")) {
            return parameter -> parameter.tags().get(key.substring("tag:".length()));
        }
        return switch (key) {
            case "Name" -> StoredParameter::name;
            case "Type" -> parameter -> parameter.type().toString();
            case "KeyId" -> parameter -> parameter.newest().content().keyId();
            case "Tier" -> parameter -> parameter.newest().content().tier().toString();
            case "DataType" -> parameter -> parameter.newest().content().dataType();
            default -> throw invalidKey();
        };
    }

    private static ServiceError invalidKey() {
        return ServiceError.badRequest("InvalidFilterKey", "The specified key isn't valid.");
    }

    private static ServiceError invalidOption() {
        return ServiceError.badRequest(
                "InvalidFilterOption",
                "The specified filter option isn't valid. Valid options are Equals and BeginsWith. For Path filter,"
                        + " valid options are Recursive and OneLevel.");
    }

    /** What a filter looks at; null where the parameter has none. */
    @FunctionalInterface
    interface AttributeOf {
        @Nullable
        String of(StoredParameter parameter);
    }

    /** How a filter compares. */
    @FunctionalInterface
    interface Match {
        boolean test(String actual, String expected);
    }
}

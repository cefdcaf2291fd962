package dev.resilient.cloud.ssm;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.wire.ServiceError;
import dev.resilient.wire.shape.Members;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import software.amazon.awssdk.services.ssm.model.ParameterStringFilter;

/** Which parameters a call asks for: filters must all match, of a filter's values one. */
final class ParameterFilters {
    private static final String TAG = "tag:";

    /** What filters look at, as the history calls it too. */
    private static final Set<String> ATTRIBUTES = Set.of("Name", "Type", "KeyId", "Tier", "DataType");

    private static final Set<String> ATTRIBUTES_BELOW_PATHS = Set.of("Type", "KeyId", "DataType");

    private ParameterFilters() {}

    /** The filters of {@code DescribeParameters}. */
    static Predicate<StoredParameter> of(List<ParameterStringFilter> filters) {
        return filters.stream().map(ParameterFilters::of).reduce(parameter -> true, Predicate::and);
    }

    /** The filters of {@code GetParametersByPath}, which knows fewer. */
    static Predicate<StoredParameter> ofPath(List<ParameterStringFilter> filters) {
        filters.forEach(filter -> refuseIf(!ATTRIBUTES_BELOW_PATHS.contains(filter.key()), () -> invalidKey()));
        return of(filters);
    }

    private static Predicate<StoredParameter> of(ParameterStringFilter filter) {
        return filter.key().equals("Path")
                ? path(Objects.requireNonNullElse(filter.option(), "OneLevel"), filter.values())
                : attribute(filter.key(), Objects.requireNonNullElse(filter.option(), "Equals"), filter.values());
    }

    private static Predicate<StoredParameter> path(String option, List<String> paths) {
        boolean recursive =
                switch (option) {
                    case "Recursive" -> true;
                    case "OneLevel" -> false;
                    default -> throw invalidOption();
                };
        return parameter -> paths.stream().anyMatch(path -> ParameterNames.isBelow(path, parameter.name(), recursive));
    }

    private static Predicate<StoredParameter> attribute(String key, String option, List<String> values) {
        refuseIf(!key.startsWith(TAG) && !ATTRIBUTES.contains(key), () -> invalidKey());
        BiPredicate<String, String> match =
                switch (option) {
                    case "Equals" -> String::equals;
                    case "BeginsWith" -> String::startsWith;
                    case "Contains" -> String::contains;
                    default -> throw invalidOption();
                };
        return parameter -> value(parameter, key)
                .filter(actual -> values.isEmpty() || values.stream().anyMatch(value -> match.test(actual, value)))
                .isPresent();
    }

    private static Optional<String> value(StoredParameter parameter, String key) {
        return key.startsWith(TAG)
                ? Optional.ofNullable(parameter.tags().get(key.substring(TAG.length())))
                : Members.get(parameter.newest(), key, String.class);
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
}

package dev.resilient.cloud.elb;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.loadbalancer.Condition;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.HostHeaderConditionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.HttpHeaderConditionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.HttpRequestMethodConditionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.PathPatternConditionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.QueryStringConditionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.QueryStringKeyValuePair;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleCondition;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SourceIpConditionConfig;

/** Reads the conditions of a rule, and shows them. */
final class ConditionReader {
    private static final String HOST = "host-header";
    private static final String PATH = "path-pattern";
    private static final String HEADER = "http-header";
    private static final String METHOD = "http-request-method";
    private static final String QUERY = "query-string";
    private static final String SOURCE = "source-ip";

    private ConditionReader() {}

    static List<Condition> read(List<RuleCondition> conditions) {
        refuseIf(conditions.isEmpty(), () -> Errors.validation("A condition must be specified"));
        try {
            List<Condition> read =
                    conditions.stream().map(ConditionReader::read).toList();
            Quota.CONDITION_VALUES.check(read.stream().mapToInt(Condition::size).sum());
            Quota.CONDITION_WILDCARDS.check(
                    read.stream().mapToInt(Condition::wildcards).sum());
            return read;
        } catch (IllegalArgumentException invalid) {
            throw Errors.validation("The conditions are not valid: " + invalid.getMessage());
        }
    }

    private static Condition read(RuleCondition condition) {
        refuseRegexValues(condition);
        return switch (field(condition)) {
            case HOST ->
                new Condition.Host(either(condition, condition.hostHeaderConfig(), HostHeaderConditionConfig::values));
            case PATH ->
                new Condition.Path(
                        either(condition, condition.pathPatternConfig(), PathPatternConditionConfig::values));
            case HEADER ->
                new Condition.Header(
                        headerName(condition.httpHeaderConfig()),
                        values(condition.httpHeaderConfig(), HttpHeaderConditionConfig::values));
            case METHOD ->
                new Condition.Method(
                        values(condition.httpRequestMethodConfig(), HttpRequestMethodConditionConfig::values));
            case QUERY ->
                new Condition.Query(values(condition.queryStringConfig(), QueryStringConditionConfig::values).stream()
                        .map(ConditionReader::parameter)
                        .toList());
            case SOURCE -> new Condition.Source(values(condition.sourceIpConfig(), SourceIpConditionConfig::values));
            default ->
                throw Errors.validation("Condition field '" + condition.field()
                        + "' must be one of '[http-request-method, path-pattern, host-header, query-string,"
                        + " http-header, source-ip]'");
        };
    }

    private static void refuseRegexValues(RuleCondition condition) {
        boolean regex = Stream.of(
                        condition.regexValues(),
                        values(condition.hostHeaderConfig(), HostHeaderConditionConfig::regexValues, List.of()),
                        values(condition.pathPatternConfig(), PathPatternConditionConfig::regexValues, List.of()),
                        values(condition.httpHeaderConfig(), HttpHeaderConditionConfig::regexValues, List.of()))
                .anyMatch(values -> !values.isEmpty());
        refuseIf(regex, () -> Errors.validation("A condition with RegexValues is not supported by this cloud"));
    }

    private static String field(RuleCondition condition) {
        if (condition.field() == null) {
            throw Errors.validation("A condition field must be specified");
        }
        return condition.field();
    }

    private static String headerName(@Nullable HttpHeaderConditionConfig config) {
        if (config == null || config.httpHeaderName() == null) {
            throw Errors.validation("A header name must be specified");
        }
        return config.httpHeaderName();
    }

    private static Condition.Parameter parameter(QueryStringKeyValuePair pair) {
        if (pair.value() == null) {
            throw Errors.validation("A condition value must be specified");
        }
        return new Condition.Parameter(Optional.ofNullable(pair.key()), pair.value());
    }

    /** The values of the two oldest kinds of condition can be given with or without a configuration. */
    private static <C> List<String> either(
            RuleCondition condition, @Nullable C config, Function<C, List<String>> values) {
        List<String> configured = values(config, values, List.of());
        refuseIf(
                !condition.values().isEmpty() && !configured.isEmpty(),
                () -> Errors.validation("You must not specify both values and a configuration for the condition field '"
                        + condition.field() + "'"));
        return required(configured.isEmpty() ? condition.values() : configured);
    }

    private static <C, V> List<V> values(@Nullable C config, Function<C, List<V>> values) {
        return required(values(config, values, List.of()));
    }

    private static <C, V> List<V> values(@Nullable C config, Function<C, List<V>> values, List<V> otherwise) {
        return config == null ? otherwise : values.apply(config);
    }

    private static <V> List<V> required(List<V> values) {
        refuseIf(values.isEmpty(), () -> Errors.validation("A condition value must be specified"));
        return values;
    }

    static RuleCondition shown(Condition condition) {
        RuleCondition.Builder shown = RuleCondition.builder();
        switch (condition) {
            case Condition.Host(List<String> patterns) ->
                shown.field(HOST).values(patterns).hostHeaderConfig(config -> config.values(patterns));
            case Condition.Path(List<String> patterns) ->
                shown.field(PATH).values(patterns).pathPatternConfig(config -> config.values(patterns));
            case Condition.Header(String name, List<String> patterns) ->
                shown.field(HEADER)
                        .httpHeaderConfig(config -> config.httpHeaderName(name).values(patterns));
            case Condition.Method(List<String> names) ->
                shown.field(METHOD).httpRequestMethodConfig(config -> config.values(names));
            case Condition.Query(List<Condition.Parameter> parameters) ->
                shown.field(QUERY)
                        .queryStringConfig(config -> config.values(parameters.stream()
                                .map(each -> QueryStringKeyValuePair.builder()
                                        .key(each.key().orElse(null))
                                        .value(each.value())
                                        .build())
                                .toList()));
            case Condition.Source(List<String> blocks) ->
                shown.field(SOURCE).sourceIpConfig(config -> config.values(blocks));
        }
        return shown.build();
    }
}

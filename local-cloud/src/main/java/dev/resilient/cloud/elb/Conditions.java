package dev.resilient.cloud.elb;

import static dev.resilient.cloud.elb.Errors.VALIDATION;
import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.loadbalancer.Condition;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.HostHeaderConditionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.HttpHeaderConditionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.HttpRequestMethodConditionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.PathPatternConditionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.QueryStringConditionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleCondition;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SourceIpConditionConfig;

/** What the conditions of a rule must be like, and where their values are shown. */
final class Conditions {
    private Conditions() {}

    /** The conditions of a rule, checked and complete. */
    static List<RuleCondition> read(List<RuleCondition> given) {
        refuseIf(given.isEmpty(), VALIDATION, "A condition must be specified");
        List<RuleCondition> complete = given.stream().map(Conditions::complete).toList();
        try {
            List<Condition> compiled =
                    complete.stream().map(BalancerRules::condition).toList();
            Quota.CONDITION_VALUES.check(
                    compiled.stream().mapToInt(Condition::size).sum());
            Quota.CONDITION_WILDCARDS.check(
                    compiled.stream().mapToInt(Condition::wildcards).sum());
        } catch (IllegalArgumentException invalid) {
            throw Errors.validation("The conditions are not valid: " + invalid.getMessage());
        }
        return complete;
    }

    private static RuleCondition complete(RuleCondition given) {
        String field = required(given.field(), "A condition field must be specified");
        refuseRegexValues(given);
        RuleCondition.Builder complete = RuleCondition.builder().field(field);
        switch (field) {
            case "host-header" -> {
                List<String> values = either(given, given.hostHeaderConfig(), HostHeaderConditionConfig::values);
                complete.values(values).hostHeaderConfig(config -> config.values(values));
            }
            case "path-pattern" -> {
                List<String> values = either(given, given.pathPatternConfig(), PathPatternConditionConfig::values);
                complete.values(values).pathPatternConfig(config -> config.values(values));
            }
            case "http-header" -> complete.httpHeaderConfig(named(given.httpHeaderConfig()));
            case "http-request-method" ->
                complete.httpRequestMethodConfig(
                        filled(given.httpRequestMethodConfig(), HttpRequestMethodConditionConfig::values));
            case "query-string" -> complete.queryStringConfig(paired(given.queryStringConfig()));
            case "source-ip" ->
                complete.sourceIpConfig(filled(given.sourceIpConfig(), SourceIpConditionConfig::values));
            default ->
                throw Errors.validation("Condition field '" + field
                        + "' must be one of '[http-request-method, path-pattern, host-header, query-string,"
                        + " http-header, source-ip]'");
        }
        return complete.build();
    }

    private static void refuseRegexValues(RuleCondition given) {
        boolean regex = Stream.of(
                        given.regexValues(),
                        values(given.hostHeaderConfig(), HostHeaderConditionConfig::regexValues),
                        values(given.pathPatternConfig(), PathPatternConditionConfig::regexValues),
                        values(given.httpHeaderConfig(), HttpHeaderConditionConfig::regexValues))
                .anyMatch(values -> !values.isEmpty());
        refuseIf(regex, VALIDATION, "A condition with RegexValues is not supported by this cloud");
    }

    private static HttpHeaderConditionConfig named(@Nullable HttpHeaderConditionConfig given) {
        String message = "A header name must be specified";
        required(required(given, message).httpHeaderName(), message);
        return filled(given, HttpHeaderConditionConfig::values);
    }

    private static QueryStringConditionConfig paired(@Nullable QueryStringConditionConfig given) {
        QueryStringConditionConfig filled = filled(given, QueryStringConditionConfig::values);
        filled.values().forEach(pair -> required(pair.value(), "A condition value must be specified"));
        return filled;
    }

    /** The values of the two oldest kinds of condition can be given with or without a configuration, and are shown in both places. */
    private static <C> List<String> either(RuleCondition given, @Nullable C config, Function<C, List<String>> values) {
        List<String> configured = values(config, values);
        refuseIf(
                !given.values().isEmpty() && !configured.isEmpty(),
                VALIDATION,
                "You must not specify both values and a configuration for the condition field '" + given.field() + "'");
        return filled(configured.isEmpty() ? given.values() : configured, Function.identity());
    }

    private static <C, V> C filled(@Nullable C config, Function<C, List<V>> values) {
        C required = required(config, "A condition value must be specified");
        return required(values.apply(required).isEmpty() ? null : required, "A condition value must be specified");
    }

    private static <C, V> List<V> values(@Nullable C config, Function<C, List<V>> values) {
        return config == null ? List.of() : values.apply(config);
    }

    private static <T> T required(@Nullable T given, String otherwise) {
        if (given == null) {
            throw Errors.validation(otherwise);
        }
        return given;
    }
}

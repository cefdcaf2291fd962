package dev.resilient.cloud.elb.operation;

import static dev.resilient.cloud.elb.resource.Errors.VALIDATION;
import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.elb.dataplane.BalancerRules;
import dev.resilient.cloud.elb.resource.Errors;
import dev.resilient.cloud.elb.resource.Names;
import dev.resilient.loadbalancer.Condition;
import dev.resilient.wire.shape.Members;
import java.util.List;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.HostHeaderConditionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.PathPatternConditionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.QueryStringKeyValuePair;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleCondition;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/** What the conditions of a rule must be like, and where their values are shown. */
final class Conditions {
    private static final List<String> FIELDS =
            List.of("http-request-method", "path-pattern", "host-header", "query-string", "http-header", "source-ip");
    private static final RuleCondition NOTHING = RuleCondition.builder().build();

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
        String field = given.field();
        if (field == null) {
            throw Errors.validation("A condition field must be specified");
        }
        refuseIf(
                !FIELDS.contains(field), VALIDATION, "Condition field '" + field + "' must be one of '" + FIELDS + "'");
        String member = Names.capitalized(field.split("-"), "") + "Config";
        SdkPojo own = Members.get(given, member, SdkPojo.class).orElse(NOTHING);
        RuleCondition.Builder complete = RuleCondition.builder().field(field);
        SdkPojo config =
                switch (field) {
                    case "host-header" -> either(given, own, HostHeaderConditionConfig.builder(), complete);
                    case "path-pattern" -> either(given, own, PathPatternConditionConfig.builder(), complete);
                    default -> own;
                };
        check(field, given, config);
        Members.set(complete, member, config);
        return complete.build();
    }

    private static void check(String field, RuleCondition given, SdkPojo config) {
        refuseIf(
                !given.regexValues().isEmpty() || !values(config, "RegexValues").isEmpty(),
                VALIDATION,
                "A condition with RegexValues is not supported by this cloud");
        refuseIf(
                field.equals("http-header")
                        && Members.get(config, "HttpHeaderName", String.class).isEmpty(),
                VALIDATION,
                "A header name must be specified");
        List<Object> values = values(config, "Values");
        boolean lacking = values.stream()
                .anyMatch(value -> value instanceof QueryStringKeyValuePair pair && pair.value() == null);
        refuseIf(values.isEmpty() || lacking, VALIDATION, "A condition value must be specified");
    }

    /** The values of the two oldest kinds of condition can be given with or without a configuration, and are shown in both places. */
    private static <C, B extends SdkPojo & SdkBuilder<B, C>> SdkPojo either(
            RuleCondition given, SdkPojo own, B config, RuleCondition.Builder complete) {
        refuseIf(
                !given.values().isEmpty() && !values(own, "Values").isEmpty(),
                VALIDATION,
                "You must not specify both values and a configuration for the condition field '" + given.field() + "'");
        SdkPojo shown = (SdkPojo)
                Members.copy(given.values().isEmpty() ? own : given, config).build();
        Members.copy(shown, complete);
        return shown;
    }

    private static List<Object> values(SdkPojo config, String member) {
        return Members.list(config, member, Object.class);
    }
}

package dev.resilient.cloud.elb;

import dev.resilient.loadbalancer.Condition;
import dev.resilient.wire.ServiceError;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.HostHeaderConditionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.PathPatternConditionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleCondition;

/** Reads the conditions of a rule, and shows them: on the host, and on the path. */
final class ConditionReader {
    private static final String HOST = "host-header";
    private static final String PATH = "path-pattern";

    private ConditionReader() {}

    static List<Condition> read(List<RuleCondition> conditions) {
        if (conditions.isEmpty()) {
            throw Errors.validation("A condition must be specified");
        }
        try {
            return conditions.stream().map(ConditionReader::read).toList();
        } catch (IllegalArgumentException invalid) {
            throw Errors.validation("The conditions are not valid: " + invalid.getMessage());
        }
    }

    private static Condition read(RuleCondition condition) {
        if (!condition.regexValues().isEmpty()) {
            throw unsupported("RegexValues");
        }
        return switch (field(condition)) {
            case HOST -> new Condition.Host(hosts(condition, condition.hostHeaderConfig()));
            case PATH -> new Condition.Path(paths(condition, condition.pathPatternConfig()));
            case "http-header", "http-request-method", "query-string", "source-ip" ->
                throw unsupported("field '" + condition.field() + "'");
            default ->
                throw Errors.validation("Condition field '" + condition.field()
                        + "' must be one of '[http-request-method, path-pattern, host-header, query-string,"
                        + " http-header, source-ip]'");
        };
    }

    private static String field(RuleCondition condition) {
        if (condition.field() == null) {
            throw Errors.validation("A condition field must be specified");
        }
        return condition.field();
    }

    private static List<String> hosts(RuleCondition condition, @Nullable HostHeaderConditionConfig config) {
        if (config != null && !config.regexValues().isEmpty()) {
            throw unsupported("RegexValues");
        }
        return values(condition, config == null ? List.of() : config.values());
    }

    private static List<String> paths(RuleCondition condition, @Nullable PathPatternConditionConfig config) {
        if (config != null && !config.regexValues().isEmpty()) {
            throw unsupported("RegexValues");
        }
        return values(condition, config == null ? List.of() : config.values());
    }

    private static List<String> values(RuleCondition condition, List<String> configured) {
        if (!condition.values().isEmpty() && !configured.isEmpty()) {
            throw Errors.validation("You must not specify both values and a configuration for the condition field '"
                    + condition.field() + "'");
        }
        List<String> values = configured.isEmpty() ? condition.values() : configured;
        if (values.isEmpty()) {
            throw Errors.validation("A condition value must be specified");
        }
        return values;
    }

    private static ServiceError unsupported(String what) {
        return Errors.validation("A condition with " + what + " is not supported by this cloud");
    }

    static RuleCondition shown(Condition condition) {
        return switch (condition) {
            case Condition.Host(List<String> patterns) ->
                RuleCondition.builder()
                        .field(HOST)
                        .values(patterns)
                        .hostHeaderConfig(config -> config.values(patterns))
                        .build();
            case Condition.Path(List<String> patterns) ->
                RuleCondition.builder()
                        .field(PATH)
                        .values(patterns)
                        .pathPatternConfig(config -> config.values(patterns))
                        .build();
        };
    }
}

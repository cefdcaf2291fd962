package dev.resilient.cloud.elb.resource;

import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;

/**
 * A listener of a load balancer. Its protocol is HTTP.
 *
 * @param shape as the API shows it
 * @param defaultRuleArn of the rule that its default action is shown as, too
 * @param attributes those that differ from the defaults
 */
public record ListenerRecord(Listener shape, String defaultRuleArn, Map<String, String> attributes)
        implements Kept<ListenerRecord> {
    /** Keeps its own copy. */
    public ListenerRecord {
        attributes = Map.copyOf(attributes);
    }

    @Override
    public String arn() {
        return shape.listenerArn();
    }

    @Override
    public String name() {
        return arn();
    }

    /** The port that it listens on. */
    public int port() {
        return shape.port();
    }

    Rule defaultRule() {
        return Rule.builder()
                .ruleArn(defaultRuleArn)
                .priority("default")
                .conditions(List.of())
                .actions(shape.defaultActions())
                .isDefault(true)
                .build();
    }

    /** The same, as the API shows it from now on. */
    public ListenerRecord withShape(Listener next) {
        return new ListenerRecord(next, defaultRuleArn, attributes);
    }

    @Override
    public ListenerRecord withAttributes(Map<String, String> next) {
        return new ListenerRecord(shape, defaultRuleArn, next);
    }
}

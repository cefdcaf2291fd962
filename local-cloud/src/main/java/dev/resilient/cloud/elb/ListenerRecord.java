package dev.resilient.cloud.elb;

import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;

/**
 * A listener of a load balancer. Its protocol is HTTP.
 *
 * @param shape as the API shows it
 * @param defaultRule what its default action is shown as, too
 * @param attributes those that differ from the defaults
 */
record ListenerRecord(Listener shape, Rule defaultRule, Map<String, String> attributes) {

    ListenerRecord {
        attributes = Map.copyOf(attributes);
    }

    /** A listener whose default rule has this ARN. */
    static ListenerRecord of(Listener shape, String defaultRuleArn) {
        Rule rule = Rule.builder()
                .ruleArn(defaultRuleArn)
                .priority("default")
                .conditions(List.of())
                .actions(shape.defaultActions())
                .isDefault(true)
                .build();
        return new ListenerRecord(shape, rule, Map.of());
    }

    String arn() {
        return shape.listenerArn();
    }

    int port() {
        return shape.port();
    }

    ListenerRecord withShape(Listener next) {
        return new ListenerRecord(next, defaultRule.copy(rule -> rule.actions(next.defaultActions())), attributes);
    }

    ListenerRecord withAttributes(Map<String, String> next) {
        return new ListenerRecord(shape, defaultRule, next);
    }
}

package dev.resilient.cloud.elb;

import java.util.Map;

/**
 * A listener of a load balancer. Its protocol is HTTP.
 *
 * @param defaultRuleArn of the rule that its default action is shown as
 * @param action what it does with requests that none of its rules applies to
 * @param attributes those that differ from the defaults
 */
record ListenerRecord(
        String arn,
        String loadBalancerArn,
        int port,
        String defaultRuleArn,
        ListenerAction action,
        Map<String, String> attributes) {

    ListenerRecord {
        attributes = Map.copyOf(attributes);
    }

    ListenerRecord with(int nextPort, ListenerAction nextAction) {
        return new ListenerRecord(arn, loadBalancerArn, nextPort, defaultRuleArn, nextAction, attributes);
    }

    ListenerRecord withAttributes(Map<String, String> next) {
        return new ListenerRecord(arn, loadBalancerArn, port, defaultRuleArn, action, next);
    }
}

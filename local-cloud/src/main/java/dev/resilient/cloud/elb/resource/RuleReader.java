package dev.resilient.cloud.elb.resource;

import java.util.List;
import java.util.Objects;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupTuple;

/** What a rule says of its place among its listener's rules, and of where it forwards to. */
public final class RuleReader {
    private static final int PRIORITY_DIGITS = 5;

    private RuleReader() {}

    /** By priority, with the default rule, whose priority is a word, behind all numbers. */
    public static String order(Rule rule) {
        String priority = rule.priority();
        return "0".repeat(Math.max(0, PRIORITY_DIGITS - priority.length())) + priority + " " + rule.ruleArn();
    }

    /** The ARNs of the target groups that complete actions forward to. */
    public static List<String> targetGroups(List<Action> actions) {
        return actions.stream()
                .map(Action::forwardConfig)
                .filter(Objects::nonNull)
                .flatMap(config -> config.targetGroups().stream())
                .map(TargetGroupTuple::targetGroupArn)
                .toList();
    }
}

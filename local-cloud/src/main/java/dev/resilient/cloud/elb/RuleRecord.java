package dev.resilient.cloud.elb;

import dev.resilient.loadbalancer.Condition;
import java.util.List;

/** A rule of a listener, other than its default one. */
record RuleRecord(String arn, String listenerArn, int priority, List<Condition> conditions, ListenerAction action) {

    RuleRecord {
        conditions = List.copyOf(conditions);
    }

    RuleRecord withPriority(int next) {
        return new RuleRecord(arn, listenerArn, next, conditions, action);
    }

    RuleRecord with(List<Condition> nextConditions, ListenerAction nextAction) {
        return new RuleRecord(arn, listenerArn, priority, nextConditions, nextAction);
    }
}

package dev.resilient.cloud.elb;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.wire.ServiceError;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;

/** What an action, or a rule, of a load balancer must be like; what the load balancer itself would refuse is refused here. */
record ActionRules(Stores stores, DataPlane dataPlane) {

    /**
     * The action of a listener or a rule, checked.
     *
     * @param arn of the listener or the rule
     */
    ListenerAction read(String loadBalancerArn, String arn, List<Action> actions) {
        ListenerAction action = ActionReader.read(actions);
        action.targetGroups().forEach(group -> checkFree(loadBalancerArn, stores.targetGroup(group)));
        checkNumbers(loadBalancerArn, arn, action);
        try {
            dataPlane.actions().action(action);
        } catch (IllegalArgumentException invalid) {
            throw action instanceof ListenerAction.FixedResponse
                    ? Errors.validation("The fixed response is not valid: " + invalid.getMessage())
                    : ServiceError.badRequest(
                            "InvalidLoadBalancerAction", "The action is not valid: " + invalid.getMessage());
        }
        return action;
    }

    private void checkNumbers(String loadBalancerArn, String arn, ListenerAction action) {
        Set<String> groups = stores.targetGroupsOf(loadBalancerArn, arn);
        if (groups.addAll(action.targetGroups())) {
            Quota.TARGET_GROUPS_OF_LOAD_BALANCER.check(groups.size());
            Quota.TARGETS_OF_LOAD_BALANCER.check(groups.stream()
                    .mapToLong(group -> stores.targetGroup(group).targets().size())
                    .sum());
        }
    }

    private void checkFree(String loadBalancerArn, TargetGroupRecord group) {
        boolean usedElsewhere = stores.loadBalancerOf(group.arn())
                .filter(user -> !user.arn().equals(loadBalancerArn))
                .isPresent();
        refuseIf(
                usedElsewhere,
                () -> ServiceError.badRequest(
                        "TargetGroupAssociationLimit",
                        "The following target groups cannot be associated with more than one load balancer: '"
                                + group.arn() + "'"));
    }

    /** Refuses conditions that do not go together. */
    void check(RuleRecord rule) {
        try {
            dataPlane.actions().rule(rule);
        } catch (IllegalArgumentException invalid) {
            throw Errors.validation("The rule is not valid: " + invalid.getMessage());
        }
    }
}

package dev.resilient.cloud.elb.operation;

import static dev.resilient.cloud.elb.resource.Errors.ACTION;
import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.elb.dataplane.DataPlane;
import dev.resilient.cloud.elb.resource.Errors;
import dev.resilient.cloud.elb.resource.RuleReader;
import dev.resilient.cloud.elb.resource.Stores;
import dev.resilient.cloud.elb.resource.TargetGroupRecord;
import dev.resilient.wire.shape.Members;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.FixedResponseActionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ForwardActionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RedirectActionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupStickinessConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupTuple;

/**
 * What an action of a load balancer must be like, and what it is where a request leaves something out. What the load balancer itself
 * would refuse is refused here.
 */
record Actions(Stores stores, DataPlane dataPlane) {
    private static final RedirectActionConfig SAME_URL = RedirectActionConfig.builder()
            .protocol("#{protocol}")
            .host("#{host}")
            .port("#{port}")
            .path("/#{path}")
            .query("#{query}")
            .build();
    private static final FixedResponseActionConfig EMPTY_TEXT = FixedResponseActionConfig.builder()
            .contentType("text/plain")
            .messageBody("")
            .build();

    /**
     * The action of a listener or a rule, checked and complete.
     *
     * @param ruleArn of the rule that it is for, which may have another one now
     */
    List<Action> read(String loadBalancerArn, String ruleArn, List<Action> given) {
        refuseIf(
                given.size() > 1,
                "TooManyActions",
                "A listener or a rule has one action: those that authenticate are not supported");
        refuseIf(given.isEmpty(), ACTION, "An action must be specified");
        List<Action> complete = List.of(complete(given.getFirst()));
        RuleReader.targetGroups(complete)
                .forEach(group ->
                        checkFree(loadBalancerArn, stores.targetGroups().get(group)));
        checkNumbers(loadBalancerArn, ruleArn, RuleReader.targetGroups(complete));
        try {
            dataPlane.rules().action(complete);
        } catch (IllegalArgumentException invalid) {
            throw complete.getFirst().fixedResponseConfig() != null
                    ? Errors.validation("The fixed response is not valid: " + invalid.getMessage())
                    : Errors.invalidAction("The action is not valid: " + invalid.getMessage());
        }
        return complete;
    }

    private static Action complete(Action given) {
        Action.Builder complete = Action.builder().type(given.type()).order(given.order());
        return switch (given.type()) {
            case FORWARD -> forward(given, complete).build();
            case REDIRECT ->
                complete.redirectConfig(Members.copy(redirect(given), SAME_URL.toBuilder())
                                .build())
                        .build();
            case FIXED_RESPONSE ->
                complete.fixedResponseConfig(Members.copy(fixedResponse(given), EMPTY_TEXT.toBuilder())
                                .build())
                        .build();
            case AUTHENTICATE_OIDC, AUTHENTICATE_COGNITO, JWT_VALIDATION, UNKNOWN_TO_SDK_VERSION ->
                throw Errors.invalidAction(
                        "The action type '" + given.typeAsString() + "' is not supported by this cloud");
        };
    }

    private static RedirectActionConfig redirect(Action given) {
        refuseIf(given.redirectConfig() == null, ACTION, "A redirect action needs a RedirectConfig");
        return given.redirectConfig();
    }

    private static FixedResponseActionConfig fixedResponse(Action given) {
        refuseIf(given.fixedResponseConfig() == null, ACTION, "A fixed-response action needs a FixedResponseConfig");
        return given.fixedResponseConfig();
    }

    /** Of one group, which is shown in both places, or of several. */
    private static Action.Builder forward(Action given, Action.Builder complete) {
        ForwardActionConfig config =
                given.forwardConfig() == null ? ForwardActionConfig.builder().build() : given.forwardConfig();
        List<TargetGroupTuple> groups = config.targetGroups().isEmpty()
                ? List.of(weighted(TargetGroupTuple.builder()
                        .targetGroupArn(given.targetGroupArn())
                        .build()))
                : config.targetGroups().stream().map(Actions::weighted).toList();
        String only = groups.size() == 1 ? groups.getFirst().targetGroupArn() : null;
        refuseIf(
                given.targetGroupArn() != null && !given.targetGroupArn().equals(only),
                ACTION,
                "A forward action names one target group, or several in its ForwardConfig");
        Quota.TARGET_GROUPS_OF_ACTION.check(groups.size());
        return complete.targetGroupArn(only).forwardConfig(all -> all.targetGroups(groups)
                .targetGroupStickinessConfig(sticky(config.targetGroupStickinessConfig())));
    }

    private static TargetGroupTuple weighted(TargetGroupTuple given) {
        refuseIf(given.targetGroupArn() == null, ACTION, "A forward action names a target group");
        return given.weight() == null ? given.copy(group -> group.weight(1)) : given;
    }

    private static TargetGroupStickinessConfig sticky(@Nullable TargetGroupStickinessConfig given) {
        if (given == null || !Boolean.TRUE.equals(given.enabled())) {
            return TargetGroupStickinessConfig.builder().enabled(false).build();
        }
        refuseIf(given.durationSeconds() == null, ACTION, "The stickiness of target groups needs a duration");
        return given;
    }

    private void checkNumbers(String loadBalancerArn, String ruleArn, List<String> added) {
        Set<String> groups = stores.targetGroupsOf(loadBalancerArn, ruleArn);
        if (groups.addAll(added)) {
            Quota.TARGET_GROUPS_OF_LOAD_BALANCER.check(groups.size());
            Quota.TARGETS_OF_LOAD_BALANCER.check(groups.stream()
                    .mapToLong(
                            group -> stores.targetGroups().get(group).targets().size())
                    .sum());
        }
    }

    private void checkFree(String loadBalancerArn, TargetGroupRecord group) {
        refuseIf(
                stores.loadBalancerOf(group.arn())
                        .filter(user -> !user.arn().equals(loadBalancerArn))
                        .isPresent(),
                "TargetGroupAssociationLimit",
                "The following target groups cannot be associated with more than one load balancer: '" + group.arn()
                        + "'");
    }
}

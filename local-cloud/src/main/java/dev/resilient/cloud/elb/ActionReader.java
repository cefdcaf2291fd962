package dev.resilient.cloud.elb;

import dev.resilient.cloud.elb.ListenerRecord.DefaultAction;
import dev.resilient.wire.ServiceError;
import java.util.List;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.FixedResponseActionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupTuple;

/** Reads a listener's default action: forward to one target group, or a fixed response. */
final class ActionReader {
    private static final String USUAL_CONTENT_TYPE = "text/plain";

    private ActionReader() {}

    static DefaultAction read(List<Action> actions) {
        if (actions.size() != 1) {
            throw ServiceError.badRequest(
                    "InvalidLoadBalancerAction", "A listener has exactly one default action in this cloud");
        }
        Action action = actions.getFirst();
        return switch (action.type()) {
            case FORWARD -> forward(action);
            case FIXED_RESPONSE -> fixedResponse(action.fixedResponseConfig());
            case REDIRECT, AUTHENTICATE_OIDC, AUTHENTICATE_COGNITO, JWT_VALIDATION, UNKNOWN_TO_SDK_VERSION ->
                throw ServiceError.badRequest(
                        "InvalidLoadBalancerAction",
                        "The action type '" + action.typeAsString() + "' is not supported by this cloud");
        };
    }

    private static DefaultAction forward(Action action) {
        List<TargetGroupTuple> weighted = action.forwardConfig() == null
                ? List.of()
                : action.forwardConfig().targetGroups();
        if (weighted.size() > 1) {
            throw ServiceError.badRequest(
                    "InvalidLoadBalancerAction", "Forwarding to several target groups is not supported by this cloud");
        }
        String arn = weighted.isEmpty()
                ? action.targetGroupArn()
                : weighted.getFirst().targetGroupArn();
        if (arn == null
                || (action.targetGroupArn() != null && !action.targetGroupArn().equals(arn))) {
            throw ServiceError.badRequest(
                    "InvalidLoadBalancerAction", "A forward action names exactly one target group");
        }
        return new DefaultAction.Forward(arn);
    }

    private static DefaultAction fixedResponse(FixedResponseActionConfig config) {
        if (config == null) {
            throw ServiceError.badRequest(
                    "InvalidLoadBalancerAction", "A fixed-response action needs a FixedResponseConfig");
        }
        String contentType = config.contentType() == null ? USUAL_CONTENT_TYPE : config.contentType();
        String body = config.messageBody() == null ? "" : config.messageBody();
        int status = Integer.parseInt(config.statusCode());
        try {
            new dev.resilient.loadbalancer.Action.FixedResponse(status, contentType, body);
        } catch (IllegalArgumentException invalid) {
            throw Errors.validation("The fixed response is not valid: " + invalid.getMessage());
        }
        return new DefaultAction.FixedResponse(status, contentType, body);
    }
}

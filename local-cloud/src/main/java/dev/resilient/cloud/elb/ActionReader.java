package dev.resilient.cloud.elb;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.elb.ListenerAction.FixedResponse;
import dev.resilient.cloud.elb.ListenerAction.Forward;
import dev.resilient.cloud.elb.ListenerAction.Redirect;
import dev.resilient.cloud.elb.ListenerAction.Share;
import dev.resilient.wire.ServiceError;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.FixedResponseActionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ForwardActionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RedirectActionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupStickinessConfig;

/** Reads the action of a listener or a rule: forward to target groups, redirect, or a fixed response. */
final class ActionReader {
    private static final String USUAL_CONTENT_TYPE = "text/plain";
    private static final int USUAL_WEIGHT = 1;

    private ActionReader() {}

    static ListenerAction read(List<Action> actions) {
        refuseIf(
                actions.size() > 1,
                () -> ServiceError.badRequest(
                        "TooManyActions",
                        "A listener or a rule has one action: those that authenticate are not supported"));
        refuseIf(actions.isEmpty(), () -> invalid("An action must be specified"));
        Action action = actions.getFirst();
        return switch (action.type()) {
            case FORWARD -> forward(action);
            case REDIRECT -> redirect(action.redirectConfig());
            case FIXED_RESPONSE -> fixedResponse(action.fixedResponseConfig());
            case AUTHENTICATE_OIDC, AUTHENTICATE_COGNITO, JWT_VALIDATION, UNKNOWN_TO_SDK_VERSION ->
                throw invalid("The action type '" + action.typeAsString() + "' is not supported by this cloud");
        };
    }

    private static Forward forward(Action action) {
        ForwardActionConfig config = action.forwardConfig();
        List<Share> shares = config == null || config.targetGroups().isEmpty()
                ? List.of(new Share(named(action.targetGroupArn()), USUAL_WEIGHT))
                : config.targetGroups().stream()
                        .map(group -> new Share(named(group.targetGroupArn()), or(group.weight(), USUAL_WEIGHT)))
                        .toList();
        boolean contradicts = action.targetGroupArn() != null
                && (shares.size() > 1 || !shares.getFirst().targetGroupArn().equals(action.targetGroupArn()));
        refuseIf(
                contradicts, () -> invalid("A forward action names one target group, or several in its ForwardConfig"));
        Quota.TARGET_GROUPS_OF_ACTION.check(shares.size());
        return new Forward(shares, sticky(config == null ? null : config.targetGroupStickinessConfig()));
    }

    private static String named(@Nullable String targetGroupArn) {
        if (targetGroupArn == null) {
            throw invalid("A forward action names a target group");
        }
        return targetGroupArn;
    }

    private static Optional<Integer> sticky(@Nullable TargetGroupStickinessConfig config) {
        if (config == null || !Boolean.TRUE.equals(config.enabled())) {
            return Optional.empty();
        }
        if (config.durationSeconds() == null) {
            throw invalid("The stickiness of target groups needs a duration");
        }
        return Optional.of(config.durationSeconds());
    }

    private static Redirect redirect(@Nullable RedirectActionConfig config) {
        if (config == null) {
            throw invalid("A redirect action needs a RedirectConfig");
        }
        return new Redirect(
                Integer.parseInt(config.statusCodeAsString().replace("HTTP_", "")),
                or(config.protocol(), "#{protocol}"),
                or(config.host(), "#{host}"),
                or(config.port(), "#{port}"),
                or(config.path(), "/#{path}"),
                or(config.query(), "#{query}"));
    }

    private static FixedResponse fixedResponse(@Nullable FixedResponseActionConfig config) {
        if (config == null) {
            throw invalid("A fixed-response action needs a FixedResponseConfig");
        }
        return new FixedResponse(
                Integer.parseInt(config.statusCode()),
                or(config.contentType(), USUAL_CONTENT_TYPE),
                or(config.messageBody(), ""));
    }

    private static <T> T or(@Nullable T given, T usual) {
        return given == null ? usual : given;
    }

    private static ServiceError invalid(String message) {
        return ServiceError.badRequest("InvalidLoadBalancerAction", message);
    }
}

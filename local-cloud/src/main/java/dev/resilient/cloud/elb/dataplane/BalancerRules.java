package dev.resilient.cloud.elb.dataplane;

import dev.resilient.loadbalancer.Action;
import dev.resilient.loadbalancer.Condition;
import dev.resilient.loadbalancer.Rule;
import dev.resilient.loadbalancer.TargetGroup;
import dev.resilient.loadbalancer.WeightedGroup;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.FixedResponseActionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ForwardActionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RedirectActionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleCondition;

/**
 * Rules, complete as the API shows them, as the load balancer wants them. What is not valid throws {@link
 * IllegalArgumentException}, saying why.
 *
 * @param groups finds a target group by its ARN
 */
public record BalancerRules(Function<String, TargetGroup> groups) {

    /** With its priority, a number. */
    public Rule rule(software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule rule) {
        return new Rule(
                Integer.parseInt(rule.priority()),
                rule.conditions().stream().map(BalancerRules::condition).toList(),
                action(rule.actions()));
    }

    /** Of a listener or a rule, which has one. */
    public Action action(List<software.amazon.awssdk.services.elasticloadbalancingv2.model.Action> actions) {
        var action = actions.getFirst();
        return switch (action.type()) {
            case FORWARD -> forward(action.forwardConfig());
            case REDIRECT -> redirect(action.redirectConfig());
            case FIXED_RESPONSE -> fixedResponse(action.fixedResponseConfig());
            case AUTHENTICATE_OIDC, AUTHENTICATE_COGNITO, JWT_VALIDATION, UNKNOWN_TO_SDK_VERSION ->
                throw new IllegalArgumentException(action.typeAsString() + " is not supported");
        };
    }

    private Action forward(ForwardActionConfig config) {
        return new Action.Forward(
                config.targetGroups().stream()
                        .map(group -> new WeightedGroup(groups.apply(group.targetGroupArn()), group.weight()))
                        .toList(),
                Optional.ofNullable(config.targetGroupStickinessConfig().durationSeconds())
                        .map(Duration::ofSeconds));
    }

    private static Action redirect(RedirectActionConfig config) {
        int status = Integer.parseInt(config.statusCodeAsString().replace("HTTP_", ""));
        return new Action.Redirect(
                status, config.protocol(), config.host(), config.port(), config.path(), config.query());
    }

    private static Action fixedResponse(FixedResponseActionConfig config) {
        return new Action.FixedResponse(
                Integer.parseInt(config.statusCode()), config.contentType(), config.messageBody());
    }

    /** Of one kind, with all its values. */
    public static Condition condition(RuleCondition condition) {
        return switch (condition.field()) {
            case "host-header" ->
                new Condition.Host(condition.hostHeaderConfig().values());
            case "path-pattern" ->
                new Condition.Path(condition.pathPatternConfig().values());
            case "http-header" ->
                new Condition.Header(
                        condition.httpHeaderConfig().httpHeaderName(),
                        condition.httpHeaderConfig().values());
            case "http-request-method" ->
                new Condition.Method(condition.httpRequestMethodConfig().values());
            case "query-string" ->
                new Condition.Query(condition.queryStringConfig().values().stream()
                        .map(pair -> new Condition.Parameter(Optional.ofNullable(pair.key()), pair.value()))
                        .toList());
            case "source-ip" -> new Condition.Source(condition.sourceIpConfig().values());
            default -> throw new IllegalArgumentException(condition.field() + " is not supported");
        };
    }
}

package dev.resilient.cloud.elb;

import dev.resilient.cloud.elb.ListenerAction.Share;
import dev.resilient.loadbalancer.Action;
import dev.resilient.loadbalancer.Rule;
import dev.resilient.loadbalancer.TargetGroup;
import dev.resilient.loadbalancer.WeightedGroup;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Recorded actions and rules as the load balancer wants them.
 *
 * @param groups finds a target group by its ARN
 */
record BalancerActions(Function<String, TargetGroup> groups) {

    /** @throws IllegalArgumentException if the rule is not valid, saying why */
    Rule rule(RuleRecord rule) {
        return new Rule(rule.priority(), rule.conditions(), action(rule.action()));
    }

    /** @throws IllegalArgumentException if the action is not valid, saying why */
    Action action(ListenerAction action) {
        return switch (action) {
            case ListenerAction.Forward(List<Share> shares, Optional<Integer> stickySeconds) ->
                new Action.Forward(
                        shares.stream()
                                .map(share -> new WeightedGroup(groups.apply(share.targetGroupArn()), share.weight()))
                                .toList(),
                        stickySeconds.map(Duration::ofSeconds));
            case ListenerAction.Redirect(
                    int status,
                    String protocol,
                    String host,
                    String port,
                    String path,
                    String query) -> new Action.Redirect(status, protocol, host, port, path, query);
            case ListenerAction.FixedResponse(int status, String contentType, String body) ->
                new Action.FixedResponse(status, contentType, body);
        };
    }
}

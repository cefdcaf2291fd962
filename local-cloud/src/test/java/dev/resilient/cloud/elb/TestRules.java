package dev.resilient.cloud.elb;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resilient.wire.ServiceError;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateRuleRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateRuleResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeRulesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeRulesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleCondition;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RulePriorityPair;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupTuple;

/** The rules of a front's listener, and the parts they are made of. */
final class TestRules {
    private TestRules() {}

    static void assertRefused(Region region, String code, String message, AwsRequest request) {
        assertThatThrownBy(() -> region.call(request))
                .hasMessageContaining(message)
                .asInstanceOf(InstanceOfAssertFactories.type(ServiceError.class))
                .extracting(ServiceError::code)
                .isEqualTo(code);
    }

    static Rule createRule(Region region, Region.Front front, int priority, String path) {
        return region.call(request(front, priority, path).build(), CreateRuleResponse.class)
                .rules()
                .getFirst();
    }

    static List<Rule> rules(Region region, Region.Front front) {
        return region.call(
                        DescribeRulesRequest.builder()
                                .listenerArn(front.listener())
                                .build(),
                        DescribeRulesResponse.class)
                .rules();
    }

    /** A rule that answers with its first path. */
    static CreateRuleRequest.Builder request(Region.Front front, int priority, String... paths) {
        return CreateRuleRequest.builder()
                .listenerArn(front.listener())
                .priority(priority)
                .conditions(path(paths))
                .actions(Action.builder()
                        .type("fixed-response")
                        .fixedResponseConfig(config -> config.statusCode("200").messageBody(paths[0]))
                        .build());
    }

    static RuleCondition path(String... values) {
        return RuleCondition.builder().field("path-pattern").values(values).build();
    }

    static Action forward(String targetGroup, int weight) {
        return Action.builder()
                .type("forward")
                .forwardConfig(config -> config.targetGroups(share(targetGroup, weight)))
                .build();
    }

    static TargetGroupTuple share(String targetGroup, int weight) {
        return TargetGroupTuple.builder()
                .targetGroupArn(targetGroup)
                .weight(weight)
                .build();
    }

    static RulePriorityPair priority(Rule rule, int priority) {
        return RulePriorityPair.builder()
                .ruleArn(rule.ruleArn())
                .priority(priority)
                .build();
    }
}

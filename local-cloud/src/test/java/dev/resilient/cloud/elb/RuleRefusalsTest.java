package dev.resilient.cloud.elb;

import static dev.resilient.cloud.elb.TestRules.assertRefused;
import static dev.resilient.cloud.elb.TestRules.createRule;
import static dev.resilient.cloud.elb.TestRules.forward;
import static dev.resilient.cloud.elb.TestRules.priority;
import static dev.resilient.cloud.elb.TestRules.request;
import static dev.resilient.cloud.elb.TestRules.rules;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteRuleRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeRulesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyRuleRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleCondition;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RulePriorityPair;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleTransform;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SetRulePrioritiesRequest;

/** What is refused of rules, in whose words, and that it changes nothing. */
class RuleRefusalsTest {
    private final Region region = new Region();

    @AfterEach
    void close() {
        region.close();
    }

    /** A request that is refused, made from a front that has a rule of priority 1. */
    private record Refusal(String code, String message, BiFunction<Region.Front, Rule, AwsRequest> request) {
        @Override
        public String toString() {
            return message;
        }
    }

    static Stream<Refusal> refusals() {
        return Stream.of(
                new Refusal(
                        "PriorityInUse", "Priority '1' is currently in use", (front, rule) -> request(front, 1, "/b")
                                .build()),
                new Refusal(
                        "ListenerNotFound", "One or more listeners not found", (front, rule) -> request(front, 2, "/b")
                                .listenerArn(front.listener() + "0")
                                .build()),
                new Refusal("ValidationError", "A condition must be specified", (front, rule) -> request(front, 2, "/b")
                        .conditions(List.of())
                        .build()),
                new Refusal("ValidationError", "must be one of '[http-request-method,", (front, rule) -> request(
                                front, 2, "/b")
                        .conditions(RuleCondition.builder()
                                .field("weather")
                                .values("rain")
                                .build())
                        .build()),
                new Refusal("ValidationError", "A condition value must be specified", (front, rule) -> request(
                                front, 2, "/b")
                        .conditions(RuleCondition.builder().field("source-ip").build())
                        .build()),
                new Refusal(
                        "ValidationError", "A header name must be specified", (front, rule) -> request(front, 2, "/b")
                                .conditions(RuleCondition.builder()
                                        .field("http-header")
                                        .httpHeaderConfig(config -> config.values("a"))
                                        .build())
                                .build()),
                new Refusal("ValidationError", "'10.0.0.0/33' is not a block of addresses", (front, rule) -> request(
                                front, 2, "/b")
                        .conditions(RuleCondition.builder()
                                .field("source-ip")
                                .sourceIpConfig(config -> config.values("10.0.0.0/33"))
                                .build())
                        .build()),
                new Refusal(
                        "ValidationError",
                        "A condition with RegexValues is not supported by this cloud",
                        (front, rule) -> request(front, 2, "/b")
                                .conditions(RuleCondition.builder()
                                        .field("http-header")
                                        .httpHeaderConfig(config ->
                                                config.httpHeaderName("a").regexValues("a.*"))
                                        .build())
                                .build()),
                new Refusal("ValidationError", "A rule can only have '5' condition wildcards", (front, rule) -> request(
                                front, 2, "/******")
                        .build()),
                new Refusal("TooManyActions", "has one action", (front, rule) -> request(front, 2, "/b")
                        .actions(forward(front.targetGroup(), 1), forward(front.targetGroup(), 1))
                        .build()),
                new Refusal("ValidationError", "A condition value must be specified", (front, rule) -> request(
                                front, 2, "/b")
                        .conditions(
                                RuleCondition.builder().field("path-pattern").build())
                        .build()),
                new Refusal("ValidationError", "A rule can only have '5' condition values", (front, rule) -> request(
                                front, 2, "/1", "/2", "/3", "/4", "/5", "/6")
                        .build()),
                new Refusal("InvalidLoadBalancerAction", "this one would go in circles", (front, rule) -> request(
                                front, 2, "/b")
                        .actions(Action.builder()
                                .type("redirect")
                                .redirectConfig(config -> config.statusCode("HTTP_301"))
                                .build())
                        .build()),
                new Refusal("TargetGroupNotFound", "One or more target groups not found", (front, rule) -> request(
                                front, 2, "/b")
                        .actions(forward(front.targetGroup() + "0", 1))
                        .build()),
                new Refusal("InvalidLoadBalancerAction", "0 to 999", (front, rule) -> request(front, 2, "/b")
                        .actions(forward(front.targetGroup(), 1000))
                        .build()),
                new Refusal("ValidationError", "Transforms is not supported", (front, rule) -> request(front, 2, "/b")
                        .transforms(RuleTransform.builder().type("url-rewrite").build())
                        .build()),
                new Refusal("ValidationError", "' is not a valid rule ARN", (front, rule) -> ModifyRuleRequest.builder()
                        .ruleArn(front.listener())
                        .build()),
                new Refusal("RuleNotFound", "One or more rules not found", (front, rule) -> DeleteRuleRequest.builder()
                        .ruleArn(rule.ruleArn() + "0")
                        .build()),
                new Refusal(
                        "RuleNotFound", "One or more rules not found", (front, rule) -> DescribeRulesRequest.builder()
                                .ruleArns(rule.ruleArn(), rule.ruleArn() + "0")
                                .build()),
                new Refusal(
                        "ValidationError",
                        "either listener rule ARNs or a listener ARN",
                        (front, rule) -> DescribeRulesRequest.builder().build()),
                new Refusal(
                        "RuleNotFound",
                        "One or more rules not found",
                        (front, rule) -> SetRulePrioritiesRequest.builder()
                                .rulePriorities(
                                        priority(rule, 5),
                                        RulePriorityPair.builder()
                                                .ruleArn(rule.ruleArn() + "0")
                                                .priority(6)
                                                .build())
                                .build()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void bad_input_is_refused_in_awss_words_and_changes_nothing(Refusal refusal) throws Exception {
        Region.Front front = region.front();
        Rule rule = createRule(region, front, 1, "/a");
        List<Rule> before = rules(region, front);
        assertRefused(
                region, refusal.code(), refusal.message(), refusal.request().apply(front, rule));
        assertThat(rules(region, front)).isEqualTo(before);
        assertThat(region.get(front.address(), "/a").body()).isEqualTo("/a");
    }

    @Test
    void the_default_rule_is_its_listeners() {
        Region.Front front = region.front();
        String defaultRule = rules(region, front).getLast().ruleArn();
        String message = "Default rule '" + defaultRule + "' cannot be ";
        assertRefused(
                region,
                "OperationNotPermitted",
                message + "deleted",
                DeleteRuleRequest.builder().ruleArn(defaultRule).build());
        assertRefused(
                region,
                "OperationNotPermitted",
                message + "modified",
                ModifyRuleRequest.builder().ruleArn(defaultRule).build());
    }

    @Test
    void a_priority_that_stays_with_another_rule_is_in_use() {
        Region.Front front = region.front();
        createRule(region, front, 1, "/a");
        Rule second = createRule(region, front, 2, "/b");
        assertRefused(
                region,
                "PriorityInUse",
                "Priority '1' is currently in use",
                SetRulePrioritiesRequest.builder()
                        .rulePriorities(priority(second, 1))
                        .build());
    }

    @Test
    void a_load_balancer_has_at_most_a_hundred_rules() {
        Region.Front front = region.front();
        for (int priority = 1; priority <= 100; priority++) {
            createRule(region, front, priority, "/" + priority);
        }
        assertRefused(
                region,
                "TooManyRules",
                "maximum number of rules of a load balancer of type 'application': [100]",
                request(front, 101, "/a").build());
    }
}

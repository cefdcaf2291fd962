package dev.resilient.cloud.elb;

import static dev.resilient.cloud.elb.TestRules.assertRefused;
import static dev.resilient.cloud.elb.TestRules.createRule;
import static dev.resilient.cloud.elb.TestRules.forward;
import static dev.resilient.cloud.elb.TestRules.path;
import static dev.resilient.cloud.elb.TestRules.priority;
import static dev.resilient.cloud.elb.TestRules.request;
import static dev.resilient.cloud.elb.TestRules.rules;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.resilient.cloud.store.ResourceStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateRuleResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateTargetGroupResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteRuleRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteTargetGroupRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeRulesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeRulesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTagsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTagsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyRuleRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.QueryStringKeyValuePair;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleCondition;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SetRulePrioritiesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Tag;

/** Rules of listeners, as the API has them and as clients feel them. */
class RulesTest {
    private final Region region = new Region();

    @AfterEach
    void close() {
        region.close();
    }

    @Test
    void a_rule_is_shown_as_it_was_made_and_the_default_one_comes_last() {
        Region.Front front = region.front();
        Rule second = createRule(region, front, 20, "/b");
        Rule first = createRule(region, front, 3, "/a");

        assertThat(first.ruleArn())
                .matches("arn:aws:elasticloadbalancing:us-west-2:123456789012:listener-rule/app/front/[0-9a-f]{16}/"
                        + "[0-9a-f]{16}/[0-9a-f]{16}");
        assertThat(first.priority()).isEqualTo("3");
        assertThat(first.isDefault()).isFalse();
        assertThat(first.conditions()).singleElement().satisfies(condition -> {
            assertThat(condition.field()).isEqualTo("path-pattern");
            assertThat(condition.values()).containsExactly("/a");
            assertThat(condition.pathPatternConfig().values()).containsExactly("/a");
        });
        List<Rule> shown = rules(region, front);
        assertThat(shown.subList(0, 2)).containsExactly(first, second);
        assertThat(shown.get(2).priority()).isEqualTo("default");
        assertThat(shown.get(2).isDefault()).isTrue();
        assertThat(shown.get(2).actions().getFirst().targetGroupArn()).isEqualTo(front.targetGroup());
        assertThat(region.call(
                                DescribeRulesRequest.builder()
                                        .ruleArns(shown.get(2).ruleArn(), second.ruleArn())
                                        .build(),
                                DescribeRulesResponse.class)
                        .rules())
                .containsExactly(second, shown.get(2));
    }

    @Test
    void conditions_of_every_kind_are_shown_as_they_were_made_and_decide() throws Exception {
        Region.Front front = region.front();
        List<RuleCondition> conditions = List.of(
                RuleCondition.builder()
                        .field("http-header")
                        .httpHeaderConfig(
                                config -> config.httpHeaderName("User-Agent").values("*Java*"))
                        .build(),
                RuleCondition.builder()
                        .field("http-request-method")
                        .httpRequestMethodConfig(config -> config.values("GET"))
                        .build(),
                RuleCondition.builder()
                        .field("query-string")
                        .queryStringConfig(config -> config.values(
                                QueryStringKeyValuePair.builder()
                                        .key("mode")
                                        .value("dark")
                                        .build(),
                                QueryStringKeyValuePair.builder().value("night").build()))
                        .build(),
                RuleCondition.builder()
                        .field("source-ip")
                        .sourceIpConfig(config -> config.values("127.0.0.0/8"))
                        .build());
        Rule made = region.call(request(front, 1, "/all").conditions(conditions).build(), CreateRuleResponse.class)
                .rules()
                .getFirst();
        assertThat(made.conditions()).isEqualTo(conditions);
        assertThat(rules(region, front).getFirst()).isEqualTo(made);

        assertThat(region.get(front.address(), "/?a=NIGHT").body()).isEqualTo("/all");
        assertThat(region.get(front.address(), "/?mode=night&mode=dark").body()).isEqualTo("/all");
        assertThat(region.get(front.address(), "/?mode=light").statusCode()).isEqualTo(503);
    }

    @Test
    void rules_decide_trade_places_change_and_go() throws Exception {
        Region.Front front = region.front();
        Rule general = createRule(region, front, 1, "/a*");
        Rule special = createRule(region, front, 2, "/ab");
        assertThat(region.get(front.address(), "/ab").body()).isEqualTo("/a*");
        assertThat(region.get(front.address(), "/b").statusCode()).isEqualTo(503);

        region.call(SetRulePrioritiesRequest.builder()
                .rulePriorities(priority(general, 2), priority(special, 1))
                .build());
        assertThat(region.get(front.address(), "/ab").body()).isEqualTo("/ab");
        assertThat(rules(region, front)).extracting(Rule::priority).containsExactly("1", "2", "default");

        region.call(ModifyRuleRequest.builder()
                .ruleArn(special.ruleArn())
                .conditions(path("/b"))
                .build());
        assertThat(region.get(front.address(), "/ab").body()).isEqualTo("/a*");
        assertThat(region.get(front.address(), "/b").body()).isEqualTo("/ab");

        region.call(DeleteRuleRequest.builder().ruleArn(special.ruleArn()).build());
        assertThat(region.get(front.address(), "/b").statusCode()).isEqualTo(503);
    }

    @Test
    void rules_move_with_their_listener_to_another_port() throws Exception {
        Region.Front front = region.front();
        createRule(region, front, 1, "/a");
        for (int port : List.of(region.port == 65_535 ? 65_534 : region.port + 1, region.port)) {
            region.call(ModifyListenerRequest.builder()
                    .listenerArn(front.listener())
                    .port(port)
                    .build());
        }
        assertThat(region.get(front.address(), "/a").body()).isEqualTo("/a");
    }

    @Test
    void a_target_group_is_in_use_by_a_rule() throws Exception {
        region.launch("i-1", "us-west-2a");
        Region.Front front = region.front();
        String other = region.call(region.targetGroupRequest().name("other").build(), CreateTargetGroupResponse.class)
                .targetGroups()
                .getFirst()
                .targetGroupArn();
        region.register(other, "i-1");
        Rule rule = region.call(
                        request(front, 1, "/other").actions(forward(other, 1)).build(), CreateRuleResponse.class)
                .rules()
                .getFirst();
        await().untilAsserted(() -> assertThat(region.healthWords(other)).containsExactly("i-1 healthy"));
        assertThat(region.get(front.address(), "/other").body()).isEqualTo("i-1");
        DeleteTargetGroupRequest delete =
                DeleteTargetGroupRequest.builder().targetGroupArn(other).build();
        assertThatThrownBy(() -> region.call(delete)).hasMessageContaining("in use by a listener or a rule");

        region.call(DeleteRuleRequest.builder().ruleArn(rule.ruleArn()).build());
        assertThat(region.healthWords(other)).containsExactly("i-1 unused Target.NotInUse");
        region.call(delete);
    }

    @Test
    void a_listener_takes_its_rules_and_their_tags_with_it() {
        Region.Front front = region.front();
        Rule rule = region.call(
                        request(front, 1, "/a")
                                .tags(Tag.builder().key("k").value("v").build())
                                .build(),
                        CreateRuleResponse.class)
                .rules()
                .getFirst();
        DescribeTagsRequest describe =
                DescribeTagsRequest.builder().resourceArns(rule.ruleArn()).build();
        assertThat(region.call(describe, DescribeTagsResponse.class)
                        .tagDescriptions()
                        .getFirst()
                        .tags())
                .hasSize(1);
        region.call(
                DeleteListenerRequest.builder().listenerArn(front.listener()).build());
        assertRefused(region, "RuleNotFound", "One or more rules not found", describe);
    }

    @Test
    void rules_outlive_their_cloud(@TempDir Path folder) throws Exception {
        int port = Region.freePort();
        Region.Front front;
        List<Rule> before;
        try (ResourceStore store = ResourceStore.inFile(folder.resolve("resources"));
                Region first = new Region(store, port)) {
            front = first.front();
            first.call(request(front, 1, "/a")
                    .conditions(
                            path("/a"),
                            RuleCondition.builder()
                                    .field("host-header")
                                    .values("127.*")
                                    .build())
                    .build());
            first.call(request(front, 2, "/b")
                    .actions(Action.builder()
                            .type("redirect")
                            .redirectConfig(
                                    config -> config.statusCode("HTTP_301").path("/c"))
                            .build())
                    .build());
            first.call(request(front, 3, "/d")
                    .actions(forward(front.targetGroup(), 7))
                    .build());
            before = rules(first, front);
        }
        try (ResourceStore store = ResourceStore.inFile(folder.resolve("resources"));
                Region second = new Region(store, port)) {
            second.time.advance(Duration.ofSeconds(1));
            assertThat(rules(second, front)).hasSize(4).isEqualTo(before);
            assertThat(second.get(front.address(), "/a").body()).isEqualTo("/a");
            assertThat(second.get(front.address(), "/b").statusCode()).isEqualTo(301);
        }
    }
}

package dev.resilient.cloud.elb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.resilient.cloud.store.ResourceStore;
import dev.resilient.wire.ServiceError;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateRuleRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateRuleResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateTargetGroupResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteRuleRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteTargetGroupRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeRulesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeRulesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTagsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTagsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetHealthRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetHealthResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyRuleRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyTargetGroupAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.QueryStringKeyValuePair;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleCondition;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RulePriorityPair;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleTransform;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SetRulePrioritiesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Tag;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupAttribute;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupTuple;

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
        Rule second = create(front, 20, "/b");
        Rule first = create(front, 3, "/a");

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
        List<Rule> shown = rules(front);
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
    void rules_decide_trade_places_change_and_go() throws Exception {
        Region.Front front = region.front();
        Rule general = create(front, 1, "/a*");
        Rule special = create(front, 2, "/ab");
        assertThat(region.get(front.address(), "/ab").body()).isEqualTo("/a*");
        assertThat(region.get(front.address(), "/b").statusCode()).isEqualTo(503);

        region.call(SetRulePrioritiesRequest.builder()
                .rulePriorities(priority(general, 2), priority(special, 1))
                .build());
        assertThat(region.get(front.address(), "/ab").body()).isEqualTo("/ab");
        assertThat(rules(front)).extracting(Rule::priority).containsExactly("1", "2", "default");

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
        create(front, 1, "/a");
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
        assertRefused("RuleNotFound", "One or more rules not found", describe);
    }

    @Test
    void groups_share_requests_and_redirects_go_elsewhere() throws Exception {
        region.launch("i-1", "us-west-2a");
        region.launch("i-2", "us-west-2b");
        Region.Front front = region.front();
        String other = region.call(region.targetGroupRequest().name("other").build(), CreateTargetGroupResponse.class)
                .targetGroups()
                .getFirst()
                .targetGroupArn();
        region.register(front.targetGroup(), "i-1");
        region.register(other, "i-2");
        Action shared = Action.builder()
                .type("forward")
                .forwardConfig(config -> config.targetGroups(share(front.targetGroup(), 1), share(other, 1))
                        .targetGroupStickinessConfig(
                                sticky -> sticky.enabled(true).durationSeconds(60)))
                .build();
        region.call(request(front, 1, "/shared").actions(shared).build());
        region.call(request(front, 2, "/elsewhere")
                .actions(Action.builder()
                        .type("redirect")
                        .redirectConfig(config ->
                                config.statusCode("HTTP_302").protocol("HTTPS").port("443"))
                        .build())
                .build());
        await().untilAsserted(() -> assertThat(
                        Stream.of(front.targetGroup(), other).flatMap(group -> region.healthWords(group).stream()))
                .containsExactly("i-1 healthy", "i-2 healthy"));

        Set<String> answered = new HashSet<>();
        List<String> cookies = new ArrayList<>();
        for (int i = 0; i < 200 && answered.size() < 2; i++) {
            var response = region.get(front.address(), "/shared");
            answered.add(response.body());
            cookies.addAll(response.headers().allValues("set-cookie"));
        }
        assertThat(answered).containsExactlyInAnyOrder("i-1", "i-2");
        assertThat(cookies).anyMatch(cookie -> cookie.startsWith("AWSALBTG="));
        var redirect = region.get(front.address(), "/elsewhere?a=b");
        assertThat(redirect.statusCode()).isEqualTo(302);
        assertThat(redirect.headers().firstValue("location"))
                .hasValue("https://" + front.address() + ":443/elsewhere?a=b");
        assertThat(rules(front).getFirst().actions().getFirst().targetGroupArn())
                .isNull();
        assertThat(rules(front).getFirst().actions().getFirst().forwardConfig().targetGroups())
                .hasSize(2);
        assertThat(rules(front).get(1).actions().getFirst().redirectConfig().path())
                .isEqualTo("/#{path}");
    }

    @Test
    void a_target_tells_how_it_compares_with_its_peers_where_that_is_asked_for() throws Exception {
        region.launch("i-1", "us-west-2a");
        Region.Front front = region.front();
        region.register(front.targetGroup(), "i-1");
        assertThat(region.health(front.targetGroup()).getFirst().anomalyDetection())
                .isNull();
        var shown = region.call(
                        DescribeTargetHealthRequest.builder()
                                .targetGroupArn(front.targetGroup())
                                .includeWithStrings("AnomalyDetection")
                                .build(),
                        DescribeTargetHealthResponse.class)
                .targetHealthDescriptions()
                .getFirst()
                .anomalyDetection();
        assertThat(shown.resultAsString()).isEqualTo("normal");
        assertThat(shown.mitigationInEffectAsString()).isEqualTo("no");
    }

    @Test
    void without_cross_zone_every_target_gets_the_requests_of_its_zone() throws Exception {
        region.launch("i-1", "us-west-2a");
        region.launch("i-2", "us-west-2b");
        region.launch("i-3", "us-west-2b");
        Region.Front front = region.front();
        region.call(ModifyTargetGroupAttributesRequest.builder()
                .targetGroupArn(front.targetGroup())
                .attributes(TargetGroupAttribute.builder()
                        .key("load_balancing.cross_zone.enabled")
                        .value("false")
                        .build())
                .build());
        region.register(front.targetGroup(), "i-1", "i-2", "i-3");
        await().untilAsserted(() -> assertThat(region.healthWords(front.targetGroup()))
                .containsExactly("i-1 healthy", "i-2 healthy", "i-3 healthy"));
        Set<String> answered = new HashSet<>();
        for (int i = 0; i < 50 && answered.size() < 3; i++) {
            answered.add(region.getOnNewConnection(front.address()));
        }
        assertThat(answered).containsExactlyInAnyOrder("i-1", "i-2", "i-3");
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
                                .listenerArn("arn:none")
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
                        .actions(forward("arn:none", 1))
                        .build()),
                new Refusal("InvalidLoadBalancerAction", "0 to 999", (front, rule) -> request(front, 2, "/b")
                        .actions(forward(front.targetGroup(), 1000))
                        .build()),
                new Refusal("ValidationError", "Transforms is not supported", (front, rule) -> request(front, 2, "/b")
                        .transforms(RuleTransform.builder().type("url-rewrite").build())
                        .build()),
                new Refusal("RuleNotFound", "One or more rules not found", (front, rule) -> ModifyRuleRequest.builder()
                        .ruleArn(front.listener())
                        .build()),
                new Refusal("RuleNotFound", "One or more rules not found", (front, rule) -> DeleteRuleRequest.builder()
                        .ruleArn("arn:none")
                        .build()),
                new Refusal(
                        "RuleNotFound", "One or more rules not found", (front, rule) -> DescribeRulesRequest.builder()
                                .ruleArns(rule.ruleArn(), "arn:none")
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
                                                .ruleArn("arn:none")
                                                .priority(6)
                                                .build())
                                .build()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void bad_input_is_refused_in_awss_words_and_changes_nothing(Refusal refusal) throws Exception {
        Region.Front front = region.front();
        Rule rule = create(front, 1, "/a");
        List<Rule> before = rules(front);
        assertRefused(refusal.code(), refusal.message(), refusal.request().apply(front, rule));
        assertThat(rules(front)).isEqualTo(before);
        assertThat(region.get(front.address(), "/a").body()).isEqualTo("/a");
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
        assertThat(rules(front).getFirst()).isEqualTo(made);

        assertThat(region.get(front.address(), "/?a=NIGHT").body()).isEqualTo("/all");
        assertThat(region.get(front.address(), "/?mode=night&mode=dark").body()).isEqualTo("/all");
        assertThat(region.get(front.address(), "/?mode=light").statusCode()).isEqualTo(503);
    }

    @Test
    void the_default_rule_is_its_listeners() {
        Region.Front front = region.front();
        String defaultRule = rules(front).getLast().ruleArn();
        String message = "Default rule '" + defaultRule + "' cannot be ";
        assertRefused(
                "OperationNotPermitted",
                message + "deleted",
                DeleteRuleRequest.builder().ruleArn(defaultRule).build());
        assertRefused(
                "OperationNotPermitted",
                message + "modified",
                ModifyRuleRequest.builder().ruleArn(defaultRule).build());
    }

    @Test
    void a_priority_that_stays_with_another_rule_is_in_use() {
        Region.Front front = region.front();
        create(front, 1, "/a");
        Rule second = create(front, 2, "/b");
        assertRefused(
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
            create(front, priority, "/" + priority);
        }
        assertRefused(
                "TooManyRules",
                "maximum number of rules of a load balancer of type 'application': [100]",
                request(front, 101, "/a").build());
    }

    private void assertRefused(String code, String message, AwsRequest request) {
        assertThatThrownBy(() -> region.call(request))
                .hasMessageContaining(message)
                .asInstanceOf(InstanceOfAssertFactories.type(ServiceError.class))
                .extracting(ServiceError::code)
                .isEqualTo(code);
    }

    private Rule create(Region.Front front, int priority, String path) {
        return region.call(request(front, priority, path).build(), CreateRuleResponse.class)
                .rules()
                .getFirst();
    }

    private List<Rule> rules(Region.Front front) {
        return rules(region, front);
    }

    private static List<Rule> rules(Region in, Region.Front front) {
        return in.call(
                        DescribeRulesRequest.builder()
                                .listenerArn(front.listener())
                                .build(),
                        DescribeRulesResponse.class)
                .rules();
    }

    /** A rule that answers with its first path. */
    private static CreateRuleRequest.Builder request(Region.Front front, int priority, String... paths) {
        return CreateRuleRequest.builder()
                .listenerArn(front.listener())
                .priority(priority)
                .conditions(path(paths))
                .actions(Action.builder()
                        .type("fixed-response")
                        .fixedResponseConfig(config -> config.statusCode("200").messageBody(paths[0]))
                        .build());
    }

    private static RuleCondition path(String... values) {
        return RuleCondition.builder().field("path-pattern").values(values).build();
    }

    private static Action forward(String targetGroup, int weight) {
        return Action.builder()
                .type("forward")
                .forwardConfig(config -> config.targetGroups(share(targetGroup, weight)))
                .build();
    }

    private static TargetGroupTuple share(String targetGroup, int weight) {
        return TargetGroupTuple.builder()
                .targetGroupArn(targetGroup)
                .weight(weight)
                .build();
    }

    private static RulePriorityPair priority(Rule rule, int priority) {
        return RulePriorityPair.builder()
                .ruleArn(rule.ruleArn())
                .priority(priority)
                .build();
    }
}

package dev.resilient.cloud.elb;

import static dev.resilient.cloud.elb.TestRules.request;
import static dev.resilient.cloud.elb.TestRules.rules;
import static dev.resilient.cloud.elb.TestRules.share;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateTargetGroupResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetHealthRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetHealthResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyTargetGroupAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupAttribute;

/** Who gets the requests where several target groups, zones or targets could, and how a target compares with its peers. */
class SharedTrafficTest {
    private final Region region = new Region();

    @AfterEach
    void close() {
        region.close();
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
        assertThat(rules(region, front).getFirst().actions().getFirst().targetGroupArn())
                .isNull();
        assertThat(rules(region, front)
                        .getFirst()
                        .actions()
                        .getFirst()
                        .forwardConfig()
                        .targetGroups())
                .hasSize(2);
        assertThat(rules(region, front)
                        .get(1)
                        .actions()
                        .getFirst()
                        .redirectConfig()
                        .path())
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
}

package dev.resilient.cloud.elb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.resilient.cloud.event.CloudEvent;
import dev.resilient.loadbalancer.metric.Metric;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.AvailabilityZone;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateListenerResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteLoadBalancerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeregisterTargetsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.FixedResponseActionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerAttribute;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyLoadBalancerAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyTargetGroupAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyTargetGroupRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SetSubnetsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SetSubnetsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupAttribute;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthDescription;

class TrafficTest {
    private final Region region = new Region();

    @AfterEach
    void close() {
        region.close();
    }

    @Test
    void requests_reach_every_healthy_target() throws Exception {
        region.launch("i-1", "us-west-2a");
        region.launch("i-2", "us-west-2b");
        Region.Front front = region.front();
        region.register(front.targetGroup(), "i-1", "i-2");
        await().untilAsserted(() ->
                assertThat(region.healthWords(front.targetGroup())).containsExactly("i-1 healthy", "i-2 healthy"));

        Set<String> answered = new HashSet<>();
        for (int i = 0; i < 4; i++) {
            answered.add(region.get(front.address()).body());
        }
        assertThat(answered).containsExactlyInAnyOrder("i-1", "i-2");
        assertThat(region.health(front.targetGroup()))
                .extracting(TargetHealthDescription::healthCheckPort)
                .containsOnly(Integer.toString(region.port));
    }

    @Test
    void a_target_that_answers_503_is_unhealthy_with_that_code_and_every_change_is_an_event() throws Exception {
        AtomicInteger status = region.launch("i-1", "us-west-2a");
        Region.Front front = region.front();
        region.register(front.targetGroup(), "i-1");
        await().untilAsserted(() ->
                assertThat(region.healthWords(front.targetGroup())).containsExactly("i-1 healthy"));
        status.set(503);
        await().untilAsserted(() -> assertThat(region.healthWords(front.targetGroup()))
                .containsExactly("i-1 unhealthy Target.ResponseCodeMismatch"));

        assertThat(region.health(front.targetGroup()).getFirst().targetHealth().description())
                .isEqualTo("Health checks failed with these codes: [503]");
        assertThat(region.healthEvents)
                .extracting(CloudEvent.TargetHealthChanged::to)
                .endsWith("healthy", "unhealthy");
        assertThat(region.healthEvents)
                .allSatisfy(event -> assertThat(event.targetGroup()).isEqualTo("web"));
    }

    @Test
    void requests_are_counted_for_their_target_group_under_the_label_of_both() throws Exception {
        region.launch("i-1", "us-west-2a");
        Region.Front front = region.front();
        region.register(front.targetGroup(), "i-1");
        await().untilAsserted(() ->
                assertThat(region.healthWords(front.targetGroup())).containsExactly("i-1 healthy"));
        for (int i = 0; i < 5; i++) {
            region.get(front.address());
        }

        await().untilAsserted(() -> assertThat(
                        region.service.metrics(front.targetGroup()).count(Metric.REQUEST_COUNT))
                .isEqualTo(5));
        assertThat(region.service.resourceLabel(front.targetGroup()).orElseThrow())
                .matches("app/front/[0-9a-f]{16}/targetgroup/web/[0-9a-f]{16}");
    }

    @Test
    void a_security_group_that_does_not_admit_a_client_cuts_it_off_and_a_change_of_its_rules_acts_at_once()
            throws Exception {
        region.launch("i-1", "us-west-2a");
        Region.Front front = region.front();
        region.register(front.targetGroup(), "i-1");
        await().untilAsserted(() ->
                assertThat(region.healthWords(front.targetGroup())).containsExactly("i-1 healthy"));

        region.admitting = false;
        assertThatThrownBy(() -> region.get(front.address())).isInstanceOf(IOException.class);
        region.admitting = true;
        assertThat(region.get(front.address()).statusCode()).isEqualTo(200);
    }

    @Test
    void an_instance_whose_security_groups_do_not_let_the_load_balancer_in_times_out_until_they_do() throws Exception {
        region.launch("i-1", "us-west-2a");
        Region.Front front = region.front();
        region.call(ModifyTargetGroupRequest.builder()
                .targetGroupArn(front.targetGroup())
                .healthCheckTimeoutSeconds(2)
                .build());
        region.instancesAdmitting = false;
        region.register(front.targetGroup(), "i-1");
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(region.healthWords(front.targetGroup()))
                .containsExactly("i-1 unhealthy Target.Timeout"));
        assertThat(region.health(front.targetGroup()).getFirst().targetHealth().description())
                .isEqualTo("Request timed out");

        region.instancesAdmitting = true;
        await().untilAsserted(() ->
                assertThat(region.healthWords(front.targetGroup())).containsExactly("i-1 healthy"));
        assertThat(region.get(front.address()).body()).isEqualTo("i-1");
    }

    @Test
    void nobody_is_answered_before_the_load_balancer_is_active() throws Exception {
        LoadBalancer loadBalancer = region.loadBalancer();
        region.call(fixedResponse(loadBalancer.loadBalancerArn()).build());
        assertThat(loadBalancer.state().codeAsString()).isEqualTo("provisioning");
        assertThatThrownBy(() -> region.get(loadBalancer.dnsName())).isInstanceOf(IOException.class);

        region.time.advance(Duration.ofMillis(200));
        assertThat(region.loadBalancer().state().codeAsString()).isEqualTo("active");
        assertThat(region.get(loadBalancer.dnsName()).body()).isEqualTo("closed for today");
    }

    @Test
    void a_deregistered_target_drains_for_its_delay_and_is_then_gone() throws Exception {
        region.launch("i-1", "us-west-2a");
        region.launch("i-2", "us-west-2b");
        Region.Front front = region.front();
        region.call(ModifyTargetGroupAttributesRequest.builder()
                .targetGroupArn(front.targetGroup())
                .attributes(TargetGroupAttribute.builder()
                        .key("deregistration_delay.timeout_seconds")
                        .value("100")
                        .build())
                .build());
        region.register(front.targetGroup(), "i-1", "i-2");
        await().untilAsserted(() ->
                assertThat(region.healthWords(front.targetGroup())).containsExactly("i-1 healthy", "i-2 healthy"));

        region.call(DeregisterTargetsRequest.builder()
                .targetGroupArn(front.targetGroup())
                .targets(TargetDescription.builder().id("i-1").build())
                .build());
        assertThat(region.healthWords(front.targetGroup()))
                .containsExactly("i-2 healthy", "i-1 draining Target.DeregistrationInProgress");
        assertThat(region.service.targets(front.targetGroup()))
                .extracting(status -> status.target().id())
                .contains("i-1");
        for (int i = 0; i < 3; i++) {
            assertThat(region.get(front.address()).body()).isEqualTo("i-2");
        }
        await().untilAsserted(() -> assertThat(region.service.targets(front.targetGroup()))
                .extracting(status -> status.target().id())
                .doesNotContain("i-1"));
        assertThat(region.healthWords(front.targetGroup())).containsExactly("i-2 healthy");
    }

    @Test
    void a_target_that_stops_is_unused_and_comes_back_when_it_runs_again() throws Exception {
        region.launch("i-1", "us-west-2a");
        Region.Front front = region.front();
        region.register(front.targetGroup(), "i-1");
        await().untilAsserted(() ->
                assertThat(region.healthWords(front.targetGroup())).containsExactly("i-1 healthy"));

        region.becomes("i-1", InstanceStateName.STOPPED);
        assertThat(region.healthWords(front.targetGroup())).containsExactly("i-1 unused Target.InvalidState");
        assertThat(region.health(front.targetGroup()).getFirst().targetHealth().description())
                .isEqualTo("Target is in the stopped state");
        assertThat(region.healthEvents.getLast().to()).isEqualTo("unused");
        assertThat(region.healthEvents.getLast().reason()).isEqualTo("Target.InvalidState");

        region.becomes("i-1", InstanceStateName.RUNNING);
        await().untilAsserted(() ->
                assertThat(region.healthWords(front.targetGroup())).containsExactly("i-1 healthy"));
    }

    @Test
    void a_target_in_a_zone_that_the_load_balancer_is_not_in_is_unused() throws Exception {
        region.launch("i-1", "us-west-2d");
        Region.Front front = region.front();
        region.register(front.targetGroup(), "i-1");

        assertThat(region.healthWords(front.targetGroup())).containsExactly("i-1 unused Target.NotInUse");
        assertThat(region.health(front.targetGroup()).getFirst().targetHealth().description())
                .isEqualTo("Target is in an Availability Zone that is not enabled for the load balancer");
        assertThat(region.get(front.address()).statusCode()).isEqualTo(503);
    }

    @Test
    void subnets_that_change_take_their_targets_out_and_bring_others_in() throws Exception {
        region.launch("i-1", "us-west-2a");
        region.launch("i-2", "us-west-2c");
        Region.Front front = region.front();
        region.register(front.targetGroup(), "i-1", "i-2");
        await().untilAsserted(() -> assertThat(region.healthWords(front.targetGroup()))
                .containsExactlyInAnyOrder("i-1 healthy", "i-2 unused Target.NotInUse"));

        SetSubnetsResponse changed = region.call(
                SetSubnetsRequest.builder()
                        .loadBalancerArn(front.loadBalancer())
                        .subnets("subnet-b", "subnet-c")
                        .build(),
                SetSubnetsResponse.class);
        assertThat(changed.availabilityZones())
                .extracting(AvailabilityZone::zoneName)
                .containsExactly("us-west-2b", "us-west-2c");
        await().untilAsserted(() -> assertThat(region.healthWords(front.targetGroup()))
                .containsExactlyInAnyOrder("i-1 unused Target.NotInUse", "i-2 healthy"));
        assertThat(region.get(front.address()).body()).isEqualTo("i-2");
    }

    @Test
    void targets_of_a_group_without_a_listener_are_unused() throws Exception {
        region.launch("i-1", "us-west-2a");
        String targetGroup = region.targetGroup();
        region.register(targetGroup, "i-1");

        assertThat(region.health(targetGroup)).singleElement().satisfies(each -> {
            assertThat(each.targetHealth().reasonAsString()).isEqualTo("Target.NotInUse");
            assertThat(each.healthCheckPort()).isNull();
        });
    }

    @Test
    void a_listener_changes_its_action_and_ends_when_it_is_deleted() throws Exception {
        LoadBalancer loadBalancer = region.loadBalancer();
        Region.Front front = region.front();
        assertThat(region.get(front.address()).statusCode()).isEqualTo(503);

        region.call(ModifyListenerRequest.builder()
                .listenerArn(front.listener())
                .defaultActions(
                        fixedResponse(loadBalancer.loadBalancerArn()).build().defaultActions())
                .build());
        assertThat(region.get(front.address()).body()).isEqualTo("closed for today");

        region.call(
                DeleteListenerRequest.builder().listenerArn(front.listener()).build());
        assertThatThrownBy(() -> region.getOnNewConnection(front.address())).isInstanceOf(IOException.class);
        // The client's kept connection may still carry the request that crosses its end.
        await().untilAsserted(() ->
                assertThatThrownBy(() -> region.get(front.address())).isInstanceOf(IOException.class));
    }

    @Test
    void a_listener_moves_to_another_port() throws Exception {
        LoadBalancer loadBalancer = region.loadBalancer();
        String listener = region.call(
                        fixedResponse(loadBalancer.loadBalancerArn())
                                .port(region.port == 65_535 ? 65_534 : region.port + 1)
                                .build(),
                        CreateListenerResponse.class)
                .listeners()
                .getFirst()
                .listenerArn();
        region.time.advance(Duration.ofSeconds(1));
        assertThatThrownBy(() -> region.get(loadBalancer.dnsName())).isInstanceOf(IOException.class);

        region.call(ModifyListenerRequest.builder()
                .listenerArn(listener)
                .port(region.port)
                .build());
        assertThat(region.get(loadBalancer.dnsName()).body()).isEqualTo("closed for today");
    }

    @Test
    void a_silent_client_is_cut_off_after_the_idle_timeout_that_was_set_last() throws Exception {
        Region.Front front = region.front();
        region.call(ModifyLoadBalancerAttributesRequest.builder()
                .loadBalancerArn(front.loadBalancer())
                .attributes(LoadBalancerAttribute.builder()
                        .key("idle_timeout.timeout_seconds")
                        .value("1")
                        .build())
                .build());

        try (Socket silent = new Socket(InetAddress.ofLiteral(front.address()), region.port)) {
            silent.setSoTimeout(10_000);
            assertThat(silent.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void the_strictest_desync_mitigation_mode_blocks_what_the_usual_one_lets_through() throws Exception {
        Region.Front front = region.front();
        assertThat(statusOfGetWithLength(front)).isEqualTo("HTTP/1.1 503");
        region.call(ModifyLoadBalancerAttributesRequest.builder()
                .loadBalancerArn(front.loadBalancer())
                .attributes(LoadBalancerAttribute.builder()
                        .key("routing.http.desync_mitigation_mode")
                        .value("strictest")
                        .build())
                .build());
        assertThat(statusOfGetWithLength(front)).isEqualTo("HTTP/1.1 400");
    }

    private String statusOfGetWithLength(Region.Front front) throws IOException {
        try (Socket client = new Socket(InetAddress.ofLiteral(front.address()), region.port)) {
            client.setSoTimeout(10_000);
            client.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(client.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
        }
    }

    @Test
    void deleting_a_load_balancer_ends_its_listeners_and_gives_its_address_back() {
        Region.Front front = region.front();
        DeleteLoadBalancerRequest delete = DeleteLoadBalancerRequest.builder()
                .loadBalancerArn(front.loadBalancer())
                .build();
        region.call(delete);
        region.call(delete);

        assertThatThrownBy(() -> region.get(front.address())).isInstanceOf(IOException.class);
        assertThat(region.released).containsExactly(front.address());
    }

    private CreateListenerRequest.Builder fixedResponse(String loadBalancerArn) {
        return CreateListenerRequest.builder()
                .loadBalancerArn(loadBalancerArn)
                .protocol("HTTP")
                .port(region.port)
                .defaultActions(Action.builder()
                        .type("fixed-response")
                        .fixedResponseConfig(FixedResponseActionConfig.builder()
                                .statusCode("200")
                                .messageBody("closed for today")
                                .build())
                        .build());
    }
}

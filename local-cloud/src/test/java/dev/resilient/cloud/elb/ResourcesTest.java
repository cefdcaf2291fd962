package dev.resilient.cloud.elb;

import static dev.resilient.cloud.elb.Attributes.listenerAttribute;
import static dev.resilient.cloud.elb.Attributes.targetGroupAttribute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.AddTagsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateListenerResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateLoadBalancerResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteLoadBalancerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeAccountLimitsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeAccountLimitsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenerAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenerAttributesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancerAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancerAttributesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancersRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancersResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTagsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTagsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupAttributesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetHealthRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetHealthResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Limit;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerAttribute;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyLoadBalancerAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyTargetGroupRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SetSecurityGroupsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Tag;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;

/** Load balancers, target groups and listeners that are made, shown and changed. */
class ResourcesTest {
    private final Region region = new Region();

    @AfterEach
    void close() {
        region.close();
    }

    @Test
    void a_load_balancer_is_shown_with_its_address_as_its_name_and_is_the_same_when_made_again() {
        LoadBalancer made = region.loadBalancer();

        assertThat(made.loadBalancerArn())
                .matches("arn:aws:elasticloadbalancing:us-west-2:123456789012:loadbalancer/app/front/[0-9a-f]{16}");
        assertThat(made.dnsName()).startsWith("127.77.0.");
        assertThat(made.typeAsString()).isEqualTo("application");
        assertThat(made.schemeAsString()).isEqualTo("internet-facing");
        assertThat(made.securityGroups()).containsExactly(Region.GROUP);
        assertThat(made.availabilityZones())
                .extracting(zone -> zone.zoneName())
                .containsExactly("us-west-2a", "us-west-2b");
        assertThat(region.loadBalancer()).isEqualTo(made);
        assertThat(region.service.usesSecurityGroup(Region.GROUP)).isTrue();
    }

    @Test
    void a_load_balancer_without_security_groups_has_the_default_one() {
        assertThat(region.call(
                                Region.loadBalancerRequest()
                                        .securityGroups(List.of())
                                        .build(),
                                CreateLoadBalancerResponse.class)
                        .loadBalancers()
                        .getFirst()
                        .securityGroups())
                .containsExactly("sg-default");
    }

    @Test
    void a_target_group_has_awss_defaults() {
        region.call(region.targetGroupRequest()
                .healthCheckPath(null)
                .healthCheckIntervalSeconds(null)
                .healthyThresholdCount(null)
                .unhealthyThresholdCount(null)
                .build());
        TargetGroup group = region.call(
                        DescribeTargetGroupsRequest.builder().names("web").build(), DescribeTargetGroupsResponse.class)
                .targetGroups()
                .getFirst();

        assertThat(group.targetGroupArn())
                .matches("arn:aws:elasticloadbalancing:us-west-2:123456789012:targetgroup/web/[0-9a-f]{16}");
        assertThat(group.healthCheckPath()).isEqualTo("/");
        assertThat(group.healthCheckPort()).isEqualTo("traffic-port");
        assertThat(group.healthCheckIntervalSeconds()).isEqualTo(30);
        assertThat(group.healthCheckTimeoutSeconds()).isEqualTo(5);
        assertThat(group.healthyThresholdCount()).isEqualTo(5);
        assertThat(group.unhealthyThresholdCount()).isEqualTo(2);
        assertThat(group.matcher().httpCode()).isEqualTo("200");
        assertThat(group.targetTypeAsString()).isEqualTo("instance");
        assertThat(group.loadBalancerArns()).isEmpty();
        assertThat(region.call(
                                DescribeTargetGroupAttributesRequest.builder()
                                        .targetGroupArn(group.targetGroupArn())
                                        .build(),
                                DescribeTargetGroupAttributesResponse.class)
                        .attributes())
                .hasSize(14)
                .contains(targetGroupAttribute("deregistration_delay.timeout_seconds", "300"));
    }

    @Test
    void an_unregistered_instance_is_unused_and_an_instance_that_stopped_cannot_be_registered() throws Exception {
        region.launch("i-1", "us-west-2a");
        String group = region.targetGroup();

        assertThat(region.call(
                                DescribeTargetHealthRequest.builder()
                                        .targetGroupArn(group)
                                        .targets(TargetDescription.builder()
                                                .id("i-1")
                                                .build())
                                        .build(),
                                DescribeTargetHealthResponse.class)
                        .targetHealthDescriptions()
                        .getFirst()
                        .targetHealth()
                        .reasonAsString())
                .isEqualTo("Target.NotRegistered");

        region.becomes("i-1", InstanceStateName.STOPPED);
        assertThatThrownBy(() -> region.register(group, "i-1"))
                .hasMessage("The following targets are not in a running state and cannot be registered: 'i-1'");
        assertThat(region.health(group)).isEmpty();
    }

    @Test
    void health_check_settings_and_security_groups_can_be_changed() {
        Region.Front front = region.front();
        region.call(ModifyTargetGroupRequest.builder()
                .targetGroupArn(front.targetGroup())
                .healthCheckPath("/deep")
                .build());
        region.call(SetSecurityGroupsRequest.builder()
                .loadBalancerArn(front.loadBalancer())
                .securityGroups("sg-default")
                .build());

        TargetGroup group = region.call(
                        DescribeTargetGroupsRequest.builder()
                                .loadBalancerArn(front.loadBalancer())
                                .build(),
                        DescribeTargetGroupsResponse.class)
                .targetGroups()
                .getFirst();
        assertThat(group.healthCheckPath()).isEqualTo("/deep");
        assertThat(group.healthCheckIntervalSeconds()).isEqualTo(10);
        assertThat(group.loadBalancerArns()).containsExactly(front.loadBalancer());
        assertThat(region.service.usesSecurityGroup(Region.GROUP)).isFalse();
    }

    @Test
    void the_same_listener_can_be_created_again() {
        Region.Front front = region.front();
        assertThat(region.call(
                                region.forward(front.loadBalancer(), front.targetGroup())
                                        .build(),
                                CreateListenerResponse.class)
                        .listeners()
                        .getFirst()
                        .listenerArn())
                .isEqualTo(front.listener());
    }

    @Test
    void attributes_of_a_listener_change_what_clients_see() throws Exception {
        Region.Front front = region.front();
        assertThat(region.call(
                                DescribeListenerAttributesRequest.builder()
                                        .listenerArn(front.listener())
                                        .build(),
                                DescribeListenerAttributesResponse.class)
                        .attributes())
                .hasSize(11)
                .allSatisfy(attribute -> assertThat(attribute.value())
                        .isEqualTo(attribute.key().endsWith("server.enabled") ? "true" : ""));
        region.call(listenerAttribute(front.listener(), "routing.http.response.server.enabled", "false"));
        region.call(listenerAttribute(
                front.listener(), "routing.http.response.x_frame_options.header_value", "SAMEORIGIN"));
        HttpResponse<String> response = region.get(front.address());
        assertThat(response.headers().firstValue("Server")).isEmpty();
        assertThat(response.headers().firstValue("X-Frame-Options")).contains("SAMEORIGIN");
    }

    @Test
    void attributes_of_a_load_balancer_are_honoured_or_refused() {
        String arn = region.loadBalancer().loadBalancerArn();
        region.call(protection(arn, "true"));
        DeleteLoadBalancerRequest delete =
                DeleteLoadBalancerRequest.builder().loadBalancerArn(arn).build();
        assertThatThrownBy(() -> region.call(delete))
                .hasMessageContaining("cannot be deleted because deletion protection is enabled");

        assertThat(region.call(
                                DescribeLoadBalancerAttributesRequest.builder()
                                        .loadBalancerArn(arn)
                                        .build(),
                                DescribeLoadBalancerAttributesResponse.class)
                        .attributes())
                .contains(
                        LoadBalancerAttribute.builder()
                                .key("deletion_protection.enabled")
                                .value("true")
                                .build(),
                        LoadBalancerAttribute.builder()
                                .key("idle_timeout.timeout_seconds")
                                .value("60")
                                .build());
        region.call(protection(arn, "false"));
        region.call(delete);
        assertThat(region.call(DescribeLoadBalancersRequest.builder().build(), DescribeLoadBalancersResponse.class)
                        .loadBalancers())
                .isEmpty();
    }

    @Test
    void tags_are_kept_by_arn_until_the_resource_goes() {
        String arn = region.call(
                        Region.loadBalancerRequest()
                                .tags(Tag.builder().key("a").value("1").build())
                                .build(),
                        CreateLoadBalancerResponse.class)
                .loadBalancers()
                .getFirst()
                .loadBalancerArn();
        region.call(AddTagsRequest.builder()
                .resourceArns(arn)
                .tags(Tag.builder().key("b").value("2").build())
                .build());
        DescribeTagsRequest describe =
                DescribeTagsRequest.builder().resourceArns(arn).build();

        assertThat(region.call(describe, DescribeTagsResponse.class)
                        .tagDescriptions()
                        .getFirst()
                        .tags())
                .extracting(Tag::key)
                .containsExactly("a", "b");
        region.call(DeleteLoadBalancerRequest.builder().loadBalancerArn(arn).build());
        assertThatThrownBy(() -> region.call(describe)).hasMessage("One or more load balancers not found");
    }

    @Test
    void limits_of_the_account_are_shown_page_by_page() {
        DescribeAccountLimitsResponse first = region.call(
                DescribeAccountLimitsRequest.builder().pageSize(2).build(), DescribeAccountLimitsResponse.class);
        assertThat(first.limits()).hasSize(2);
        assertThat(region.call(
                                DescribeAccountLimitsRequest.builder()
                                        .marker(first.nextMarker())
                                        .build(),
                                DescribeAccountLimitsResponse.class)
                        .limits())
                .hasSize(9)
                .contains(Limit.builder()
                        .name("targets-per-target-group")
                        .max("1000")
                        .build());
    }

    private static ModifyLoadBalancerAttributesRequest protection(String arn, String value) {
        return ModifyLoadBalancerAttributesRequest.builder()
                .loadBalancerArn(arn)
                .attributes(LoadBalancerAttribute.builder()
                        .key("deletion_protection.enabled")
                        .value(value)
                        .build())
                .build();
    }
}

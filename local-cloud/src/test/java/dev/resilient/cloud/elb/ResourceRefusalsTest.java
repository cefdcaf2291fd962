package dev.resilient.cloud.elb;

import static dev.resilient.cloud.elb.Attributes.listenerAttribute;
import static dev.resilient.cloud.elb.Attributes.targetGroupAttribute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resilient.wire.ServiceError;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateLoadBalancerResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteTargetGroupRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancersRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancersResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerAttribute;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyLoadBalancerAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyTargetGroupAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RegisterTargetsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SetSubnetsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Tag;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetDescription;

/** Requests for load balancers, target groups and listeners that are refused and change nothing. */
class ResourceRefusalsTest {
    private final Region region = new Region();

    @AfterEach
    void close() {
        region.close();
    }

    /** A request that is refused: what it is made from, and the code and text of the answer. */
    private record Refusal(String code, String message, Function<Region, AwsRequest> request) {
        @Override
        public String toString() {
            return message;
        }
    }

    static Stream<Refusal> refusals() {
        return Stream.of(
                new Refusal(
                        "ValidationError",
                        "At least two subnets in two different Availability Zones must be specified",
                        region ->
                                Region.loadBalancerRequest().subnets("subnet-a").build()),
                new Refusal(
                        "InvalidConfigurationRequest",
                        "A load balancer cannot be attached to multiple subnets in the same Availability Zone",
                        region -> Region.loadBalancerRequest()
                                .subnets("subnet-a", "subnet-a")
                                .build()),
                new Refusal(
                        "SubnetNotFound",
                        "The subnet ID 'subnet-x' does not exist",
                        region -> Region.loadBalancerRequest()
                                .subnets("subnet-a", "subnet-x")
                                .build()),
                new Refusal(
                        "InvalidSecurityGroup",
                        "The security group 'sg-x' does not exist",
                        region -> Region.loadBalancerRequest()
                                .securityGroups("sg-x")
                                .build()),
                new Refusal(
                        "ValidationError",
                        "Load balancer name 'a_b' can only contain characters that are alphanumeric characters and"
                                + " hyphens(-)",
                        region -> Region.loadBalancerRequest().name("a_b").build()),
                new Refusal(
                        "ValidationError",
                        "Load balancer name 'internal-x' cannot begin with 'internal-'",
                        region ->
                                Region.loadBalancerRequest().name("internal-x").build()),
                new Refusal(
                        "DuplicateLoadBalancerName",
                        "A load balancer with the same name 'front' exists, but with different settings",
                        region -> {
                            region.loadBalancer();
                            return Region.loadBalancerRequest()
                                    .scheme("internal")
                                    .build();
                        }),
                new Refusal(
                        "DuplicateTargetGroupName",
                        "A target group with the same name 'web' exists, but with different settings",
                        region -> {
                            region.targetGroup();
                            return region.targetGroupRequest().port(1).build();
                        }),
                new Refusal(
                        "ValidationError",
                        "Health check interval must be greater than the timeout.",
                        region -> region.targetGroupRequest()
                                .healthCheckTimeoutSeconds(10)
                                .build()),
                new Refusal(
                        "ValidationError",
                        "Health check matcher HTTP code '200-599' must be within '200-499'",
                        region -> region.targetGroupRequest()
                                .matcher(matcher -> matcher.httpCode("200-599"))
                                .build()),
                new Refusal(
                        "ValidationError",
                        "Health check matcher HTTP code 'abc' must be within '200-499'",
                        region -> region.targetGroupRequest()
                                .matcher(matcher -> matcher.httpCode("abc"))
                                .build()),
                new Refusal(
                        "ValidationError",
                        "Health check port 'foo' must be 'traffic-port' or within '1-65535'",
                        region -> region.targetGroupRequest()
                                .healthCheckPort("foo")
                                .build()),
                new Refusal(
                        "ValidationError",
                        "Health check port '65536' must be 'traffic-port' or within '1-65535'",
                        region -> region.targetGroupRequest()
                                .healthCheckPort("65536")
                                .build()),
                new Refusal(
                        "ValidationError",
                        "Health check path 'up' must be printable ASCII that begins with '/'",
                        region -> region.targetGroupRequest()
                                .healthCheckPath("up")
                                .build()),
                new Refusal(
                        "ValidationError",
                        "The target type 'lambda' is not supported by this cloud",
                        region ->
                                region.targetGroupRequest().targetType("lambda").build()),
                new Refusal(
                        "TargetGroupNotFound",
                        "One or more target groups not found",
                        region -> DescribeTargetGroupsRequest.builder()
                                .names("none")
                                .build()),
                new Refusal(
                        "LoadBalancerNotFound",
                        "Load balancers '[none]' not found",
                        region -> DescribeLoadBalancersRequest.builder()
                                .names("none")
                                .build()),
                new Refusal(
                        "InvalidTarget",
                        "The instance ID 'i-none' does not exist",
                        region -> RegisterTargetsRequest.builder()
                                .targetGroupArn(region.targetGroup())
                                .targets(
                                        TargetDescription.builder().id("i-none").build())
                                .build()),
                new Refusal(
                        "DuplicateListener",
                        "A listener already exists on this port for this load balancer",
                        region -> {
                            Region.Front front = region.front();
                            return region.forward(front.loadBalancer(), front.targetGroup())
                                    .defaultActions(Action.builder()
                                            .type("fixed-response")
                                            .fixedResponseConfig(config -> config.statusCode("200"))
                                            .build())
                                    .build();
                        }),
                new Refusal(
                        "InvalidConfigurationRequest",
                        "A load balancer cannot be attached to multiple subnets in the same Availability Zone",
                        region -> SetSubnetsRequest.builder()
                                .loadBalancerArn(region.loadBalancer().loadBalancerArn())
                                .subnets("subnet-a", "subnet-a")
                                .build()),
                new Refusal(
                        "ValidationError",
                        "Listener attribute key 'routing.http.request.x_amzn_tls_version.header_name' is not"
                                + " recognized",
                        region -> listenerAttribute(
                                region.front().listener(),
                                "routing.http.request.x_amzn_tls_version.header_name",
                                "X-Tls")),
                new Refusal(
                        "ValidationError",
                        "Listener attribute 'routing.http.response.access_control_max_age.header_value' cannot be set"
                                + " to '86401'",
                        region -> listenerAttribute(
                                region.front().listener(),
                                "routing.http.response.access_control_max_age.header_value",
                                "86401")),
                new Refusal("ResourceInUse", "is currently in use by a listener or a rule", region -> {
                    return DeleteTargetGroupRequest.builder()
                            .targetGroupArn(region.front().targetGroup())
                            .build();
                }),
                new Refusal(
                        "InvalidLoadBalancerAction",
                        "A redirect action needs a RedirectConfig",
                        region -> region.forward(region.loadBalancer().loadBalancerArn(), "")
                                .defaultActions(
                                        Action.builder().type("redirect").build())
                                .build()),
                new Refusal(
                        "UnsupportedProtocol",
                        "The listener protocol 'HTTPS' is not supported by this cloud",
                        region -> region.forward(region.loadBalancer().loadBalancerArn(), region.targetGroup())
                                .protocol("HTTPS")
                                .build()),
                new Refusal(
                        "TargetGroupAssociationLimit",
                        "cannot be associated with more than one load balancer",
                        region -> {
                            Region.Front front = region.front();
                            LoadBalancer other = region.call(
                                            Region.loadBalancerRequest()
                                                    .name("other")
                                                    .build(),
                                            CreateLoadBalancerResponse.class)
                                    .loadBalancers()
                                    .getFirst();
                            return region.forward(other.loadBalancerArn(), front.targetGroup())
                                    .build();
                        }),
                new Refusal(
                        "InvalidConfigurationRequest",
                        "The target group attributes do not go together: slow start does not go with the algorithm"
                                + " least_outstanding_requests",
                        region -> ModifyTargetGroupAttributesRequest.builder()
                                .targetGroupArn(region.targetGroup())
                                .attributes(
                                        targetGroupAttribute("slow_start.duration_seconds", "30"),
                                        targetGroupAttribute(
                                                "load_balancing.algorithm.type", "least_outstanding_requests"))
                                .build()),
                new Refusal(
                        "ValidationError",
                        "Load balancer attribute 'idle_timeout.timeout_seconds' cannot be set to '4001'",
                        region -> ModifyLoadBalancerAttributesRequest.builder()
                                .loadBalancerArn(region.loadBalancer().loadBalancerArn())
                                .attributes(LoadBalancerAttribute.builder()
                                        .key("idle_timeout.timeout_seconds")
                                        .value("4001")
                                        .build())
                                .build()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void bad_input_is_refused_in_awss_words(Refusal refusal) {
        AwsRequest request = refusal.request().apply(region);

        assertThatThrownBy(() -> region.call(request))
                .hasMessageContaining(refusal.message())
                .asInstanceOf(InstanceOfAssertFactories.type(ServiceError.class))
                .extracting(ServiceError::code, ServiceError::status)
                .containsExactly(refusal.code(), 400);
    }

    @Test
    void a_port_that_cannot_be_bound_fails_the_call_and_leaves_no_listener() throws Exception {
        LoadBalancer loadBalancer = region.loadBalancer();
        try (ServerSocket taken = new ServerSocket(region.port, 1, InetAddress.ofLiteral(loadBalancer.dnsName()))) {
            assertThat(taken.isBound()).isTrue();
            assertThatThrownBy(() -> region.call(region.forward(loadBalancer.loadBalancerArn(), region.targetGroup())
                            .build()))
                    .hasMessageContaining("Port " + region.port + " of load balancer 'front' cannot be bound");
        }
        region.call(region.forward(loadBalancer.loadBalancerArn(), region.targetGroup())
                .build());
    }

    @Test
    void more_than_the_limits_allow_is_refused_and_changes_nothing() throws Exception {
        Region.Front front = region.front();
        region.launch("i-1", "us-west-2a");
        RegisterTargetsRequest.Builder register =
                RegisterTargetsRequest.builder().targetGroupArn(front.targetGroup());
        assertThatThrownBy(() -> region.call(register.targets(ports(1, 1001)).build()))
                .asInstanceOf(InstanceOfAssertFactories.type(ServiceError.class))
                .extracting(ServiceError::code)
                .isEqualTo("TooManyTargets");
        assertThat(region.health(front.targetGroup())).isEmpty();

        for (int number = 2; number <= 50; number++) {
            region.call(Region.loadBalancerRequest().name("lb" + number).build());
        }
        assertThatThrownBy(() ->
                        region.call(Region.loadBalancerRequest().name("lb51").build()))
                .hasMessage("You have reached the maximum number of load balancers: [50]");
    }

    private static List<TargetDescription> ports(int first, int last) {
        return IntStream.rangeClosed(first, last)
                .mapToObj(
                        port -> TargetDescription.builder().id("i-1").port(port).build())
                .toList();
    }

    @Test
    void a_request_with_too_many_tags_changes_nothing() {
        List<Tag> tags = IntStream.rangeClosed(0, 50)
                .mapToObj(index -> Tag.builder().key("key" + index).build())
                .toList();
        assertTooManyTags(Region.loadBalancerRequest().tags(tags).build());
        assertTooManyTags(region.targetGroupRequest().tags(tags).build());
        assertThat(region.call(DescribeLoadBalancersRequest.builder().build(), DescribeLoadBalancersResponse.class)
                        .loadBalancers())
                .isEmpty();
        assertThat(region.call(DescribeTargetGroupsRequest.builder().build(), DescribeTargetGroupsResponse.class)
                        .targetGroups())
                .isEmpty();

        CreateListenerRequest.Builder listener =
                region.forward(region.loadBalancer().loadBalancerArn(), region.targetGroup());
        assertTooManyTags(listener.tags(tags).build());
        region.call(listener.tags(List.of()).build());
    }

    private void assertTooManyTags(AwsRequest request) {
        assertThatThrownBy(() -> region.call(request))
                .isInstanceOfSatisfying(
                        ServiceError.class, error -> assertThat(error.code()).isEqualTo("TooManyTags"));
    }
}

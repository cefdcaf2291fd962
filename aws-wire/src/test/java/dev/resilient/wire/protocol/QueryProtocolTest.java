package dev.resilient.wire.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resilient.wire.Access;
import dev.resilient.wire.AwsService;
import dev.resilient.wire.Echo;
import dev.resilient.wire.Models;
import dev.resilient.wire.OperationRegistry;
import dev.resilient.wire.ServiceError;
import dev.resilient.wire.TestCloud;
import java.time.Instant;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.autoscaling.model.AlreadyExistsException;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingException;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.CreateAutoScalingGroupRequest;
import software.amazon.awssdk.services.autoscaling.model.CreateAutoScalingGroupResponse;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingGroupsRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingGroupsResponse;
import software.amazon.awssdk.services.autoscaling.model.Instance;
import software.amazon.awssdk.services.autoscaling.model.LaunchTemplateSpecification;
import software.amazon.awssdk.services.autoscaling.model.LifecycleState;
import software.amazon.awssdk.services.autoscaling.model.Tag;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateListenerResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeSslPoliciesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeSslPoliciesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SslPolicy;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.CreateRoleRequest;
import software.amazon.awssdk.services.iam.model.CreateRoleResponse;
import software.amazon.awssdk.services.iam.model.Role;

@SuppressWarnings("unchecked") // the SDK takes arrays of lambdas of its generic builders
final class QueryProtocolTest {
    private static final Instant MOMENT = Instant.parse("2026-01-02T03:04:05.678Z");

    @Test
    void an_auto_scaling_group_arrives_as_it_was_sent() {
        CreateAutoScalingGroupRequest sent = CreateAutoScalingGroupRequest.builder()
                .autoScalingGroupName("group & <co> \"ü\"")
                .launchTemplate(LaunchTemplateSpecification.builder()
                        .launchTemplateName("template")
                        .version("$Latest")
                        .build())
                .minSize(0)
                .maxSize(3)
                .availabilityZones("us-west-2a", "us-west-2b")
                .targetGroupARNs("arn:one", "arn:two")
                .newInstancesProtectedFromScaleIn(false)
                .tags(
                        Tag.builder()
                                .key("k1")
                                .value("")
                                .propagateAtLaunch(true)
                                .build(),
                        Tag.builder().key("k2").value("a=b&c d+e").build())
                .build();
        Echo<CreateAutoScalingGroupRequest, CreateAutoScalingGroupResponse> echo =
                new Echo<>(CreateAutoScalingGroupResponse.builder().build());
        try (TestCloud cloud = autoScaling(operations ->
                        operations.register(CreateAutoScalingGroupRequest.class, Access.anyResource(), echo));
                AutoScalingClient client = cloud.client(AutoScalingClient.builder())) {
            client.createAutoScalingGroup(sent);
            assertThat(echo.seen()).isEqualTo(sent);
        }
    }

    @Test
    void groups_arrive_as_they_were_answered() {
        DescribeAutoScalingGroupsResponse answer = DescribeAutoScalingGroupsResponse.builder()
                .nextToken("more")
                .autoScalingGroups(AutoScalingGroup.builder()
                        .autoScalingGroupName("group \r\n<&>\"'")
                        .createdTime(MOMENT)
                        .minSize(1)
                        .instances(
                                Instance.builder()
                                        .instanceId("i-1")
                                        .lifecycleState(LifecycleState.IN_SERVICE)
                                        .protectedFromScaleIn(false)
                                        .build(),
                                Instance.builder().instanceId("i-2").build())
                        .availabilityZones("a", "b")
                        .build())
                .build();
        try (TestCloud cloud = autoScaling(operations -> operations.register(
                        DescribeAutoScalingGroupsRequest.class, Access.anyResource(), new Echo<>(answer)));
                AutoScalingClient client = cloud.client(AutoScalingClient.builder())) {
            assertThat(client.describeAutoScalingGroups()).matches(answer::equalsBySdkFields, answer.toString());
        }
    }

    @Test
    void nested_lists_of_a_listener_survive_both_ways() {
        CreateListenerRequest sent = CreateListenerRequest.builder()
                .loadBalancerArn("arn:lb")
                .port(80)
                .protocol("HTTP")
                .defaultActions(
                        action -> action.type(ActionTypeEnum.FORWARD).forwardConfig(forward -> forward.targetGroups(
                                        group -> group.targetGroupArn("arn:a").weight(1),
                                        group -> group.targetGroupArn("arn:b").weight(2))
                                .targetGroupStickinessConfig(sticky -> sticky.enabled(false))))
                .build();
        CreateListenerResponse answer = CreateListenerResponse.builder()
                .listeners(Listener.builder()
                        .listenerArn("arn:l")
                        .port(80)
                        .defaultActions(sent.defaultActions())
                        .build())
                .build();
        Echo<CreateListenerRequest, CreateListenerResponse> echo = new Echo<>(answer);
        AwsService service = TestCloud.service(
                Models.LOAD_BALANCING,
                operations -> operations.register(CreateListenerRequest.class, Access.anyResource(), echo));
        try (TestCloud cloud = new TestCloud(service);
                ElasticLoadBalancingV2Client client = cloud.client(ElasticLoadBalancingV2Client.builder())) {
            assertThat(client.createListener(sent)).matches(answer::equalsBySdkFields, answer.toString());
            assertThat(echo.seen()).isEqualTo(sent);
        }
    }

    @Test
    void an_action_is_found_whatever_letter_case_the_sdk_made_of_it() {
        DescribeSslPoliciesResponse answer = DescribeSslPoliciesResponse.builder()
                .sslPolicies(SslPolicy.builder().name("policy").build())
                .build();
        AwsService service = TestCloud.service(
                Models.LOAD_BALANCING,
                operations -> operations.register(
                        DescribeSslPoliciesRequest.class, Access.anyResource(), new Echo<>(answer)));
        try (TestCloud cloud = new TestCloud(service);
                ElasticLoadBalancingV2Client client = cloud.client(ElasticLoadBalancingV2Client.builder())) {
            assertThat(client.describeSSLPolicies()).matches(answer::equalsBySdkFields, answer.toString());
        }
    }

    @Test
    void iam_is_global_and_takes_signatures_for_any_of_its_regions() {
        CreateRoleResponse answer = CreateRoleResponse.builder()
                .role(Role.builder()
                        .roleName("role")
                        .createDate(MOMENT)
                        .arn("arn")
                        .build())
                .build();
        AwsService service = TestCloud.service(
                Models.IAM,
                operations -> operations.register(CreateRoleRequest.class, Access.anyResource(), new Echo<>(answer)));
        try (TestCloud cloud = new TestCloud(service)) {
            for (String region : new String[] {"us-west-2", "us-east-1", "aws-global"}) {
                try (IamClient client = cloud.client(IamClient.builder(), TestCloud.ALICE, Region.of(region))) {
                    assertThat(client.createRole(role ->
                                    role.roleName("role").assumeRolePolicyDocument("{\"Version\":\"2012-10-17\"}")))
                            .matches(answer::equalsBySdkFields, answer.toString());
                }
            }
            try (IamClient client = cloud.client(IamClient.builder(), TestCloud.ALICE, Region.EU_WEST_1)) {
                assertThatThrownBy(() -> client.createRole(
                                role -> role.roleName("role").assumeRolePolicyDocument("{\"Version\":\"2012-10-17\"}")))
                        .hasMessageContaining("Credential should be scoped to a valid Region, not 'eu-west-1'.");
            }
        }
    }

    @Test
    void an_error_of_the_handler_arrives_as_the_modelled_exception() {
        try (TestCloud cloud = autoScaling(operations -> operations.register(
                        CreateAutoScalingGroupRequest.class, Access.anyResource(), (request, call) -> {
                            throw ServiceError.badRequest("AlreadyExists", "it is there <already>");
                        }));
                AutoScalingClient client = cloud.client(AutoScalingClient.builder())) {
            assertThatThrownBy(() -> client.createAutoScalingGroup(
                            group -> group.autoScalingGroupName("g").minSize(0).maxSize(0)))
                    .isInstanceOfSatisfying(AlreadyExistsException.class, error -> {
                        assertThat(error.statusCode()).isEqualTo(400);
                        assertThat(error.awsErrorDetails().errorMessage()).isEqualTo("it is there <already>");
                        assertThat(error.requestId()).matches("[0-9a-f-]{36}");
                    });
        }
    }

    @Test
    void what_is_not_registered_is_named_in_the_error() {
        try (TestCloud cloud = autoScaling(operations -> {});
                AutoScalingClient client = cloud.client(AutoScalingClient.builder())) {
            assertThatThrownBy(client::describeAutoScalingGroups)
                    .isInstanceOfSatisfying(AutoScalingException.class, error -> {
                        assertThat(error.awsErrorDetails().errorCode()).isEqualTo("InvalidAction");
                        assertThat(error.awsErrorDetails().errorMessage())
                                .isEqualTo(
                                        "The action DescribeAutoScalingGroups is not supported by this local cloud.");
                    });
        }
    }

    @Test
    void a_failure_of_ours_leaks_nothing() {
        try (TestCloud cloud = autoScaling(operations -> operations.register(
                        DescribeAutoScalingGroupsRequest.class, Access.anyResource(), (request, call) -> {
                            throw new IllegalStateException("a secret of the implementation");
                        }));
                AutoScalingClient client = cloud.client(AutoScalingClient.builder()
                        .overrideConfiguration(override -> override.retryStrategy(retry -> retry.maxAttempts(1))))) {
            assertThatThrownBy(client::describeAutoScalingGroups)
                    .isInstanceOfSatisfying(AutoScalingException.class, error -> {
                        assertThat(error.statusCode()).isEqualTo(500);
                        assertThat(error.awsErrorDetails().errorCode()).isEqualTo("InternalFailure");
                        assertThat(error.getMessage()).doesNotContain("secret");
                    });
        }
    }

    private static TestCloud autoScaling(Consumer<OperationRegistry> operations) {
        return new TestCloud(TestCloud.service(Models.AUTO_SCALING, operations));
    }
}

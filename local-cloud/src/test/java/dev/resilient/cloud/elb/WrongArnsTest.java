package dev.resilient.cloud.elb;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.resilient.wire.ServiceError;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteLoadBalancerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteRuleRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteTargetGroupRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancersRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTagsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyTargetGroupRequest;

/** What is no ARN of the kind that a request is about is refused, also by those that delete what is not there. */
class WrongArnsTest {
    private final Region region = new Region();

    @AfterEach
    void close() {
        region.close();
    }

    static Stream<Arguments> requests() {
        return Stream.of(
                asking("load balancer", arn -> DeleteLoadBalancerRequest.builder()
                        .loadBalancerArn(arn)
                        .build()),
                asking("load balancer", arn -> DescribeLoadBalancersRequest.builder()
                        .loadBalancerArns(arn)
                        .build()),
                asking("target group", arn -> DeleteTargetGroupRequest.builder()
                        .targetGroupArn(arn)
                        .build()),
                asking("target group", arn -> ModifyTargetGroupRequest.builder()
                        .targetGroupArn(arn)
                        .build()),
                asking(
                        "listener",
                        arn -> DeleteListenerRequest.builder().listenerArn(arn).build()),
                asking("rule", arn -> DeleteRuleRequest.builder().ruleArn(arn).build()));
    }

    private static Arguments asking(String title, Function<String, AwsRequest> request) {
        return arguments(title, request);
    }

    @ParameterizedTest
    @MethodSource("requests")
    void an_arn_of_something_else_is_none(String title, Function<String, AwsRequest> request) {
        String other = title.equals("target group") ? region.front().listener() : region.targetGroup();
        for (String arn : List.of("foo", "", other, other.replace("us-west-2", "eu-west-1"))) {
            assertRefused(title, arn, request.apply(arn));
        }
    }

    @Test
    void what_is_tagged_in_another_region_is_not_here() {
        String elsewhere = region.loadBalancer().loadBalancerArn().replace("us-west-2", "eu-west-1");

        assertRefused(
                "load balancer",
                elsewhere,
                DescribeTagsRequest.builder().resourceArns(elsewhere).build());
    }

    private void assertRefused(String title, String arn, AwsRequest request) {
        assertThatThrownBy(() -> region.call(request))
                .hasMessage("'" + arn + "' is not a valid " + title + " ARN")
                .asInstanceOf(InstanceOfAssertFactories.type(ServiceError.class))
                .extracting(ServiceError::code)
                .isEqualTo("ValidationError");
    }
}

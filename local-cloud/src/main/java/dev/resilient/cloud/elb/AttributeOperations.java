package dev.resilient.cloud.elb;

import dev.resilient.wire.Access;
import dev.resilient.wire.OperationRegistry;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenerAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenerAttributesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancerAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancerAttributesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupAttributesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyListenerAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyListenerAttributesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyLoadBalancerAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyLoadBalancerAttributesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyTargetGroupAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyTargetGroupAttributesResponse;

/** Shows and changes the attributes of load balancers, listeners and target groups. */
record AttributeOperations(Stores stores, DataPlane dataPlane, AccessLogs logs) {

    void register(OperationRegistry operations) {
        operations.on(
                DescribeLoadBalancerAttributesRequest.class, request -> DescribeLoadBalancerAttributesResponse.builder()
                        .attributes(LoadBalancerAttributes.ATTRIBUTES.shown(
                                stores.loadBalancer(request.loadBalancerArn()).attributes()))
                        .build());
        operations.on(
                ModifyLoadBalancerAttributesRequest.class, Access.named("LoadBalancerArn"), stores.alone(this::modify));
        operations.on(
                DescribeTargetGroupAttributesRequest.class, request -> DescribeTargetGroupAttributesResponse.builder()
                        .attributes(TargetGroupAttributes.ATTRIBUTES.shown(
                                stores.targetGroup(request.targetGroupArn()).attributes()))
                        .build());
        operations.on(ModifyTargetGroupAttributesRequest.class, Access.named("TargetGroupArn"), this::modify);
        operations.on(DescribeListenerAttributesRequest.class, request -> DescribeListenerAttributesResponse.builder()
                .attributes(ListenerAttributes.ATTRIBUTES.shown(
                        stores.listener(request.listenerArn()).attributes()))
                .build());
        operations.on(ModifyListenerAttributesRequest.class, Access.named("ListenerArn"), stores.alone(this::modify));
    }

    private ModifyLoadBalancerAttributesResponse modify(ModifyLoadBalancerAttributesRequest request) {
        UnaryOperator<LoadBalancerRecord> change = record -> record.withAttributes(
                LoadBalancerAttributes.ATTRIBUTES.change(record.attributes(), request.attributes()));
        LoadBalancerRecord before = stores.loadBalancer(request.loadBalancerArn());
        logs.check(before, change.apply(before));
        LoadBalancerRecord changed = stores.changeLoadBalancer(before.arn(), change);
        dataPlane.apply(changed);
        return ModifyLoadBalancerAttributesResponse.builder()
                .attributes(LoadBalancerAttributes.ATTRIBUTES.shown(changed.attributes()))
                .build();
    }

    private ModifyTargetGroupAttributesResponse modify(ModifyTargetGroupAttributesRequest request) {
        TargetGroupRecord changed = stores.changeTargetGroup(
                request.targetGroupArn(),
                record -> TargetGroupAttributes.checked(record.withAttributes(
                        TargetGroupAttributes.ATTRIBUTES.change(record.attributes(), request.attributes()))));
        dataPlane.follow(changed.arn());
        return ModifyTargetGroupAttributesResponse.builder()
                .attributes(TargetGroupAttributes.ATTRIBUTES.shown(changed.attributes()))
                .build();
    }

    private ModifyListenerAttributesResponse modify(ModifyListenerAttributesRequest request) {
        ListenerRecord changed = stores.changeListener(
                request.listenerArn(),
                record -> record.withAttributes(
                        ListenerAttributes.ATTRIBUTES.change(record.attributes(), request.attributes())));
        dataPlane.act(changed);
        return ModifyListenerAttributesResponse.builder()
                .attributes(ListenerAttributes.ATTRIBUTES.shown(changed.attributes()))
                .build();
    }
}

package dev.resilient.cloud.elb;

import dev.resilient.cloud.base.Shapes;
import dev.resilient.wire.Access;
import dev.resilient.wire.OperationRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenerAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenerAttributesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancerAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancerAttributesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupAttributesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ListenerAttribute;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerAttribute;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyListenerAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyListenerAttributesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyLoadBalancerAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyLoadBalancerAttributesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyTargetGroupAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyTargetGroupAttributesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupAttribute;

/** Shows and changes the attributes of load balancers, listeners and target groups. */
record AttributeOperations(Stores stores, DataPlane dataPlane) {

    void register(OperationRegistry operations) {
        operations.on(
                DescribeLoadBalancerAttributesRequest.class, request -> DescribeLoadBalancerAttributesResponse.builder()
                        .attributes(show(stores.loadBalancer(request.loadBalancerArn())))
                        .build());
        operations.on(ModifyLoadBalancerAttributesRequest.class, Access.named("LoadBalancerArn"), this::modify);
        operations.on(
                DescribeTargetGroupAttributesRequest.class, request -> DescribeTargetGroupAttributesResponse.builder()
                        .attributes(show(stores.targetGroup(request.targetGroupArn())))
                        .build());
        operations.on(ModifyTargetGroupAttributesRequest.class, Access.named("TargetGroupArn"), this::modify);
        operations.on(DescribeListenerAttributesRequest.class, request -> DescribeListenerAttributesResponse.builder()
                .attributes(show(stores.listener(request.listenerArn())))
                .build());
        operations.on(ModifyListenerAttributesRequest.class, Access.named("ListenerArn"), stores.alone(this::modify));
    }

    private ModifyLoadBalancerAttributesResponse modify(ModifyLoadBalancerAttributesRequest request) {
        Map<String, String> changes = changes(request.attributes());
        LoadBalancerRecord changed = stores.changeLoadBalancer(
                request.loadBalancerArn(),
                record ->
                        record.withAttributes(LoadBalancerAttributes.ATTRIBUTES.change(record.attributes(), changes)));
        dataPlane.apply(changed);
        return ModifyLoadBalancerAttributesResponse.builder()
                .attributes(show(changed))
                .build();
    }

    private ModifyTargetGroupAttributesResponse modify(ModifyTargetGroupAttributesRequest request) {
        Map<String, String> changes = changes(request.attributes());
        TargetGroupRecord changed = stores.changeTargetGroup(
                request.targetGroupArn(),
                record -> TargetGroupAttributes.checked(
                        record.withAttributes(TargetGroupAttributes.ATTRIBUTES.change(record.attributes(), changes))));
        dataPlane.apply(changed);
        return ModifyTargetGroupAttributesResponse.builder()
                .attributes(show(changed))
                .build();
    }

    private ModifyListenerAttributesResponse modify(ModifyListenerAttributesRequest request) {
        Map<String, String> changes = changes(request.attributes());
        ListenerRecord changed = stores.changeListener(
                request.listenerArn(),
                record -> record.withAttributes(ListenerAttributes.ATTRIBUTES.change(record.attributes(), changes)));
        dataPlane.act(changed);
        return ModifyListenerAttributesResponse.builder()
                .attributes(show(changed))
                .build();
    }

    /** What is to be changed; of an attribute that is named twice, the last value. */
    private static Map<String, String> changes(List<? extends SdkPojo> attributes) {
        Map<String, String> changes = new HashMap<>();
        attributes.forEach(attribute -> changes.put(member(attribute, "Key"), member(attribute, "Value")));
        return changes;
    }

    private static String member(SdkPojo attribute, String name) {
        return Shapes.member(attribute, name, String.class)
                .orElseThrow(() -> Errors.validation("An attribute key and value must be specified"));
    }

    private static List<LoadBalancerAttribute> show(LoadBalancerRecord record) {
        return show(
                LoadBalancerAttributes.of(record),
                (key, value) ->
                        LoadBalancerAttribute.builder().key(key).value(value).build());
    }

    private static List<TargetGroupAttribute> show(TargetGroupRecord record) {
        return show(
                TargetGroupAttributes.of(record),
                (key, value) ->
                        TargetGroupAttribute.builder().key(key).value(value).build());
    }

    private static List<ListenerAttribute> show(ListenerRecord record) {
        return show(
                ListenerAttributes.of(record),
                (key, value) ->
                        ListenerAttribute.builder().key(key).value(value).build());
    }

    private static <A> List<A> show(Attributes.Values values, BiFunction<String, String, A> shape) {
        return values.all().entrySet().stream()
                .map(attribute -> shape.apply(attribute.getKey(), attribute.getValue()))
                .toList();
    }
}

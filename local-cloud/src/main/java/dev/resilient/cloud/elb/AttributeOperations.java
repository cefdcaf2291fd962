package dev.resilient.cloud.elb;

import dev.resilient.wire.Access;
import dev.resilient.wire.OperationRegistry;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancerAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancerAttributesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupAttributesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerAttribute;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyLoadBalancerAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyLoadBalancerAttributesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyTargetGroupAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyTargetGroupAttributesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupAttribute;

/** Shows and changes the attributes of load balancers and target groups. */
final class AttributeOperations {
    private final Stores stores;
    private final DataPlane dataPlane;

    AttributeOperations(Stores stores, DataPlane dataPlane) {
        this.stores = stores;
        this.dataPlane = dataPlane;
    }

    void register(OperationRegistry operations) {
        operations.register(
                DescribeLoadBalancerAttributesRequest.class,
                Access.anyResource(),
                (request, call) -> DescribeLoadBalancerAttributesResponse.builder()
                        .attributes(show(stores.loadBalancer(request.loadBalancerArn())))
                        .build());
        operations.register(
                ModifyLoadBalancerAttributesRequest.class,
                Access.resource(ModifyLoadBalancerAttributesRequest::loadBalancerArn),
                (request, call) -> modify(request));
        operations.register(
                DescribeTargetGroupAttributesRequest.class,
                Access.anyResource(),
                (request, call) -> DescribeTargetGroupAttributesResponse.builder()
                        .attributes(show(stores.targetGroup(request.targetGroupArn())))
                        .build());
        operations.register(
                ModifyTargetGroupAttributesRequest.class,
                Access.resource(ModifyTargetGroupAttributesRequest::targetGroupArn),
                (request, call) -> modify(request));
    }

    private ModifyLoadBalancerAttributesResponse modify(ModifyLoadBalancerAttributesRequest request) {
        Map<String, String> changes = request.attributes().stream()
                .collect(Collectors.toMap(
                        LoadBalancerAttribute::key, LoadBalancerAttribute::value, (first, last) -> last));
        LoadBalancerRecord changed = stores.changeLoadBalancer(
                request.loadBalancerArn(),
                record -> record.withAttributes(Attributes.OF_LOAD_BALANCERS.change(record.attributes(), changes)));
        dataPlane.apply(changed);
        return ModifyLoadBalancerAttributesResponse.builder()
                .attributes(show(changed))
                .build();
    }

    private ModifyTargetGroupAttributesResponse modify(ModifyTargetGroupAttributesRequest request) {
        Map<String, String> changes = request.attributes().stream()
                .collect(Collectors.toMap(
                        TargetGroupAttribute::key, TargetGroupAttribute::value, (first, last) -> last));
        TargetGroupRecord changed = stores.changeTargetGroup(
                request.targetGroupArn(),
                record -> GroupSettings.checked(
                        record.withAttributes(GroupSettings.ATTRIBUTES.change(record.attributes(), changes))));
        dataPlane.apply(changed);
        return ModifyTargetGroupAttributesResponse.builder()
                .attributes(show(changed))
                .build();
    }

    private static List<LoadBalancerAttribute> show(LoadBalancerRecord record) {
        return Views.attributes(
                Attributes.OF_LOAD_BALANCERS.all(record.attributes()),
                (key, value) ->
                        LoadBalancerAttribute.builder().key(key).value(value).build());
    }

    private static List<TargetGroupAttribute> show(TargetGroupRecord record) {
        return Views.attributes(
                GroupSettings.ATTRIBUTES.all(record.attributes()),
                (key, value) ->
                        TargetGroupAttribute.builder().key(key).value(value).build());
    }
}

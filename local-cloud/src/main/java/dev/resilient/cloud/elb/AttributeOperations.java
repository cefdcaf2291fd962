package dev.resilient.cloud.elb;

import dev.resilient.wire.Access;
import dev.resilient.wire.OperationRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeAccountLimitsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeAccountLimitsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenerAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenerAttributesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancerAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancerAttributesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupAttributesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Limit;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ListenerAttribute;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerAttribute;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyListenerAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyListenerAttributesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyLoadBalancerAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyLoadBalancerAttributesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyTargetGroupAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyTargetGroupAttributesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupAttribute;

/** Shows and changes the attributes of load balancers, listeners and target groups, and shows how many there can be. */
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
        operations.on(DescribeAccountLimitsRequest.class, AttributeOperations::limits);
    }

    private static DescribeAccountLimitsResponse limits(DescribeAccountLimitsRequest request) {
        return Elb.PAGES.answer(
                request,
                DescribeAccountLimitsResponse.builder(),
                List.of(Quota.values()),
                Quota::wireName,
                quota -> Limit.builder()
                        .name(quota.wireName())
                        .max(Integer.toString(quota.most()))
                        .build());
    }

    private ModifyListenerAttributesResponse modify(ModifyListenerAttributesRequest request) {
        Map<String, String> changes = changes(request.attributes(), ListenerAttribute::key, ListenerAttribute::value);
        ListenerRecord changed = stores.changeListener(
                request.listenerArn(),
                record -> record.withAttributes(ListenerAttributes.ATTRIBUTES.change(record.attributes(), changes)));
        dataPlane.act(changed);
        return ModifyListenerAttributesResponse.builder()
                .attributes(show(changed))
                .build();
    }

    private ModifyLoadBalancerAttributesResponse modify(ModifyLoadBalancerAttributesRequest request) {
        Map<String, String> changes =
                changes(request.attributes(), LoadBalancerAttribute::key, LoadBalancerAttribute::value);
        LoadBalancerRecord changed = stores.changeLoadBalancer(
                request.loadBalancerArn(),
                record -> record.withAttributes(Attributes.OF_LOAD_BALANCERS.change(record.attributes(), changes)));
        dataPlane.apply(changed);
        return ModifyLoadBalancerAttributesResponse.builder()
                .attributes(show(changed))
                .build();
    }

    private ModifyTargetGroupAttributesResponse modify(ModifyTargetGroupAttributesRequest request) {
        Map<String, String> changes =
                changes(request.attributes(), TargetGroupAttribute::key, TargetGroupAttribute::value);
        TargetGroupRecord changed = stores.changeTargetGroup(
                request.targetGroupArn(),
                record -> GroupSettings.checked(
                        record.withAttributes(GroupSettings.ATTRIBUTES.change(record.attributes(), changes))));
        dataPlane.apply(changed);
        return ModifyTargetGroupAttributesResponse.builder()
                .attributes(show(changed))
                .build();
    }

    /** What is to be changed; of an attribute that is named twice, the last value. */
    private static <A> Map<String, String> changes(
            List<A> attributes, Function<A, @Nullable String> key, Function<A, @Nullable String> value) {
        Map<String, String> changes = new HashMap<>();
        for (A attribute : attributes) {
            String named = key.apply(attribute);
            String wanted = value.apply(attribute);
            if (named == null || wanted == null) {
                throw Errors.validation("An attribute key and value must be specified");
            }
            changes.put(named, wanted);
        }
        return changes;
    }

    private static List<ListenerAttribute> show(ListenerRecord record) {
        return Views.attributes(
                ListenerAttributes.ATTRIBUTES.all(record.attributes()),
                (key, value) ->
                        ListenerAttribute.builder().key(key).value(value).build());
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

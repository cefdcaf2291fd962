package dev.resilient.cloud.elb;

import dev.resilient.cloud.base.Page;
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
        operations.register(
                DescribeListenerAttributesRequest.class,
                Access.anyResource(),
                (request, call) -> DescribeListenerAttributesResponse.builder()
                        .attributes(show(stores.listener(request.listenerArn())))
                        .build());
        operations.register(
                ModifyListenerAttributesRequest.class,
                Access.resource(ModifyListenerAttributesRequest::listenerArn),
                (request, call) -> stores.alone(() -> modify(request)));
        operations.register(
                DescribeAccountLimitsRequest.class, Access.anyResource(), (request, call) -> limits(request));
    }

    private static DescribeAccountLimitsResponse limits(DescribeAccountLimitsRequest request) {
        Page<Quota> page =
                Elb.PAGES.page(List.of(Quota.values()), Quota::wireName, request.marker(), request.pageSize());
        return DescribeAccountLimitsResponse.builder()
                .limits(page.items().stream()
                        .map(quota -> Limit.builder()
                                .name(quota.wireName())
                                .max(Integer.toString(quota.most()))
                                .build())
                        .toList())
                .nextMarker(page.next())
                .build();
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

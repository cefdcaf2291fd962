package dev.resilient.cloud.elb.operation;

import dev.resilient.cloud.base.OperationShapes;
import dev.resilient.cloud.elb.attribute.Attributes;
import dev.resilient.cloud.elb.attribute.ListenerAttributes;
import dev.resilient.cloud.elb.attribute.LoadBalancerAttributes;
import dev.resilient.cloud.elb.attribute.TargetGroupAttributes;
import dev.resilient.cloud.elb.dataplane.AccessLogs;
import dev.resilient.cloud.elb.dataplane.DataPlane;
import dev.resilient.cloud.elb.resource.Kept;
import dev.resilient.cloud.elb.resource.Stores;
import dev.resilient.cloud.elb.resource.Table;
import dev.resilient.wire.Access;
import dev.resilient.wire.OperationRegistry;
import dev.resilient.wire.shape.Members;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsResponse;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancerAttributesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ElasticLoadBalancingV2Request;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerAttribute;
import software.amazon.awssdk.utils.builder.Buildable;

/** Shows and changes the attributes of load balancers, listeners and target groups. */
record AttributeOperations(Stores stores, DataPlane dataPlane, AccessLogs logs) {

    void register(OperationRegistry operations) {
        register(
                operations,
                "LoadBalancer",
                stores.loadBalancers(),
                LoadBalancerAttributes.ATTRIBUTES,
                logs::check,
                dataPlane::apply);
        register(
                operations,
                "TargetGroup",
                stores.targetGroups(),
                TargetGroupAttributes.ATTRIBUTES,
                (_, after) -> TargetGroupAttributes.check(after),
                changed -> dataPlane.follow(changed.arn()));
        register(
                operations,
                "Listener",
                stores.listeners(),
                ListenerAttributes.ATTRIBUTES,
                (_, _) -> {},
                dataPlane::act);
    }

    /**
     * The two operations on the attributes of one kind of resource.
     *
     * @param check refuses to make of one what a request would make of it
     * @param apply makes one work as it is now
     */
    private <R extends Kept<R>> void register(
            OperationRegistry operations,
            String kind,
            Table<R> table,
            Attributes attributes,
            BiConsumer<R, R> check,
            Consumer<R> apply) {
        String arn = kind + "Arn";
        operations.on(
                request("Describe" + kind),
                request -> answer(request, attributes.shown(table.get(text(request, arn)))));
        operations.on(request("Modify" + kind), Access.named(arn), stores.alone(request -> {
            R before = table.get(text(request, arn));
            R after = attributes.change(before, Members.list(request, "Attributes", SdkPojo.class));
            check.accept(before, after);
            R changed = table.change(before.arn(), now -> now.withAttributes(after.attributes()));
            apply.accept(changed);
            return answer(request, attributes.shown(changed));
        }));
    }

    private static Class<? extends ElasticLoadBalancingV2Request> request(String operation) {
        return OperationShapes.request(ElasticLoadBalancingV2Request.class, operation + "Attributes");
    }

    private static String text(SdkPojo request, String member) {
        return Members.get(request, member, String.class).orElseThrow();
    }

    /** Copied, since each kind's attributes are of another class, and alike in all else. */
    private static AwsResponse answer(AwsRequest request, List<LoadBalancerAttribute> shown) {
        var all = DescribeLoadBalancerAttributesResponse.builder()
                .attributes(shown)
                .build();
        SdkPojo response = Members.copy(all, OperationShapes.response(request.getClass()));
        return (AwsResponse) ((Buildable) response).build();
    }
}

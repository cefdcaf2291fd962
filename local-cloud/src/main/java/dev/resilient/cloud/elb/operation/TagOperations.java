package dev.resilient.cloud.elb.operation;

import dev.resilient.cloud.elb.resource.Errors;
import dev.resilient.cloud.elb.resource.Stores;
import dev.resilient.cloud.elb.resource.Tags;
import dev.resilient.wire.Access;
import dev.resilient.wire.OperationRegistry;
import java.util.List;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.AddTagsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTagsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTagsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RemoveTagsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Tag;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TagDescription;

/** Tags load balancers, target groups, listeners and rules. */
record TagOperations(Stores stores) {

    void register(OperationRegistry operations) {
        operations.act(AddTagsRequest.class, Access.named("ResourceArns"), this::add);
        operations.act(RemoveTagsRequest.class, Access.named("ResourceArns"), this::remove);
        operations.on(DescribeTagsRequest.class, this::describe);
    }

    private void add(AddTagsRequest request) {
        List<Tag> tags = Tags.read(request.tags());
        request.resourceArns().forEach(this::require);
        request.resourceArns().forEach(arn -> stores.tags().checkAdding(arn, tags));
        request.resourceArns().forEach(arn -> stores.tags().add(arn, tags));
    }

    private void remove(RemoveTagsRequest request) {
        request.resourceArns().forEach(this::require);
        request.resourceArns().forEach(arn -> stores.tags().remove(arn, request.tagKeys()));
    }

    private DescribeTagsResponse describe(DescribeTagsRequest request) {
        request.resourceArns().forEach(this::require);
        return DescribeTagsResponse.builder()
                .tagDescriptions(request.resourceArns().stream()
                        .map(arn -> TagDescription.builder()
                                .resourceArn(arn)
                                .tags(stores.tags().of(arn))
                                .build())
                        .toList())
                .build();
    }

    /** The kind of a resource is in its ARN; what is missing is missing in that kind's own words. */
    private void require(String arn) {
        String resource = arn.substring(arn.lastIndexOf(':') + 1);
        switch (resource.substring(0, Math.max(0, resource.indexOf('/')))) {
            case "loadbalancer" -> stores.loadBalancers().get(arn);
            case "targetgroup" -> stores.targetGroups().get(arn);
            case "listener" -> stores.listeners().get(arn);
            case "listener-rule" -> stores.rule(arn);
            default ->
                throw Errors.validation(
                        "'" + arn + "' is not a valid load balancer, target group, listener or rule ARN");
        }
    }
}

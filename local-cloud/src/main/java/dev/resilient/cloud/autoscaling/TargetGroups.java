package dev.resilient.cloud.autoscaling;

import dev.resilient.cloud.base.CloudContext;
import dev.resilient.cloud.base.Page;
import dev.resilient.wire.Access;
import dev.resilient.wire.OperationRegistry;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.autoscaling.model.AttachLoadBalancerTargetGroupsRequest;
import software.amazon.awssdk.services.autoscaling.model.AttachLoadBalancerTargetGroupsResponse;
import software.amazon.awssdk.services.autoscaling.model.AttachTrafficSourcesRequest;
import software.amazon.awssdk.services.autoscaling.model.AttachTrafficSourcesResponse;
import software.amazon.awssdk.services.autoscaling.model.DescribeLoadBalancerTargetGroupsRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeLoadBalancerTargetGroupsResponse;
import software.amazon.awssdk.services.autoscaling.model.DescribeTrafficSourcesRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeTrafficSourcesResponse;
import software.amazon.awssdk.services.autoscaling.model.DetachLoadBalancerTargetGroupsRequest;
import software.amazon.awssdk.services.autoscaling.model.DetachLoadBalancerTargetGroupsResponse;
import software.amazon.awssdk.services.autoscaling.model.DetachTrafficSourcesRequest;
import software.amazon.awssdk.services.autoscaling.model.DetachTrafficSourcesResponse;
import software.amazon.awssdk.services.autoscaling.model.LoadBalancerTargetGroupState;
import software.amazon.awssdk.services.autoscaling.model.TrafficSourceIdentifier;
import software.amazon.awssdk.services.autoscaling.model.TrafficSourceState;

/** Attaches groups to target groups, and detaches them. Instances keep running either way. */
final class TargetGroups {
    /** What AWS calls a target group as a source of traffic. */
    static final String TYPE = "elbv2";

    private static final int MOST_PER_CALL = 10;

    private final CloudContext cloud;
    private final GroupStore groups;
    private final TargetGroupLink targetGroups;

    TargetGroups(CloudContext cloud, GroupStore groups, TargetGroupLink targetGroups) {
        this.cloud = cloud;
        this.groups = groups;
        this.targetGroups = targetGroups;
    }

    void register(OperationRegistry operations) {
        operations.register(
                AttachLoadBalancerTargetGroupsRequest.class,
                GroupArns.named(cloud, groups, AttachLoadBalancerTargetGroupsRequest::autoScalingGroupName),
                (request, call) -> {
                    attach(request.autoScalingGroupName(), request.targetGroupARNs());
                    return AttachLoadBalancerTargetGroupsResponse.builder().build();
                });
        operations.register(
                AttachTrafficSourcesRequest.class,
                GroupArns.named(cloud, groups, AttachTrafficSourcesRequest::autoScalingGroupName),
                (request, call) -> {
                    attach(request.autoScalingGroupName(), arns(request.trafficSources()));
                    return AttachTrafficSourcesResponse.builder().build();
                });
        operations.register(
                DetachLoadBalancerTargetGroupsRequest.class,
                GroupArns.named(cloud, groups, DetachLoadBalancerTargetGroupsRequest::autoScalingGroupName),
                (request, call) -> {
                    detach(request.autoScalingGroupName(), request.targetGroupARNs());
                    return DetachLoadBalancerTargetGroupsResponse.builder().build();
                });
        operations.register(
                DetachTrafficSourcesRequest.class,
                GroupArns.named(cloud, groups, DetachTrafficSourcesRequest::autoScalingGroupName),
                (request, call) -> {
                    detach(request.autoScalingGroupName(), arns(request.trafficSources()));
                    return DetachTrafficSourcesResponse.builder().build();
                });
        operations.register(
                DescribeLoadBalancerTargetGroupsRequest.class,
                Access.anyResource(),
                (request, call) -> describe(request));
        operations.register(
                DescribeTrafficSourcesRequest.class, Access.anyResource(), (request, call) -> describe(request));
    }

    /** These target groups, each once, all of which exist. */
    static List<String> check(TargetGroupLink targetGroups, List<String> arns) {
        if (arns.size() > MOST_PER_CALL) {
            throw Errors.validation("At most " + MOST_PER_CALL + " target groups can be attached in one call");
        }
        if (!arns.stream().allMatch(targetGroups::exists)) {
            throw Errors.noSuchTargetGroup();
        }
        return arns.stream().distinct().toList();
    }

    /** The target groups that callers name as sources of traffic; no other source is known. */
    static List<String> arns(List<TrafficSourceIdentifier> sources) {
        for (TrafficSourceIdentifier source : sources) {
            if (source.type() != null && !source.type().equals(TYPE)) {
                throw Errors.validation("The traffic source type '" + source.type()
                        + "' is not supported by this cloud: traffic comes from" + " target groups of type " + TYPE);
            }
        }
        return sources.stream().map(TrafficSourceIdentifier::identifier).toList();
    }

    private void attach(String name, List<String> given) {
        groups.require(name);
        List<String> arns = check(targetGroups, given);
        groups.change(name, group -> {
            List<String> there = group.attachments().stream()
                    .filter(TargetGroups::stays)
                    .map(Attachment::targetGroupArn)
                    .toList();
            return group.withAttachments(Stream.concat(
                            group.attachments().stream()
                                    .filter(attachment ->
                                            stays(attachment) || !arns.contains(attachment.targetGroupArn())),
                            arns.stream()
                                    .filter(arn -> !there.contains(arn))
                                    .map(arn -> new Attachment(arn, Attachment.State.ADDING)))
                    .toList());
        });
    }

    private static boolean stays(Attachment attachment) {
        return attachment.state() != Attachment.State.REMOVING;
    }

    private void detach(String name, List<String> arns) {
        groups.change(name, group -> {
            List<String> attached =
                    group.attachments().stream().map(Attachment::targetGroupArn).toList();
            if (!attached.containsAll(arns)) {
                throw Errors.validation("Trying to remove Target Groups that are not part of the group");
            }
            return group.withAttachments(group.attachments().stream()
                    .map(attachment -> arns.contains(attachment.targetGroupArn())
                            ? attachment.in(Attachment.State.REMOVING)
                            : attachment)
                    .toList());
        });
    }

    private DescribeLoadBalancerTargetGroupsResponse describe(DescribeLoadBalancerTargetGroupsRequest request) {
        Page<Attachment> page = page(request.autoScalingGroupName(), request.nextToken(), request.maxRecords());
        return DescribeLoadBalancerTargetGroupsResponse.builder()
                .loadBalancerTargetGroups(page.items().stream()
                        .map(attachment -> LoadBalancerTargetGroupState.builder()
                                .loadBalancerTargetGroupARN(attachment.targetGroupArn())
                                .state(attachment.state().wireName())
                                .build())
                        .toList())
                .nextToken(page.next())
                .build();
    }

    private DescribeTrafficSourcesResponse describe(DescribeTrafficSourcesRequest request) {
        Page<Attachment> page = page(request.autoScalingGroupName(), request.nextToken(), request.maxRecords());
        boolean wanted = request.trafficSourceType() == null
                || request.trafficSourceType().equals(TYPE);
        return DescribeTrafficSourcesResponse.builder()
                .trafficSources(page.items().stream()
                        .filter(attachment -> wanted)
                        .map(attachment -> TrafficSourceState.builder()
                                .identifier(attachment.targetGroupArn())
                                .type(TYPE)
                                .state(attachment.state().wireName())
                                .build())
                        .toList())
                .nextToken(page.next())
                .build();
    }

    private Page<Attachment> page(String name, @Nullable String token, @Nullable Integer size) {
        return AutoScaling.PAGES.page(groups.require(name).attachments(), Attachment::targetGroupArn, token, size);
    }
}

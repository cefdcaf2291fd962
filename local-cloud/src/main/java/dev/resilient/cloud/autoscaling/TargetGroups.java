package dev.resilient.cloud.autoscaling;

import dev.resilient.cloud.base.CloudContext;
import dev.resilient.cloud.base.Page;
import dev.resilient.wire.Access;
import dev.resilient.wire.OperationRegistry;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.autoscaling.model.AttachLoadBalancerTargetGroupsRequest;
import software.amazon.awssdk.services.autoscaling.model.AttachLoadBalancerTargetGroupsResponse;
import software.amazon.awssdk.services.autoscaling.model.DescribeLoadBalancerTargetGroupsRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeLoadBalancerTargetGroupsResponse;
import software.amazon.awssdk.services.autoscaling.model.DetachLoadBalancerTargetGroupsRequest;
import software.amazon.awssdk.services.autoscaling.model.DetachLoadBalancerTargetGroupsResponse;
import software.amazon.awssdk.services.autoscaling.model.LoadBalancerTargetGroupState;

/** Attaches groups to target groups, and detaches them. Instances keep running either way. */
final class TargetGroups {
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
                (request, call) -> attach(request));
        operations.register(
                DetachLoadBalancerTargetGroupsRequest.class,
                GroupArns.named(cloud, groups, DetachLoadBalancerTargetGroupsRequest::autoScalingGroupName),
                (request, call) -> detach(request));
        operations.register(
                DescribeLoadBalancerTargetGroupsRequest.class,
                Access.anyResource(),
                (request, call) -> describe(request));
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

    private AttachLoadBalancerTargetGroupsResponse attach(AttachLoadBalancerTargetGroupsRequest request) {
        groups.require(request.autoScalingGroupName());
        List<String> arns = check(targetGroups, request.targetGroupARNs());
        groups.change(
                request.autoScalingGroupName(),
                group -> group.withAttachments(Stream.concat(
                                group.attachments().stream()
                                        .filter(attachment ->
                                                !arns.contains(attachment.targetGroupArn()) || stays(attachment)),
                                arns.stream()
                                        .filter(arn -> group.attachments().stream()
                                                .noneMatch(attachment -> attachment
                                                                .targetGroupArn()
                                                                .equals(arn)
                                                        && stays(attachment)))
                                        .map(arn -> new Attachment(arn, Attachment.State.ADDING)))
                        .toList()));
        return AttachLoadBalancerTargetGroupsResponse.builder().build();
    }

    private static boolean stays(Attachment attachment) {
        return attachment.state() != Attachment.State.REMOVING;
    }

    private DetachLoadBalancerTargetGroupsResponse detach(DetachLoadBalancerTargetGroupsRequest request) {
        List<String> arns = request.targetGroupARNs();
        groups.change(request.autoScalingGroupName(), group -> {
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
        return DetachLoadBalancerTargetGroupsResponse.builder().build();
    }

    private DescribeLoadBalancerTargetGroupsResponse describe(DescribeLoadBalancerTargetGroupsRequest request) {
        Page<Attachment> page = AutoScaling.PAGES.page(
                groups.require(request.autoScalingGroupName()).attachments(),
                Attachment::targetGroupArn,
                request.nextToken(),
                request.maxRecords());
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
}

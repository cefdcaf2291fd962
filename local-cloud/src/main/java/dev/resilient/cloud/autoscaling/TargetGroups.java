package dev.resilient.cloud.autoscaling;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.base.CloudContext;
import dev.resilient.wire.Access;
import dev.resilient.wire.OperationRegistry;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.services.autoscaling.model.AttachLoadBalancerTargetGroupsRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeLoadBalancerTargetGroupsRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeLoadBalancerTargetGroupsResponse;
import software.amazon.awssdk.services.autoscaling.model.DetachLoadBalancerTargetGroupsRequest;
import software.amazon.awssdk.services.autoscaling.model.LoadBalancerTargetGroupState;

/** Attaches groups to target groups, and detaches them. Instances keep running either way. */
record TargetGroups(CloudContext cloud, GroupStore groups, TargetGroupLink targetGroups) {
    /** What AWS calls a target group as a source of traffic. */
    private static final int MOST_PER_CALL = 10;

    void register(OperationRegistry operations) {
        Access<AwsRequest> group = GroupArns.named(cloud, groups);
        operations.act(AttachLoadBalancerTargetGroupsRequest.class, group, this::attach);
        operations.act(DetachLoadBalancerTargetGroupsRequest.class, group, this::detach);
        operations.on(DescribeLoadBalancerTargetGroupsRequest.class, this::describe);
    }

    /** These target groups, each once, all of which exist. */
    static List<String> check(TargetGroupLink targetGroups, List<String> arns) {
        refuseIf(
                arns.size() > MOST_PER_CALL,
                () -> Errors.validation("At most " + MOST_PER_CALL + " target groups can be attached in one call"));
        refuseIf(!arns.stream().allMatch(targetGroups::exists), Errors::noSuchTargetGroup);
        return arns.stream().distinct().toList();
    }

    private void attach(AttachLoadBalancerTargetGroupsRequest request) {
        groups.require(request.autoScalingGroupName());
        List<String> arns = check(targetGroups, request.targetGroupARNs());
        groups.change(request.autoScalingGroupName(), group -> {
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

    private void detach(DetachLoadBalancerTargetGroupsRequest request) {
        List<String> arns = request.targetGroupARNs();
        groups.change(request.autoScalingGroupName(), group -> {
            List<String> attached =
                    group.attachments().stream().map(Attachment::targetGroupArn).toList();
            refuseIf(
                    !attached.containsAll(arns),
                    () -> Errors.validation("Trying to remove Target Groups that are not part of the group"));
            return group.withAttachments(group.attachments().stream()
                    .map(attachment -> arns.contains(attachment.targetGroupArn())
                            ? attachment.in(Attachment.State.REMOVING)
                            : attachment)
                    .toList());
        });
    }

    private DescribeLoadBalancerTargetGroupsResponse describe(DescribeLoadBalancerTargetGroupsRequest request) {
        return AutoScaling.PAGES.answer(
                request,
                DescribeLoadBalancerTargetGroupsResponse.builder(),
                groups.require(request.autoScalingGroupName()).attachments(),
                Attachment::targetGroupArn,
                attachment -> LoadBalancerTargetGroupState.builder()
                        .loadBalancerTargetGroupARN(attachment.targetGroupArn())
                        .state(attachment.state().wireName())
                        .build());
    }
}

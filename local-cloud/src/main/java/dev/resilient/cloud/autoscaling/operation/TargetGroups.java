package dev.resilient.cloud.autoscaling.operation;

import static dev.resilient.cloud.autoscaling.group.Errors.refuseIf;

import dev.resilient.cloud.autoscaling.group.Attachment;
import dev.resilient.cloud.autoscaling.group.Group;
import dev.resilient.cloud.autoscaling.group.TargetGroupLink;
import dev.resilient.cloud.autoscaling.reconcile.GroupStore;
import dev.resilient.wire.OperationRegistry;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.autoscaling.model.AttachLoadBalancerTargetGroupsRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeLoadBalancerTargetGroupsRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeLoadBalancerTargetGroupsResponse;
import software.amazon.awssdk.services.autoscaling.model.DetachLoadBalancerTargetGroupsRequest;
import software.amazon.awssdk.services.autoscaling.model.LoadBalancerTargetGroupState;

/** Attaches groups to target groups, and detaches them. Instances keep running either way. */
record TargetGroups(GroupStore groups, TargetGroupLink targetGroups) {
    /** What AWS calls a target group as a source of traffic. */
    private static final int MOST_PER_CALL = 10;

    void register(OperationRegistry operations) {
        groups.register(operations, AttachLoadBalancerTargetGroupsRequest.class, this::attach);
        groups.register(operations, DetachLoadBalancerTargetGroupsRequest.class, this::detach);
        operations.on(DescribeLoadBalancerTargetGroupsRequest.class, this::describe);
    }

    /** These target groups, each once, all of which exist. */
    static List<String> check(TargetGroupLink targetGroups, List<String> arns) {
        refuseIf(
                arns.size() > MOST_PER_CALL, "At most " + MOST_PER_CALL + " target groups can be attached in one call");
        refuseIf(
                !arns.stream().allMatch(targetGroups::exists),
                "Provided Target Groups may not be valid. Please ensure they exist and try again.");
        return arns.stream().distinct().toList();
    }

    /** The attachments to them, as they begin. */
    static List<Attachment> adding(List<String> arns) {
        return arns.stream()
                .map(arn -> new Attachment(arn, Attachment.State.ADDING))
                .toList();
    }

    private Group attach(AttachLoadBalancerTargetGroupsRequest request, Group group) {
        List<String> arns = check(targetGroups, request.targetGroupARNs());
        List<Attachment> others = group.attachments().stream()
                .filter(attachment -> attachment.stays() || !arns.contains(attachment.targetGroupArn()))
                .toList();
        List<String> there = others.stream().map(Attachment::targetGroupArn).toList();
        List<String> added = arns.stream().filter(arn -> !there.contains(arn)).toList();
        return group.withAttachments(
                Stream.concat(others.stream(), adding(added).stream()).toList());
    }

    private Group detach(DetachLoadBalancerTargetGroupsRequest request, Group group) {
        List<String> arns = request.targetGroupARNs();
        List<Attachment> all = group.attachments();
        refuseIf(
                !all.stream().map(Attachment::targetGroupArn).toList().containsAll(arns),
                "Trying to remove Target Groups that are not part of the group");
        return group.withAttachments(all.stream()
                .map(each -> arns.contains(each.targetGroupArn()) ? each.in(Attachment.State.REMOVING) : each)
                .toList());
    }

    private DescribeLoadBalancerTargetGroupsResponse describe(DescribeLoadBalancerTargetGroupsRequest request) {
        return GroupStore.PAGES.answer(
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

package dev.resilient.cloud.autoscaling.reconcile;

import dev.resilient.cloud.autoscaling.group.Attachment;
import dev.resilient.cloud.autoscaling.group.Group;
import dev.resilient.cloud.autoscaling.group.Member;
import dev.resilient.cloud.autoscaling.group.TargetGroupLink;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Brings the instances of groups into target groups, and out of them. Thread-safe. */
record Attachments(GroupStore groups, TargetGroupLink targetGroups) {

    /** Registers an instance with the target groups that the group is attached to now. */
    void register(Group group, String instanceId) {
        now(group)
                .filter(Attachment::stays)
                .forEach(attachment -> targetGroups.register(attachment.targetGroupArn(), instanceId));
    }

    /**
     * Begins to deregister an instance; false if there is no target group that it has to leave. Those that are being removed are
     * among them: an instance that leaves must leave them too, whoever comes first.
     */
    boolean deregister(Group group, String instanceId) {
        List<String> arns = now(group).map(Attachment::targetGroupArn).toList();
        arns.forEach(arn -> targetGroups.deregister(arn, instanceId));
        return !arns.isEmpty();
    }

    private Stream<Attachment> now(Group group) {
        return groups.find(group.name()).orElse(group).attachments().stream();
    }

    /** Brings an attachment further; false if nothing changed. */
    boolean advance(Group group, String arn) {
        Attachment attachment = group.attachments().stream()
                .filter(each -> each.targetGroupArn().equals(arn))
                .findFirst()
                .orElseThrow();
        return switch (attachment.state()) {
            case ADDING -> {
                group.members().stream()
                        .filter(member -> member.inService().isPresent())
                        .forEach(member -> targetGroups.register(arn, member.instanceId()));
                yield replace(group, attachment, List.of(attachment.in(Attachment.State.ADDED)));
            }
            case ADDED ->
                targetGroups.targets(arn).containsValue(TargetGroupLink.Health.HEALTHY)
                        && replace(group, attachment, List.of(attachment.in(Attachment.State.IN_SERVICE)));
            case IN_SERVICE -> false;
            case REMOVING -> {
                List<String> all =
                        group.members().stream().map(Member::instanceId).toList();
                all.forEach(instanceId -> targetGroups.deregister(arn, instanceId));
                yield Collections.disjoint(all, targetGroups.targets(arn).keySet())
                        && replace(group, attachment, List.of());
            }
        };
    }

    private boolean replace(Group group, Attachment attachment, List<Attachment> next) {
        UnaryOperator<Group> replaced = now -> now.withAttachments(now.attachments().stream()
                .flatMap(each -> each.equals(attachment) ? next.stream() : Stream.of(each))
                .toList());
        return groups.update(group, replaced).isPresent();
    }
}

package dev.resilient.cloud.ec2.instance;

import dev.resilient.cloud.ec2.instance.ProfileAssociations.Association;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.GroupIdentifier;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceMetadataOptionsResponse;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;

/**
 * An instance.
 *
 * @param shown as EC2 shows it, but for its tags
 * @param reservationId of the launch
 * @param launch what it was launched with, those of the launch template included, but for attributes that were modified
 * @param association with its instance profile; null for none
 * @param since when it came into its state
 */
record LaunchedInstance(
        Instance shown,
        String reservationId,
        RunInstancesRequest launch,
        @Nullable Association association,
        Instant since) {
    /** What a terminated instance does not have any more. */
    private static final Set<String> ENDS_WITH_IT = Set.of(
            "SubnetId",
            "VpcId",
            "PrivateIpAddress",
            "PublicIpAddress",
            "PrivateDnsName",
            "PublicDnsName",
            "SourceDestCheck",
            "SecurityGroups",
            "MetadataOptions",
            "IamInstanceProfile",
            "NetworkInterfaces");

    String id() {
        return shown.instanceId();
    }

    InstanceStateName state() {
        return shown.state().name();
    }

    List<String> securityGroupIds() {
        return shown.securityGroups().stream().map(GroupIdentifier::groupId).toList();
    }

    LaunchedInstance with(RunInstancesRequest changed) {
        return new LaunchedInstance(shown, reservationId, changed, association, since);
    }

    LaunchedInstance with(InstanceMetadataOptionsResponse options) {
        return showing(shown.toBuilder().metadataOptions(options).build());
    }

    LaunchedInstance with(List<GroupIdentifier> groups) {
        return showing(shown.toBuilder()
                .securityGroups(groups)
                .networkInterfaces(shown.networkInterfaces().stream()
                        .map(each -> each.toBuilder().groups(groups).build())
                        .toList())
                .build());
    }

    LaunchedInstance with(@Nullable Association changed) {
        Instance after = shown.toBuilder()
                .iamInstanceProfile(changed == null ? null : changed.profile())
                .build();
        return new LaunchedInstance(after, reservationId, launch, changed, since);
    }

    private LaunchedInstance showing(Instance changed) {
        return new LaunchedInstance(changed, reservationId, launch, association, since);
    }

    /** In another state; the second half of an ending keeps the reason of the first, and a start clears it. */
    LaunchedInstance in(InstanceStateName state, @Nullable Reason reason, Instant now) {
        Instance.Builder after = shown.toBuilder().state(States.of(state));
        if (state != InstanceStateName.STOPPED && state != InstanceStateName.TERMINATED) {
            after.stateReason(reason == null ? null : reason.shown())
                    .stateTransitionReason(reason == null ? "" : reason.ofTransition(now));
        }
        if (state == InstanceStateName.PENDING) {
            after.launchTime(now);
        }
        boolean ended = state == InstanceStateName.TERMINATED;
        after.sdkFields().stream()
                .filter(field -> ended && ENDS_WITH_IT.contains(field.memberName()))
                .forEach(field -> field.set(after, null));
        return new LaunchedInstance(after.build(), reservationId, launch, ended ? null : association, now);
    }
}

package dev.resilient.cloud.ec2.instance;

import dev.resilient.cloud.base.Account;
import dev.resilient.cloud.ec2.image.Images;
import dev.resilient.cloud.ec2.instance.LaunchedInstance.Launch;
import dev.resilient.cloud.ec2.instance.LaunchedInstance.Place;
import dev.resilient.cloud.ec2.instance.LaunchedInstance.Reason;
import dev.resilient.cloud.ec2.instance.LaunchedInstance.Status;
import dev.resilient.cloud.ec2.instance.ProfileAssociations.Association;
import dev.resilient.cloud.ec2.network.Network;
import dev.resilient.cloud.ec2.securitygroup.SecurityGroups;
import dev.resilient.cloud.ec2.tag.Tags;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.DeviceType;
import software.amazon.awssdk.services.ec2.model.GroupIdentifier;
import software.amazon.awssdk.services.ec2.model.HypervisorType;
import software.amazon.awssdk.services.ec2.model.IamInstanceProfile;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterface;
import software.amazon.awssdk.services.ec2.model.Monitoring;
import software.amazon.awssdk.services.ec2.model.MonitoringState;
import software.amazon.awssdk.services.ec2.model.NetworkInterfaceStatus;
import software.amazon.awssdk.services.ec2.model.Placement;
import software.amazon.awssdk.services.ec2.model.StateReason;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.VirtualizationType;

/** An instance as EC2 shows it. A terminated one has no address, group or profile any more. */
final class InstanceRenderer {
    private static final DateTimeFormatter TRANSITION_TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'GMT'").withZone(ZoneOffset.UTC);

    private final Account account;
    private final Network network;
    private final SecurityGroups groups;
    private final ProfileAssociations profiles;
    private final Tags tags;

    InstanceRenderer(Account account, Neighbours neighbours, ProfileAssociations profiles) {
        this.account = account;
        this.network = neighbours.network();
        this.groups = neighbours.groups();
        this.profiles = profiles;
        this.tags = neighbours.tags();
    }

    String ownerId() {
        return account.id();
    }

    List<Tag> tags(LaunchedInstance instance) {
        return tags.of(instance.id());
    }

    /** The private host name: {@code ip-127-31-0-4.us-west-2.compute.internal}. */
    String hostname(LaunchedInstance instance) {
        return network.hostname(instance.place().address());
    }

    @Nullable
    String profileArn(LaunchedInstance instance) {
        return profiles.of(instance.id())
                .map(association -> association.profile().arn())
                .orElse(null);
    }

    Instance render(LaunchedInstance instance) {
        Launch launch = instance.launch();
        Status status = instance.status();
        Instance.Builder builder = Instance.builder()
                .instanceId(instance.id())
                .imageId(launch.image().imageId())
                .instanceType(launch.request().instanceTypeAsString())
                .keyName(launch.request().keyName())
                .amiLaunchIndex(launch.index())
                .launchTime(status.launchTime())
                .clientToken(launch.request().clientToken())
                .architecture(launch.image().architecture())
                .hypervisor(HypervisorType.XEN)
                .virtualizationType(VirtualizationType.HVM)
                .rootDeviceName(Images.ROOT_DEVICE)
                .rootDeviceType(DeviceType.EBS)
                .platformDetails("Linux/UNIX")
                .monitoring(Monitoring.builder().state(MonitoringState.DISABLED).build())
                .placement(Placement.builder()
                        .availabilityZone(instance.place().zone())
                        .availabilityZoneId(network.zoneId(instance.place().zone()))
                        .groupName("")
                        .tenancy("default")
                        .build())
                .state(status.state().toSdk())
                .stateReason(reason(status.reason()))
                .stateTransitionReason(transition(status))
                .tags(tags.of(instance.id()));
        if (status.state() != InstanceState.TERMINATED) {
            addWhatEndsWithIt(builder, instance);
        }
        return builder.build();
    }

    private void addWhatEndsWithIt(Instance.Builder builder, LaunchedInstance instance) {
        Place place = instance.place();
        List<GroupIdentifier> identifiers = groupIdentifiers(instance);
        builder.subnetId(place.subnetId())
                .vpcId(place.vpcId())
                .privateIpAddress(place.address())
                .publicIpAddress(place.address())
                .privateDnsName(hostname(instance))
                .publicDnsName("")
                .sourceDestCheck(true)
                .securityGroups(identifiers)
                .metadataOptions(instance.metadataOptions())
                .iamInstanceProfile(profiles.of(instance.id())
                        .map(Association::profile)
                        .map(profile -> IamInstanceProfile.builder()
                                .arn(profile.arn())
                                .id(profile.id())
                                .build())
                        .orElse(null))
                .networkInterfaces(InstanceNetworkInterface.builder()
                        .networkInterfaceId(place.interfaceId())
                        .macAddress(place.mac())
                        .ownerId(account.id())
                        .subnetId(place.subnetId())
                        .vpcId(place.vpcId())
                        .privateIpAddress(place.address())
                        .privateDnsName(hostname(instance))
                        .groups(identifiers)
                        .status(NetworkInterfaceStatus.IN_USE)
                        .interfaceType("interface")
                        .build());
    }

    /** The security groups of an instance. */
    List<GroupIdentifier> groupIdentifiers(LaunchedInstance instance) {
        return instance.launch().securityGroupIds().stream()
                .flatMap(id -> groups.nameOf(id).stream().map(name -> GroupIdentifier.builder()
                        .groupId(id)
                        .groupName(name)
                        .build()))
                .toList();
    }

    private static @Nullable StateReason reason(@Nullable Reason reason) {
        return reason == null
                ? null
                : StateReason.builder()
                        .code(reason.code())
                        .message(reason.message())
                        .build();
    }

    private static String transition(Status status) {
        return switch (status.reason()) {
            case null -> "";
            case USER_REQUEST -> "User initiated (" + TRANSITION_TIME.format(status.since()) + ")";
            case OWN_SHUTDOWN -> "";
            case SERVER_ERROR -> "Server.InternalError";
        };
    }
}

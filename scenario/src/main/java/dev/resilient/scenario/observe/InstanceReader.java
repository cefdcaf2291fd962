package dev.resilient.scenario.observe;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.autoscaling.model.Instance;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Reservation;

/** Asks Auto Scaling which instances a group has, and EC2 how they are. Thread-safe. */
public final class InstanceReader {
    private final AutoScalingClient autoScaling;
    private final Ec2Client ec2;
    private final String group;

    /** Reads the instances of the Auto Scaling group with this name. */
    public InstanceReader(AutoScalingClient autoScaling, Ec2Client ec2, String group) {
        this.autoScaling = autoScaling;
        this.ec2 = ec2;
        this.group = group;
    }

    /** The instances now, in the order of zones and ids; none when there is no such group. */
    public List<InstanceSeen> read() {
        List<Instance> members =
                autoScaling
                        .describeAutoScalingGroups(request -> request.autoScalingGroupNames(group))
                        .autoScalingGroups()
                        .stream()
                        .flatMap(found -> found.instances().stream())
                        .toList();
        Map<String, software.amazon.awssdk.services.ec2.model.Instance> machines = machines(members);
        return members.stream()
                .map(member -> seen(member, Optional.ofNullable(machines.get(member.instanceId()))))
                .sorted(Comparator.comparing(InstanceSeen::zone).thenComparing(InstanceSeen::instanceId))
                .toList();
    }

    /** By a filter and not by their ids, since EC2 refuses an id that it does not know yet, or any more. */
    private Map<String, software.amazon.awssdk.services.ec2.model.Instance> machines(List<Instance> members) {
        if (members.isEmpty()) {
            return Map.of();
        }
        Filter ids = Filter.builder()
                .name("instance-id")
                .values(members.stream().map(Instance::instanceId).toList())
                .build();
        return ec2.describeInstancesPaginator(request -> request.filters(ids)).reservations().stream()
                .map(Reservation::instances)
                .flatMap(List::stream)
                .collect(Collectors.toMap(
                        software.amazon.awssdk.services.ec2.model.Instance::instanceId, Function.identity()));
    }

    private static InstanceSeen seen(
            Instance member, Optional<software.amazon.awssdk.services.ec2.model.Instance> machine) {
        return new InstanceSeen(
                member.instanceId(),
                member.availabilityZone(),
                member.lifecycleStateAsString(),
                machine.map(found -> found.state().nameAsString()),
                machine.flatMap(found -> Optional.ofNullable(found.iamInstanceProfile()))
                        .map(profile -> profile.arn().substring(profile.arn().lastIndexOf('/') + 1)));
    }
}

package dev.resilient.cloud.ssm.command;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.ssm.command.ManagedInstances.ManagedInstance;
import dev.resilient.wire.ServiceError;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ssm.model.Command;
import software.amazon.awssdk.services.ssm.model.PingStatus;
import software.amazon.awssdk.services.ssm.model.SendCommandRequest;
import software.amazon.awssdk.services.ssm.model.Target;

/** Which instances a command is for: named one by one, or found by ids and tags, of which all must match. */
record CommandTargets(ManagedInstances instances, String accountId) {
    private static final String IDS = "instanceids";

    /**
     * The invocations that a request comes to, by the id of the instance.
     *
     * @throws ServiceError {@code InvalidInstanceId} if an instance that is named cannot be reached, {@code DuplicateInstanceId},
     *     or {@code InvalidTarget} for targets that are not understood
     */
    SortedMap<String, Invocation> invocations(SendCommandRequest request, Command sent) {
        refuseIf(
                request.instanceIds().isEmpty() == request.targets().isEmpty(),
                "InvalidTarget",
                "Specify either instance IDs or targets, and not both of them.");
        SortedMap<String, Invocation> invocations = new TreeMap<>();
        if (request.targets().isEmpty()) {
            checkNamed(request.instanceIds());
        } else {
            named(request.targets())
                    .forEach(id -> invocations.put(id, Invocation.of(sent, id, "", CommandState.UNDELIVERABLE)));
        }
        chosen(request)
                .forEach(instance -> invocations.put(
                        instance.id(),
                        Invocation.of(sent, instance.id(), instance.shown().computerName(), CommandState.PENDING)));
        return invocations;
    }

    /** The ids of the instances that a request names or that are found for it. */
    List<String> ids(SendCommandRequest request) {
        return Stream.concat(request.instanceIds().stream(), chosen(request).map(ManagedInstance::id))
                .distinct()
                .toList();
    }

    private Stream<ManagedInstance> chosen(SendCommandRequest request) {
        return instances.list().stream()
                .filter(instance -> request.targets().isEmpty()
                        ? request.instanceIds().contains(instance.id())
                        : request.targets().stream().allMatch(target -> matches(instance, target)));
    }

    private void checkNamed(List<String> ids) {
        refuseIf(
                new HashSet<>(ids).size() < ids.size(),
                "DuplicateInstanceId",
                "You can't specify an instance ID in more than one association.");
        List<String> online = instances.list().stream()
                .filter(instance -> instance.shown().pingStatus() == PingStatus.ONLINE)
                .map(ManagedInstance::id)
                .toList();
        List<String> invalid = ids.stream().filter(id -> !online.contains(id)).toList();
        refuseIf(
                !invalid.isEmpty(),
                "InvalidInstanceId",
                "Instances [" + invalid + "] not in a valid state for account " + accountId);
    }

    private static Stream<String> named(List<Target> targets) {
        return targets.stream()
                .filter(target -> key(target).toLowerCase(Locale.ROOT).equals(IDS))
                .flatMap(target -> target.values().stream());
    }

    private static boolean matches(ManagedInstance instance, Target target) {
        String key = key(target);
        boolean ids = key.toLowerCase(Locale.ROOT).equals(IDS);
        refuseIf(
                !ids && !ManagedInstance.isOfTags(key),
                "InvalidTarget",
                "The target key " + key + " is not supported by this cloud.");
        return ids ? target.values().contains(instance.id()) : instance.isTagged(key, target.values());
    }

    private static String key(Target target) {
        return Optional.ofNullable(target.key()).orElse("");
    }
}

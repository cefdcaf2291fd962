package dev.resilient.cloud.autoscaling.operation;

import dev.resilient.cloud.autoscaling.group.Errors;
import dev.resilient.cloud.autoscaling.group.Group;
import dev.resilient.cloud.autoscaling.group.ScalingProcess;
import dev.resilient.cloud.autoscaling.reconcile.GroupStore;
import dev.resilient.wire.OperationRegistry;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.autoscaling.model.ResumeProcessesRequest;
import software.amazon.awssdk.services.autoscaling.model.SuspendProcessesRequest;

/** Suspends and resumes the processes of groups. */
record Processes(GroupStore groups) {

    void register(OperationRegistry operations) {
        groups.register(
                operations,
                SuspendProcessesRequest.class,
                (request, group) -> changed(group, request.scalingProcesses(), Set::addAll));
        groups.register(
                operations,
                ResumeProcessesRequest.class,
                (request, group) -> changed(group, request.scalingProcesses(), Set::removeAll));
    }

    private static Group changed(
            Group group, List<String> names, BiConsumer<Set<ScalingProcess>, Set<ScalingProcess>> change) {
        Set<ScalingProcess> suspended = group.suspended();
        change.accept(suspended, named(names));
        return group.withSuspended(suspended);
    }

    /** The processes of these names; all of them if none is named. */
    private static Set<ScalingProcess> named(List<String> names) {
        Set<ScalingProcess> all = EnumSet.allOf(ScalingProcess.class);
        return names.isEmpty() ? all : names.stream().map(Processes::named).collect(Collectors.toSet());
    }

    private static ScalingProcess named(String name) {
        return ScalingProcess.named(name)
                .orElseThrow(() -> Errors.validation("The process '" + name + "' is not a scaling process"));
    }
}

package dev.resilient.cloud.autoscaling.operation;

import dev.resilient.cloud.autoscaling.group.Errors;
import dev.resilient.cloud.autoscaling.group.ScalingProcess;
import dev.resilient.cloud.autoscaling.reconcile.GroupStore;
import dev.resilient.wire.OperationRegistry;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import software.amazon.awssdk.services.autoscaling.model.ResumeProcessesRequest;
import software.amazon.awssdk.services.autoscaling.model.SuspendProcessesRequest;

/** Suspends and resumes the processes of groups. */
record Processes(GroupStore groups) {

    void register(OperationRegistry operations) {
        operations.act(
                SuspendProcessesRequest.class,
                groups.named(),
                request -> change(request.autoScalingGroupName(), request.scalingProcesses(), Set::addAll));
        operations.act(
                ResumeProcessesRequest.class,
                groups.named(),
                request -> change(request.autoScalingGroupName(), request.scalingProcesses(), Set::removeAll));
    }

    private void change(String group, List<String> names, BiConsumer<Set<ScalingProcess>, Set<ScalingProcess>> change) {
        Set<ScalingProcess> named = named(names);
        groups.change(group, now -> {
            Set<ScalingProcess> suspended = now.suspended();
            change.accept(suspended, named);
            return now.withSuspended(suspended);
        });
    }

    /** The processes of these names; all of them if none is named. */
    private static Set<ScalingProcess> named(List<String> names) {
        if (names.isEmpty()) {
            return EnumSet.allOf(ScalingProcess.class);
        }
        Set<ScalingProcess> named = EnumSet.noneOf(ScalingProcess.class);
        for (String name : names) {
            named.add(ScalingProcess.named(name)
                    .orElseThrow(() -> Errors.validation("The process '" + name + "' is not a scaling process")));
        }
        return named;
    }
}

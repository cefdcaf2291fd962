package dev.resilient.cloud.autoscaling;

import dev.resilient.cloud.base.CloudContext;
import dev.resilient.wire.Access;
import dev.resilient.wire.OperationRegistry;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.services.autoscaling.model.ResumeProcessesRequest;
import software.amazon.awssdk.services.autoscaling.model.SuspendProcessesRequest;

/** Suspends and resumes the processes of groups. */
record Processes(CloudContext cloud, GroupStore groups) {

    void register(OperationRegistry operations) {
        Access<AwsRequest> group = GroupArns.named(cloud, groups);
        operations.act(SuspendProcessesRequest.class, group, this::suspend);
        operations.act(ResumeProcessesRequest.class, group, this::resume);
    }

    private void suspend(SuspendProcessesRequest request) {
        Set<ScalingProcess> named = named(request.scalingProcesses());
        groups.change(request.autoScalingGroupName(), group -> {
            Set<ScalingProcess> suspended = EnumSet.copyOf(named);
            suspended.addAll(group.suspended());
            return group.withSuspended(suspended);
        });
    }

    private void resume(ResumeProcessesRequest request) {
        Set<ScalingProcess> named = named(request.scalingProcesses());
        groups.change(request.autoScalingGroupName(), group -> {
            Set<ScalingProcess> suspended = EnumSet.noneOf(ScalingProcess.class);
            suspended.addAll(group.suspended());
            suspended.removeAll(named);
            return group.withSuspended(suspended);
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

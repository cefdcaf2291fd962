package dev.resilient.cloud.autoscaling;

import dev.resilient.cloud.base.CloudContext;
import dev.resilient.wire.OperationRegistry;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.autoscaling.model.ResumeProcessesRequest;
import software.amazon.awssdk.services.autoscaling.model.ResumeProcessesResponse;
import software.amazon.awssdk.services.autoscaling.model.SuspendProcessesRequest;
import software.amazon.awssdk.services.autoscaling.model.SuspendProcessesResponse;

/** Suspends and resumes the processes of groups. */
final class Processes {
    private final CloudContext cloud;
    private final GroupStore groups;

    Processes(CloudContext cloud, GroupStore groups) {
        this.cloud = cloud;
        this.groups = groups;
    }

    void register(OperationRegistry operations) {
        operations.register(
                SuspendProcessesRequest.class,
                GroupArns.named(cloud, groups, SuspendProcessesRequest::autoScalingGroupName),
                (request, call) -> suspend(request));
        operations.register(
                ResumeProcessesRequest.class,
                GroupArns.named(cloud, groups, ResumeProcessesRequest::autoScalingGroupName),
                (request, call) -> resume(request));
    }

    private SuspendProcessesResponse suspend(SuspendProcessesRequest request) {
        Set<ScalingProcess> named = named(request.scalingProcesses());
        groups.change(request.autoScalingGroupName(), group -> {
            Set<ScalingProcess> suspended = EnumSet.copyOf(named);
            suspended.addAll(group.suspended());
            return group.withSuspended(suspended);
        });
        return SuspendProcessesResponse.builder().build();
    }

    private ResumeProcessesResponse resume(ResumeProcessesRequest request) {
        Set<ScalingProcess> named = named(request.scalingProcesses());
        groups.change(request.autoScalingGroupName(), group -> {
            Set<ScalingProcess> suspended = EnumSet.noneOf(ScalingProcess.class);
            suspended.addAll(group.suspended());
            suspended.removeAll(named);
            return group.withSuspended(suspended);
        });
        return ResumeProcessesResponse.builder().build();
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

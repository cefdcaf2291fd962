package dev.resilient.cloud.autoscaling.group;

import java.util.Arrays;
import java.util.Optional;
import software.amazon.awssdk.services.autoscaling.model.SuspendedProcess;

/** The processes of a group that can be suspended, with AWS's names. Not every one has something to do in this cloud. */
public enum ScalingProcess {
    LAUNCH("Launch"),
    TERMINATE("Terminate"),
    ADD_TO_LOAD_BALANCER("AddToLoadBalancer"),
    ALARM_NOTIFICATION("AlarmNotification"),
    AZ_REBALANCE("AZRebalance"),
    HEALTH_CHECK("HealthCheck"),
    INSTANCE_REFRESH("InstanceRefresh"),
    REPLACE_UNHEALTHY("ReplaceUnhealthy"),
    SCHEDULED_ACTIONS("ScheduledActions");

    private final String wireName;

    ScalingProcess(String wireName) {
        this.wireName = wireName;
    }

    /** The process of this name. */
    public static Optional<ScalingProcess> named(String name) {
        return Arrays.stream(values())
                .filter(process -> process.wireName.equals(name))
                .findFirst();
    }

    /** As the API shows it while it is suspended. */
    public SuspendedProcess suspended() {
        return SuspendedProcess.builder()
                .processName(wireName)
                .suspensionReason("User suspended")
                .build();
    }
}

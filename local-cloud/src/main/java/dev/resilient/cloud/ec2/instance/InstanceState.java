package dev.resilient.cloud.ec2.instance;

import java.util.EnumSet;
import java.util.Set;

/** The states of an instance, with EC2's names and codes, and the edges between them. */
enum InstanceState {
    /** Being provisioned. */
    PENDING(0, "pending"),
    /** Its processes run. */
    RUNNING(16, "running"),
    /** On the way to {@link #TERMINATED}. */
    SHUTTING_DOWN(32, "shutting-down"),
    /** Gone for good; shown for a while. */
    TERMINATED(48, "terminated"),
    /** On the way to {@link #STOPPED}. */
    STOPPING(64, "stopping"),
    /** Without processes; can be started again with the same address and files. */
    STOPPED(80, "stopped");

    private final int code;
    private final String wireName;

    InstanceState(int code, String wireName) {
        this.code = code;
        this.wireName = wireName;
    }

    /** Whether an instance may go from this state straight to {@code next}. */
    boolean canBecome(InstanceState next) {
        return successors().contains(next);
    }

    private Set<InstanceState> successors() {
        return switch (this) {
            case PENDING -> EnumSet.of(RUNNING, SHUTTING_DOWN);
            case RUNNING -> EnumSet.of(STOPPING, SHUTTING_DOWN);
            case STOPPING -> EnumSet.of(STOPPED, SHUTTING_DOWN);
            case STOPPED -> EnumSet.of(PENDING, SHUTTING_DOWN);
            case SHUTTING_DOWN -> EnumSet.of(TERMINATED);
            case TERMINATED -> EnumSet.noneOf(InstanceState.class);
        };
    }

    /** The name on the wire. */
    String wireName() {
        return wireName;
    }

    /** As the SDK has it. */
    software.amazon.awssdk.services.ec2.model.InstanceState toSdk() {
        return software.amazon.awssdk.services.ec2.model.InstanceState.builder()
                .code(code)
                .name(wireName)
                .build();
    }

    /** Whether an instance in this state has ended or is ending for good. */
    boolean isEnding() {
        return this == SHUTTING_DOWN || this == TERMINATED;
    }

    @Override
    public String toString() {
        return wireName;
    }
}

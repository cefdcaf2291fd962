package dev.resilient.cloud.autoscaling;

/** Where an instance is in its group, with AWS's names. */
enum LifecycleState {
    PENDING("Pending"),
    PENDING_WAIT("Pending:Wait"),
    PENDING_PROCEED("Pending:Proceed"),
    IN_SERVICE("InService"),
    TERMINATING("Terminating"),
    TERMINATING_WAIT("Terminating:Wait"),
    TERMINATING_PROCEED("Terminating:Proceed"),
    DETACHING("Detaching"),
    ENTERING_STANDBY("EnteringStandby"),
    STANDBY("Standby");

    private final String wireName;

    LifecycleState(String wireName) {
        this.wireName = wireName;
    }

    /** As the API shows it. */
    String wireName() {
        return wireName;
    }
}

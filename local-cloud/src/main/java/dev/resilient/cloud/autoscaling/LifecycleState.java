package dev.resilient.cloud.autoscaling;

/** Where an instance is in its group, with AWS's names. */
enum LifecycleState {
    PENDING("Pending"),
    IN_SERVICE("InService"),
    TERMINATING("Terminating");

    private final String wireName;

    LifecycleState(String wireName) {
        this.wireName = wireName;
    }

    /** As the API shows it. */
    String wireName() {
        return wireName;
    }
}

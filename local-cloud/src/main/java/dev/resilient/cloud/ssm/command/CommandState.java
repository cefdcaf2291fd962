package dev.resilient.cloud.ssm.command;

/** The states of a command or an invocation, each with a status and with the finer one that Systems Manager calls details. */
enum CommandState {
    /** Not received by the instance yet. */
    PENDING("Pending", "Pending"),
    /** Running. */
    IN_PROGRESS("InProgress", "InProgress"),
    /** The script returned 0. */
    SUCCESS("Success", "Success"),
    /** A command whose targets named nothing that exists. */
    NO_INSTANCES("Success", "NoInstancesInTag"),
    /** The script returned something else. */
    FAILED("Failed", "Failed"),
    /** A command with invocations that did not succeed, none of which failed. */
    INCOMPLETE("Failed", "Incomplete"),
    /** The instance cannot be reached, and never will be. */
    UNDELIVERABLE("Failed", "Undeliverable"),
    /** The instance did not receive it in time, or was gone before it could answer. */
    DELIVERY_TIMED_OUT("TimedOut", "DeliveryTimedOut"),
    /** The script ran longer than it may. */
    EXECUTION_TIMED_OUT("TimedOut", "ExecutionTimedOut");

    private final String status;
    private final String details;

    CommandState(String status, String details) {
        this.status = status;
        this.details = details;
    }

    String status() {
        return status;
    }

    String details() {
        return details;
    }

    /** Whether nothing follows. */
    boolean isFinal() {
        return this != PENDING && this != IN_PROGRESS;
    }

    /** Whether it is an error of the command; what never reached its instance is none. */
    boolean isError() {
        return this == FAILED || this == EXECUTION_TIMED_OUT;
    }
}

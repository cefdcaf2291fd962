package dev.resilient.loadbalancer.target;

/** Why a target is not healthy: the reason codes of the Elastic Load Balancing API, each with the text that explains it. */
public enum TargetReason {
    /** Registered a moment ago. */
    REGISTRATION_IN_PROGRESS("Elb.RegistrationInProgress", "Target registration is in progress"),
    /** Its first health checks are under way. */
    INITIAL_HEALTH_CHECKING("Elb.InitialHealthChecking", "Initial health checks in progress"),
    /** A health check was answered with a status that does not match; the description ends with that status in brackets. */
    RESPONSE_CODE_MISMATCH("Target.ResponseCodeMismatch", "Health checks failed with these codes: "),
    /** A health check was not answered in time. */
    TIMEOUT("Target.Timeout", "Request timed out"),
    /** A health check could not connect, or was not answered with HTTP. */
    FAILED_HEALTH_CHECKS("Target.FailedHealthChecks", "Health checks failed"),
    /** The load balancer itself failed. */
    INTERNAL_ERROR("Elb.InternalError", "Health checks failed due to an internal error"),
    /** Unknown to the target group. */
    NOT_REGISTERED("Target.NotRegistered", "Target is not registered to the target group"),
    /** No listener forwards to the target group. */
    NOT_IN_USE("Target.NotInUse", "Target group is not configured to receive traffic from the load balancer"),
    /** The server is stopped or terminated. */
    INVALID_STATE("Target.InvalidState", "Target is in an invalid state"),
    /** The address belongs to a load balancer. */
    IP_UNUSABLE("Target.IpUnusable", "The IP address cannot be used as a target, as it is in use by a load balancer"),
    /** Deregistered, and the deregistration delay is running. */
    DEREGISTRATION_IN_PROGRESS("Target.DeregistrationInProgress", "Target deregistration is in progress"),
    /** Nothing checks the target. */
    HEALTH_CHECK_DISABLED("Target.HealthCheckDisabled", "Health checks are disabled");

    private final String wireName;
    private final String description;

    TargetReason(String wireName, String description) {
        this.wireName = wireName;
        this.description = description;
    }

    /** The reason code in API answers. */
    public String wireName() {
        return wireName;
    }

    /** The text in API answers; for {@link #RESPONSE_CODE_MISMATCH} the part before the codes. */
    public String description() {
        return description;
    }
}

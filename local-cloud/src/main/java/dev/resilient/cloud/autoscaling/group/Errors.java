package dev.resilient.cloud.autoscaling.group;

import dev.resilient.wire.ServiceError;

/** Auto Scaling's answers to bad input, in its own words. */
public final class Errors {
    private Errors() {}

    /** {@code ValidationError}, with this message. */
    public static ServiceError validation(String message) {
        return ServiceError.badRequest("ValidationError", message);
    }

    /**
     * Refuses what is {@code wrong}.
     *
     * @throws ServiceError {@code ValidationError}, with this message
     */
    public static void refuseIf(boolean wrong, String message) {
        ServiceError.refuseIf(wrong, "ValidationError", message);
    }

    /** There is no group of this name. */
    public static ServiceError noSuchGroup(String name) {
        return validation("AutoScalingGroup name not found - AutoScalingGroup " + name + " not found");
    }

    /** No group has this instance. */
    public static ServiceError noSuchInstance(String instanceId) {
        return validation("Instance Id not found - No managed instance found for instance ID: " + instanceId);
    }
}

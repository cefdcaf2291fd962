package dev.resilient.cloud.ec2.request;

import dev.resilient.wire.ServiceError;

/** EC2's most frequent answer to bad input. */
public final class Errors {
    private Errors() {}

    /** {@code InvalidParameterValue}, with this message. */
    public static ServiceError invalid(String message) {
        return ServiceError.badRequest("InvalidParameterValue", message);
    }

    /**
     * Refuses what is {@code wrong}.
     *
     * @throws ServiceError {@code InvalidParameterValue}, with this message
     */
    public static void refuseIf(boolean wrong, String message) {
        ServiceError.refuseIf(wrong, "InvalidParameterValue", message);
    }
}

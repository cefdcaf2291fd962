package dev.resilient.cloud.ec2.request;

import dev.resilient.wire.ServiceError;

/** EC2's most frequent answer to bad input. */
public final class Errors {
    private static final String HEXADECIMAL = "([0-9a-f]{8}|[0-9a-f]{17})";

    private Errors() {}

    /**
     * Refuses what cannot be an id of this kind.
     *
     * @param prefix of the ids, with its hyphen
     * @throws ServiceError of this code
     */
    public static void refuseMalformed(String id, String prefix, String code) {
        ServiceError.refuseIf(
                !id.matches(prefix + HEXADECIMAL),
                code,
                "Invalid id: \"" + id + (id.startsWith(prefix) ? "\"" : "\" (expecting \"" + prefix + "...\")"));
    }

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

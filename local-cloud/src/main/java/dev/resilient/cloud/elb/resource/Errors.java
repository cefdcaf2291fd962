package dev.resilient.cloud.elb.resource;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.wire.ServiceError;
import org.jspecify.annotations.Nullable;

/** Elastic Load Balancing's answers to bad input, in its own words. */
public final class Errors {
    /** The code for what breaks a rule of its own. */
    public static final String VALIDATION = "ValidationError";
    /** The code for settings that do not go together. */
    public static final String CONFIGURATION = "InvalidConfigurationRequest";
    /** The code for an action that cannot be. */
    public static final String ACTION = "InvalidLoadBalancerAction";
    /** The code for a target that cannot be one. */
    public static final String TARGET = "InvalidTarget";

    private Errors() {}

    /** With {@link #VALIDATION}. */
    public static ServiceError validation(String message) {
        return ServiceError.badRequest(VALIDATION, message);
    }

    /** With {@link #CONFIGURATION}. */
    public static ServiceError invalidConfiguration(String message) {
        return ServiceError.badRequest(CONFIGURATION, message);
    }

    /** Refuses another kind of a thing than the one that this cloud has. */
    public static void requireKind(String what, @Nullable String given, String supported) {
        refuseIf(
                given != null && !given.equals(supported),
                VALIDATION,
                "The " + what + " '" + given + "' is not supported by this cloud");
    }

    /** With {@link #ACTION}. */
    public static ServiceError invalidAction(String message) {
        return ServiceError.badRequest(ACTION, message);
    }
}

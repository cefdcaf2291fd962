package dev.resilient.cloud.elb;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.wire.ServiceError;
import org.jspecify.annotations.Nullable;

/** Elastic Load Balancing's answers to bad input, in its own words. */
final class Errors {
    static final String VALIDATION = "ValidationError";
    static final String CONFIGURATION = "InvalidConfigurationRequest";
    static final String ACTION = "InvalidLoadBalancerAction";
    static final String TARGET = "InvalidTarget";

    private Errors() {}

    static ServiceError validation(String message) {
        return ServiceError.badRequest(VALIDATION, message);
    }

    static ServiceError invalidConfiguration(String message) {
        return ServiceError.badRequest(CONFIGURATION, message);
    }

    /** Refuses another kind of a thing than the one that this cloud has. */
    static void requireKind(String what, @Nullable String given, String supported) {
        refuseIf(
                given != null && !given.equals(supported),
                VALIDATION,
                "The " + what + " '" + given + "' is not supported by this cloud");
    }

    static ServiceError invalidAction(String message) {
        return ServiceError.badRequest(ACTION, message);
    }
}

package dev.resilient.cloud.autoscaling;

import dev.resilient.wire.ServiceError;

/** Auto Scaling's answers to bad input, in its own words. */
final class Errors {
    private Errors() {}

    static ServiceError validation(String message) {
        return ServiceError.badRequest("ValidationError", message);
    }

    static ServiceError noSuchGroup(String name) {
        return validation("AutoScalingGroup name not found - AutoScalingGroup " + name + " not found");
    }

    static ServiceError noSuchInstance(String instanceId) {
        return validation("Instance Id not found - No managed instance found for instance ID: " + instanceId);
    }

    static ServiceError noSuchTargetGroup() {
        return validation("Provided Target Groups may not be valid. Please ensure they exist and try again.");
    }

    static ServiceError noSuchPolicy(String name) {
        return validation("PolicyName not found - No scaling policy found with name or ARN: " + name);
    }
}

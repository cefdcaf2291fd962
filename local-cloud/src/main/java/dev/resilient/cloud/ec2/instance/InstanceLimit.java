package dev.resilient.cloud.ec2.instance;

import dev.resilient.wire.ServiceError;

/**
 * How many instances the account can have: {@value #MOST}, those that are stopped or on their way out included, since each is a
 * folder, an address and processes of this machine. (AWS counts running vCPUs, and raises its limit on request.)
 */
final class InstanceLimit {
    static final int MOST = 256;

    private InstanceLimit() {}

    /**
     * How many instances a launch may start: as many as possible up to {@code maximum}.
     *
     * @throws ServiceError {@code InstanceLimitExceeded} if that is less than {@code minimum}
     */
    static int grant(int existing, int minimum, int maximum) {
        if (minimum > MOST - existing) {
            throw ServiceError.badRequest(
                    "InstanceLimitExceeded",
                    "You have requested more instances (" + ((long) existing + minimum)
                            + ") than your current instance limit of " + MOST
                            + " allows for the specified instance type. Please visit"
                            + " http://aws.amazon.com/contact-us/ec2-request to request an adjustment to this limit.");
        }
        return Math.min(maximum, MOST - existing);
    }
}

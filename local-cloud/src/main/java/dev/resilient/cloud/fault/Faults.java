package dev.resilient.cloud.fault;

import dev.resilient.time.TimeSource;
import dev.resilient.wire.Caller;
import dev.resilient.wire.Interceptor;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.awscore.AwsRequest;

/**
 * Faults given to services while the cloud runs, by parameters of the Parameter Store, so that whoever may put a parameter can do it
 * with any AWS client: {@code /local-cloud/faults/SERVICE} acts on all calls of a service that are allowed, {@code
 * /local-cloud/faults/SERVICE/ROLE} on those of one role's sessions, from the next call on, until the parameter is deleted. A
 * service is called as in the names of its actions: {@code dynamodb}. Thread-safe.
 */
public final class Faults implements Interceptor {
    private static final String PREFIX = "/local-cloud/faults/";
    private static final String SESSION = ":assumed-role/";
    /** Faulty, it could not be told to stop. */
    private static final String STORE = "ssm";

    private final Function<String, Optional<String>> parameters;
    private final TimeSource time;
    private final RandomGenerator random;

    /**
     * The faults that parameters say.
     *
     * @param parameters a parameter's value by its name
     * @param random decides which calls are a share of all; thread-safe
     */
    public Faults(Function<String, Optional<String>> parameters, TimeSource time, RandomGenerator random) {
        this.parameters = parameters;
        this.time = time;
        this.random = random;
    }

    /**
     * Refuses a parameter that would be a fault and is not understood.
     *
     * @throws dev.resilient.wire.ServiceError {@code ValidationException}
     */
    public static void check(String parameterName, String value) {
        if (parameterName.startsWith(PREFIX)) {
            Fault.parse(value);
        }
    }

    @Override
    public <T> T around(String action, AwsRequest request, Caller caller, Supplier<T> call) {
        int colon = action.indexOf(':');
        String service = action.substring(0, colon);
        if (!service.equals(STORE)) {
            ofRole(service, caller)
                    .or(() -> parameters.apply(PREFIX + service))
                    .ifPresent(fault -> suffer(Fault.parse(fault), service, action.substring(colon + 1)));
        }
        return call.get();
    }

    private Optional<String> ofRole(String service, Caller caller) {
        int role = caller.arn().indexOf(SESSION);
        if (role < 0) {
            return Optional.empty();
        }
        int start = role + SESSION.length();
        int end = caller.arn().indexOf('/', start);
        return parameters.apply(PREFIX + service + "/"
                + caller.arn().substring(start, end < 0 ? caller.arn().length() : end));
    }

    private void suffer(Fault fault, String service, String operation) {
        try {
            time.sleep(fault.delay());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw Refusal.UNAVAILABLE.of(service, operation);
        }
        if (random.nextDouble() < fault.throttled()) {
            throw Refusal.THROTTLED.of(service, operation);
        }
        if (random.nextDouble() < fault.failing()) {
            throw Refusal.BROKEN.of(service, operation);
        }
    }
}

package dev.resilient.wire;

import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;

/**
 * An error as AWS answers it: a code from the service's model, an HTTP status, a message. The endpoint renders it in the
 * caller's own protocol; handlers throw it and never think of XML or JSON.
 */
@SuppressWarnings("serial")
public final class ServiceError extends RuntimeException {
    private final String code;
    private final int status;
    private final String message;
    private final @Nullable SdkPojo details;

    /** An error with this code and HTTP status. */
    public ServiceError(String code, int status, String message) {
        this(code, status, message, null);
    }

    private ServiceError(String code, int status, String message, @Nullable SdkPojo details) {
        super(message, null, false, false);
        this.code = code;
        this.status = status;
        this.message = message;
        this.details = details;
    }

    /** Throws {@code error} if this is the case: one rule of an operation, as one statement. */
    public static void refuseIf(boolean isTheCase, Supplier<ServiceError> error) {
        if (isTheCase) {
            throw error.get();
        }
    }

    /** Throws a {@link #badRequest} of this code and message if this is the case. */
    public static void refuseIf(boolean isTheCase, String code, String message) {
        if (isTheCase) {
            throw badRequest(code, message);
        }
    }

    /** The caller's mistake: HTTP status 400. */
    public static ServiceError badRequest(String code, String message) {
        return new ServiceError(code, 400, message);
    }

    /** Something that is not there, in the services that answer this with HTTP status 404: IAM, S3. */
    public static ServiceError notFound(String code, String message) {
        return new ServiceError(code, 404, message);
    }

    /** Something that is there already or still in use, in the services that answer this with HTTP status 409: IAM, S3. */
    public static ServiceError conflict(String code, String message) {
        return new ServiceError(code, 409, message);
    }

    /** The same error with members beside its message: those of a shape, which is the SDK's own class of the error. */
    public ServiceError with(SdkPojo shape) {
        return new ServiceError(code, status, message, shape);
    }

    /** Members beside its message, if it has any. */
    public Optional<SdkPojo> details() {
        return Optional.ofNullable(details);
    }

    /** The code on the wire, without any {@code Exception} suffix that only the SDK's class has. */
    public String code() {
        return code;
    }

    @Override
    public String getMessage() {
        return message;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }
}

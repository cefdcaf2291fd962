package dev.resilient.wire;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsResponse;
import software.amazon.awssdk.core.SdkPojo;

/**
 * An operation as one request asks for it.
 *
 * @param name as the caller spelled it; responses repeat it
 * @param route which of the operation's routes was taken; a plain one where paths do not matter
 */
public record Invocation<I extends AwsRequest, O extends AwsResponse>(
        Operation<I, O> operation, String name, Route route) {
    private static final Route NO_ROUTE = Route.of("POST", Route.Level.SERVICE);
    private static final ClassValue<MethodHandle> BUILDERS = new ClassValue<>() {
        @Override
        protected MethodHandle computeValue(Class<?> type) {
            try {
                Class<?> builder = type.getMethod("builder").getReturnType();
                return MethodHandles.publicLookup()
                        .findStatic(type, "builder", MethodType.methodType(builder))
                        .asType(MethodType.methodType(Object.class));
            } catch (ReflectiveOperationException notOfTheSdk) {
                throw new IllegalArgumentException(type + " has no builder", notOfTheSdk);
            }
        }
    };

    /** A call by the operation's name, where there is no route. */
    public Invocation(Operation<I, O> operation, String name) {
        this(operation, name, NO_ROUTE);
    }

    /** A new builder of the operation's request. */
    public SdkPojo builder() {
        return builder(operation.requestType());
    }

    /** A new builder of a shape of the SDK. */
    public static SdkPojo builder(Class<?> type) {
        try {
            Object builder = BUILDERS.get(type).invokeExact();
            return (SdkPojo) builder;
        } catch (RuntimeException | Error failure) {
            throw failure;
        } catch (Throwable impossible) {
            throw new IllegalStateException("builders throw no checked exceptions", impossible);
        }
    }

    /** The request that reading made. */
    public I request(Object built) {
        return operation.requestType().cast(built);
    }
}

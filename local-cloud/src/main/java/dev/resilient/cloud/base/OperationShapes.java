package dev.resilient.cloud.base;

import java.lang.reflect.Method;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.core.SdkPojo;

/** The SDK's classes of operations that are called alike, as those on users and roles are: found by name. */
public final class OperationShapes {
    private static final ClassValue<Method> RESPONSE_BUILDERS = new ClassValue<>() {
        @Override
        protected Method computeValue(Class<?> request) {
            try {
                return named(request.getName().replaceFirst("Request$", "Response"))
                        .getMethod("builder");
            } catch (NoSuchMethodException notOfTheSdk) {
                throw new IllegalArgumentException(request + " is no request of the SDK", notOfTheSdk);
            }
        }
    };

    private OperationShapes() {}

    /**
     * The request of an operation.
     *
     * @param sibling the request of any operation of the same service
     * @param operation its name: {@code TagRole}
     */
    public static <T extends AwsRequest> Class<? extends T> request(Class<T> sibling, String operation) {
        return named(sibling.getPackageName() + "." + operation + "Request").asSubclass(sibling);
    }

    /** A new builder of the response to requests of a class. */
    public static SdkPojo response(Class<? extends AwsRequest> request) {
        try {
            return (SdkPojo) RESPONSE_BUILDERS.get(request).invoke(null);
        } catch (ReflectiveOperationException notOfTheSdk) {
            throw new IllegalArgumentException(request + " is no request of the SDK", notOfTheSdk);
        }
    }

    private static Class<?> named(String name) {
        try {
            return Class.forName(name, false, AwsRequest.class.getClassLoader());
        } catch (ClassNotFoundException notOfTheSdk) {
            throw new IllegalArgumentException("the SDK has no " + name, notOfTheSdk);
        }
    }
}

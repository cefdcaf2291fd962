package dev.resilient.wire;

import java.util.function.Supplier;
import software.amazon.awssdk.awscore.AwsRequest;

/**
 * Stands between a call that may be made and its handler: it may let the call through, under whatever conditions, or answer it
 * with a {@link ServiceError} instead. Thread-safe.
 */
public interface Interceptor {
    /** Lets every call through. */
    Interceptor NONE = new Interceptor() {
        @Override
        public <T> T around(String action, AwsRequest request, Caller caller, Supplier<T> call) {
            return call.get();
        }
    };

    /**
     * Answers a call, on the thread of the call.
     *
     * @param action {@code service:Operation}
     * @param request what is asked, checked and allowed
     * @param caller who asks
     * @param call the handler; what it does has happened when it returns
     */
    <T> T around(String action, AwsRequest request, Caller caller, Supplier<T> call);

    /** Stands before {@code inner}, which sees only what this lets through. */
    default Interceptor before(Interceptor inner) {
        Interceptor outer = this;
        return new Interceptor() {
            @Override
            public <T> T around(String action, AwsRequest request, Caller caller, Supplier<T> call) {
                return outer.around(action, request, caller, () -> inner.around(action, request, caller, call));
            }
        };
    }
}

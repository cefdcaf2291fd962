package dev.resilient.cloud.base;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * How much of AWS's bad days the cloud has. By default it has none: what is changed is seen at once by everybody. Each method
 * says what {@link #OFF} does. Thread-safe.
 */
public interface Realism {
    /** A cloud of good days only. */
    Realism OFF = new Realism() {
        @Override
        public Duration provisioning(String what, Duration usual) {
            return usual;
        }

        @Override
        public boolean lingers(String what, BooleanSupplier inUse) {
            return inUse.getAsBoolean();
        }

        @Override
        public <T> T propagated(String reader, Supplier<T> look) {
            return look.get();
        }
    };

    /**
     * How long provisioning takes this time, at AWS's speed: as long as usual.
     *
     * @param what is provisioned, as in {@code table}
     */
    Duration provisioning(String what, Duration usual);

    /**
     * Whether something is in use, so that it cannot be deleted yet: as it is now.
     *
     * @param what kind of thing it is, as in {@code target group}
     * @param inUse looks at resources, on the calling thread
     */
    boolean lingers(String what, BooleanSupplier inUse);

    /**
     * What a service finds in IAM: what is there now.
     *
     * @param reader the service, as in {@code ec2}
     * @param look looks at resources, on the calling thread
     */
    <T> T propagated(String reader, Supplier<T> look);
}

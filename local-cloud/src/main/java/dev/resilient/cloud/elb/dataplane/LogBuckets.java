package dev.resilient.cloud.elb.dataplane;

/** Where load balancers deliver their logs: what load balancing needs of S3. Implementations are thread-safe. */
public interface LogBuckets {

    /** Whether load balancers may write to this bucket. */
    boolean admits(String bucket);

    /**
     * Writes an object.
     *
     * @throws dev.resilient.wire.ServiceError if the bucket does not take it
     */
    void put(String bucket, String key, byte[] content);
}

package dev.resilient.cloud;

import dev.resilient.cloud.elb.dataplane.LogBuckets;
import dev.resilient.cloud.s3.S3;

/** What Elastic Load Balancing needs of S3: every bucket of the account takes its logs, since there are no bucket policies. */
record LogsInS3(S3 s3) implements LogBuckets {

    @Override
    public boolean admits(String bucket) {
        return s3.hasBucket(bucket);
    }

    @Override
    public void put(String bucket, String key, byte[] content) {
        s3.put(bucket, key, content);
    }
}

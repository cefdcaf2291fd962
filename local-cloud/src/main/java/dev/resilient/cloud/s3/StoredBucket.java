package dev.resilient.cloud.s3;

import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.Bucket;
import software.amazon.awssdk.services.s3.model.PublicAccessBlockConfiguration;
import software.amazon.awssdk.services.s3.model.Tag;

/**
 * A bucket.
 *
 * @param shape as lists show it
 * @param publicAccessBlock empty when it was deleted; a new bucket blocks everything
 */
record StoredBucket(Bucket shape, List<Tag> tags, Optional<PublicAccessBlockConfiguration> publicAccessBlock) {
    StoredBucket {
        tags = List.copyOf(tags);
    }

    String name() {
        return shape.name();
    }

    StoredBucket withTags(List<Tag> others) {
        return new StoredBucket(shape, others, publicAccessBlock);
    }

    StoredBucket withPublicAccessBlock(Optional<PublicAccessBlockConfiguration> other) {
        return new StoredBucket(shape, tags, other);
    }
}

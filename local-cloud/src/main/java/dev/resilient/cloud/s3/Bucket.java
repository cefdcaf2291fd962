package dev.resilient.cloud.s3;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.PublicAccessBlockConfiguration;
import software.amazon.awssdk.services.s3.model.Tag;

/**
 * A bucket.
 *
 * @param publicAccessBlock empty when it was deleted; a new bucket blocks everything
 */
record Bucket(
        String name, Instant created, List<Tag> tags, Optional<PublicAccessBlockConfiguration> publicAccessBlock) {

    Bucket {
        tags = List.copyOf(tags);
    }

    /** A new bucket, with every public access blocked. */
    static Bucket create(String name, Instant created, List<Tag> tags) {
        PublicAccessBlockConfiguration everything = PublicAccessBlockConfiguration.builder()
                .blockPublicAcls(true)
                .ignorePublicAcls(true)
                .blockPublicPolicy(true)
                .restrictPublicBuckets(true)
                .build();
        return new Bucket(name, created, tags, Optional.of(everything));
    }

    Bucket withTags(List<Tag> others) {
        return new Bucket(name, created, others, publicAccessBlock);
    }

    Bucket withPublicAccessBlock(Optional<PublicAccessBlockConfiguration> other) {
        return new Bucket(name, created, tags, other);
    }
}

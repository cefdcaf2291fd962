package dev.resilient.cloud.s3;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.wire.shape.Members;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.DeleteBucketTaggingRequest;
import software.amazon.awssdk.services.s3.model.DeletePublicAccessBlockRequest;
import software.amazon.awssdk.services.s3.model.GetBucketTaggingRequest;
import software.amazon.awssdk.services.s3.model.GetBucketTaggingResponse;
import software.amazon.awssdk.services.s3.model.GetPublicAccessBlockRequest;
import software.amazon.awssdk.services.s3.model.GetPublicAccessBlockResponse;
import software.amazon.awssdk.services.s3.model.PublicAccessBlockConfiguration;
import software.amazon.awssdk.services.s3.model.PutBucketTaggingRequest;
import software.amazon.awssdk.services.s3.model.PutPublicAccessBlockRequest;
import software.amazon.awssdk.services.s3.model.Tag;

/** The operations on what is set on a bucket: its tags, and what it blocks. */
record BucketSettings(Storage storage) {
    static final PublicAccessBlockConfiguration EVERYTHING_BLOCKED = all(true);
    private static final int MOST_TAGS = 50;

    void putTags(PutBucketTaggingRequest request) {
        refuseIf(request.tagging() == null, Refusal.MALFORMED_XML);
        List<Tag> tags = request.tagging().tagSet();
        refuseIf(tags.stream().map(Tag::key).distinct().count() < tags.size(), Refusal.TAG_TWICE);
        refuseIf(tags.size() > MOST_TAGS, Refusal.TOO_MANY_TAGS);
        storage.update(request.bucket(), bucket -> bucket.withTags(tags));
    }

    GetBucketTaggingResponse tags(GetBucketTaggingRequest request) {
        List<Tag> tags = storage.bucket(request.bucket()).tags();
        refuseIf(tags.isEmpty(), Refusal.NO_SUCH_TAG_SET);
        return GetBucketTaggingResponse.builder().tagSet(tags).build();
    }

    void deleteTags(DeleteBucketTaggingRequest request) {
        storage.update(request.bucket(), bucket -> bucket.withTags(List.of()));
    }

    private static PublicAccessBlockConfiguration all(boolean blocked) {
        return PublicAccessBlockConfiguration.builder()
                .blockPublicAcls(blocked)
                .ignorePublicAcls(blocked)
                .blockPublicPolicy(blocked)
                .restrictPublicBuckets(blocked)
                .build();
    }

    /** What is not named is not blocked. */
    void putBlock(PutPublicAccessBlockRequest request) {
        refuseIf(request.publicAccessBlockConfiguration() == null, Refusal.MALFORMED_XML);
        PublicAccessBlockConfiguration complete = Members.copy(
                        request.publicAccessBlockConfiguration(), all(false).toBuilder())
                .build();
        storage.update(request.bucket(), bucket -> bucket.withPublicAccessBlock(Optional.of(complete)));
    }

    GetPublicAccessBlockResponse block(GetPublicAccessBlockRequest request) {
        PublicAccessBlockConfiguration block =
                storage.bucket(request.bucket()).publicAccessBlock().orElseThrow(Refusal.NO_SUCH_PUBLIC_ACCESS_BLOCK);
        return GetPublicAccessBlockResponse.builder()
                .publicAccessBlockConfiguration(block)
                .build();
    }

    void deleteBlock(DeletePublicAccessBlockRequest request) {
        storage.update(request.bucket(), bucket -> bucket.withPublicAccessBlock(Optional.empty()));
    }
}

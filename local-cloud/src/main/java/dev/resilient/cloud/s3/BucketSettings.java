package dev.resilient.cloud.s3;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.wire.ServiceError;
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
    static final PublicAccessBlockConfiguration EVERYTHING_BLOCKED = PublicAccessBlockConfiguration.builder()
            .blockPublicAcls(true)
            .ignorePublicAcls(true)
            .blockPublicPolicy(true)
            .restrictPublicBuckets(true)
            .build();
    private static final int MOST_TAGS = 50;

    void putTags(PutBucketTaggingRequest request) {
        if (request.tagging() == null) {
            throw S3Errors.malformedXml();
        }
        List<Tag> tags = request.tagging().tagSet();
        refuseIf(
                tags.stream().map(Tag::key).distinct().count() < tags.size(),
                () -> ServiceError.badRequest("InvalidTag", "Cannot provide multiple Tags with the same key"));
        refuseIf(
                tags.size() > MOST_TAGS,
                () -> ServiceError.badRequest("BadRequest", "Bucket tag count cannot be greater than " + MOST_TAGS));
        storage.update(request.bucket(), bucket -> bucket.withTags(tags));
    }

    GetBucketTaggingResponse tags(GetBucketTaggingRequest request) {
        List<Tag> tags = storage.bucket(request.bucket()).tags();
        refuseIf(tags.isEmpty(), () -> ServiceError.notFound("NoSuchTagSet", "The TagSet does not exist"));
        return GetBucketTaggingResponse.builder().tagSet(tags).build();
    }

    void deleteTags(DeleteBucketTaggingRequest request) {
        storage.update(request.bucket(), bucket -> bucket.withTags(List.of()));
    }

    void putPublicAccessBlock(PutPublicAccessBlockRequest request) {
        PublicAccessBlockConfiguration asked = request.publicAccessBlockConfiguration();
        if (asked == null) {
            throw S3Errors.malformedXml();
        }
        PublicAccessBlockConfiguration complete = PublicAccessBlockConfiguration.builder()
                .blockPublicAcls(Boolean.TRUE.equals(asked.blockPublicAcls()))
                .ignorePublicAcls(Boolean.TRUE.equals(asked.ignorePublicAcls()))
                .blockPublicPolicy(Boolean.TRUE.equals(asked.blockPublicPolicy()))
                .restrictPublicBuckets(Boolean.TRUE.equals(asked.restrictPublicBuckets()))
                .build();
        storage.update(request.bucket(), bucket -> bucket.withPublicAccessBlock(Optional.of(complete)));
    }

    GetPublicAccessBlockResponse publicAccessBlock(GetPublicAccessBlockRequest request) {
        PublicAccessBlockConfiguration block = storage.bucket(request.bucket())
                .publicAccessBlock()
                .orElseThrow(() -> ServiceError.notFound(
                        "NoSuchPublicAccessBlockConfiguration", "The public access block configuration was not found"));
        return GetPublicAccessBlockResponse.builder()
                .publicAccessBlockConfiguration(block)
                .build();
    }

    void deletePublicAccessBlock(DeletePublicAccessBlockRequest request) {
        storage.update(request.bucket(), bucket -> bucket.withPublicAccessBlock(Optional.empty()));
    }
}

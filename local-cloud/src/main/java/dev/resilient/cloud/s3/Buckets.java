package dev.resilient.cloud.s3;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.base.Account;
import dev.resilient.cloud.base.Page;
import dev.resilient.time.TimeSource;
import dev.resilient.wire.ServiceError;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.Bucket;
import software.amazon.awssdk.services.s3.model.CreateBucketConfiguration;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.CreateBucketResponse;
import software.amazon.awssdk.services.s3.model.DeleteBucketRequest;
import software.amazon.awssdk.services.s3.model.GetBucketLocationRequest;
import software.amazon.awssdk.services.s3.model.GetBucketLocationResponse;
import software.amazon.awssdk.services.s3.model.HeadBucketRequest;
import software.amazon.awssdk.services.s3.model.HeadBucketResponse;
import software.amazon.awssdk.services.s3.model.ListBucketsRequest;
import software.amazon.awssdk.services.s3.model.ListBucketsResponse;
import software.amazon.awssdk.services.s3.model.Tag;

/** The operations on buckets themselves. */
record Buckets(Account account, Storage storage, ObjectFiles files, TimeSource time) {
    private static final String FIRST_REGION = "us-east-1";
    private static final int LARGEST_PAGE = 10_000;

    CreateBucketResponse create(CreateBucketRequest request) {
        refuseIf(
                !BucketName.isValid(request.bucket()),
                () -> ServiceError.badRequest("InvalidBucketName", "The specified bucket is not valid."));
        CreateBucketConfiguration configuration = request.createBucketConfiguration();
        checkLocation(configuration == null ? null : configuration.locationConstraintAsString());
        List<Tag> tags = configuration == null ? List.of() : configuration.tags();
        Bucket shape = Bucket.builder()
                .name(request.bucket())
                .creationDate(time.instant().truncatedTo(ChronoUnit.SECONDS))
                .bucketRegion(account.region())
                .build();
        boolean created = storage.create(new StoredBucket(shape, tags, Optional.of(BucketSettings.EVERYTHING_BLOCKED)));
        refuseIf(
                !created && !account.region().equals(FIRST_REGION),
                () -> ServiceError.conflict(
                        "BucketAlreadyOwnedByYou",
                        "Your previous request to create the named bucket succeeded and you already own it."));
        return CreateBucketResponse.builder()
                .location(
                        account.region().equals(FIRST_REGION)
                                ? "/" + request.bucket()
                                : "http://" + request.bucket() + ".s3.amazonaws.com/")
                .build();
    }

    /** The oldest region is named by naming none; every other one has to be named. */
    private void checkLocation(@Nullable String constraint) {
        boolean first = account.region().equals(FIRST_REGION);
        if (first ? constraint == null : account.region().equals(constraint)) {
            return;
        }
        refuseIf(
                FIRST_REGION.equals(constraint) && first,
                () -> ServiceError.badRequest(
                        "InvalidLocationConstraint", "The specified location-constraint is not valid"));
        throw ServiceError.badRequest(
                "IllegalLocationConstraintException",
                "The %s location constraint is incompatible for the region specific endpoint this request was sent to."
                        .formatted(constraint == null ? "unspecified" : constraint));
    }

    HeadBucketResponse head(HeadBucketRequest request) {
        storage.bucket(request.bucket());
        return HeadBucketResponse.builder()
                .bucketRegion(account.region())
                .accessPointAlias(false)
                .build();
    }

    void delete(DeleteBucketRequest request) {
        storage.deleteBucket(request.bucket()).forEach(part -> files.delete(part.file()));
    }

    ListBucketsResponse list(ListBucketsRequest request) {
        String prefix = Optional.ofNullable(request.prefix()).orElse("");
        List<StoredBucket> matching = storage.buckets().stream()
                .filter(bucket -> bucket.name().startsWith(prefix))
                .toList();
        int size = Optional.ofNullable(request.maxBuckets()).orElse(LARGEST_PAGE);
        Page<StoredBucket> page = Page.of(
                matching,
                StoredBucket::name,
                request.continuationToken(),
                size,
                () -> ServiceError.badRequest("InvalidArgument", "The continuation token provided is incorrect"));
        return ListBucketsResponse.builder()
                .buckets(page.items().stream().map(StoredBucket::shape).toList())
                .owner(owner -> owner.id(account.id()))
                .prefix(request.prefix())
                .continuationToken(page.next())
                .build();
    }

    GetBucketLocationResponse location(GetBucketLocationRequest request) {
        storage.bucket(request.bucket());
        return GetBucketLocationResponse.builder()
                .locationConstraint(account.region().equals(FIRST_REGION) ? "" : account.region())
                .build();
    }
}

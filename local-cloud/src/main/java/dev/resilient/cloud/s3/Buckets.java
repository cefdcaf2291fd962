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
record Buckets(Account account, Storage storage, TimeSource time) {
    private static final String FIRST_REGION = "us-east-1";
    private static final int LARGEST_PAGE = 10_000;

    CreateBucketResponse create(CreateBucketRequest request) {
        refuseIf(!BucketName.isValid(request.bucket()), Refusal.INVALID_BUCKET_NAME);
        CreateBucketConfiguration configuration = request.createBucketConfiguration();
        checkLocation(configuration == null ? null : configuration.locationConstraintAsString());
        List<Tag> tags = configuration == null ? List.of() : configuration.tags();
        Bucket shape = Bucket.builder()
                .name(request.bucket())
                .creationDate(time.instant().truncatedTo(ChronoUnit.SECONDS))
                .bucketRegion(account.region())
                .build();
        StoredBucket bucket = new StoredBucket(shape, tags, Optional.of(BucketSettings.EVERYTHING_BLOCKED));
        boolean created = storage.buckets().create(bucket.name(), bucket);
        refuseIf(!created && !isInFirstRegion(), Refusal.BUCKET_ALREADY_OWNED_BY_YOU);
        return CreateBucketResponse.builder()
                .location(
                        isInFirstRegion()
                                ? "/" + request.bucket()
                                : "http://" + request.bucket() + ".s3.amazonaws.com/")
                .build();
    }

    private boolean isInFirstRegion() {
        return account.region().equals(FIRST_REGION);
    }

    /** The oldest region is named by naming none; every other one has to be named. */
    private void checkLocation(@Nullable String constraint) {
        refuseIf(FIRST_REGION.equals(constraint) && isInFirstRegion(), Refusal.INVALID_LOCATION_CONSTRAINT);
        boolean fits = isInFirstRegion() ? constraint == null : account.region().equals(constraint);
        refuseIf(
                !fits,
                () -> ServiceError.badRequest(
                        "IllegalLocationConstraintException",
                        "The %s location constraint is incompatible for the region specific endpoint this request was sent to."
                                .formatted(constraint == null ? "unspecified" : constraint)));
    }

    HeadBucketResponse head(HeadBucketRequest request) {
        storage.bucket(request.bucket());
        return HeadBucketResponse.builder()
                .bucketRegion(account.region())
                .accessPointAlias(false)
                .build();
    }

    void delete(DeleteBucketRequest request) {
        storage.deleteBucket(request.bucket());
    }

    ListBucketsResponse list(ListBucketsRequest request) {
        String prefix = Optional.ofNullable(request.prefix()).orElse("");
        List<StoredBucket> matching = storage.buckets().list().stream()
                .filter(bucket -> bucket.name().startsWith(prefix))
                .toList();
        int size = Optional.ofNullable(request.maxBuckets()).orElse(LARGEST_PAGE);
        Page<StoredBucket> page =
                Page.of(matching, StoredBucket::name, request.continuationToken(), size, Refusal.INVALID_TOKEN);
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
                .locationConstraint(isInFirstRegion() ? "" : account.region())
                .build();
    }
}

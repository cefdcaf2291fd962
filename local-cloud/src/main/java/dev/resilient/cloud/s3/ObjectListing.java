package dev.resilient.cloud.s3;

import dev.resilient.cloud.base.Account;
import dev.resilient.cloud.base.Members;
import dev.resilient.cloud.base.PageToken;
import dev.resilient.wire.ServiceError;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListObjectsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ObjectStorageClass;
import software.amazon.awssdk.services.s3.model.Owner;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/** Both versions of the listing of a bucket. */
record ObjectListing(Storage storage, Account account) {

    ListObjectsV2Response list(ListObjectsV2Request request) {
        String after = request.continuationToken() == null
                ? request.startAfter()
                : PageToken.key(request.continuationToken(), ObjectListing::incorrectToken);
        KeyPage<StoredObject> page = page(request, after);
        EncodingType encoding = request.encodingType();
        return shown(
                request,
                page,
                Boolean.TRUE.equals(request.fetchOwner()),
                ListObjectsV2Response.builder()
                        .startAfter(encoded(request.startAfter(), encoding))
                        .keyCount(page.items().size() + page.prefixes().size())
                        .continuationToken(request.continuationToken())
                        .nextContinuationToken(page.truncated() ? PageToken.after(page.last()) : null));
    }

    /** The next marker is given only where a delimiter is: otherwise it is the last key. */
    ListObjectsResponse list(ListObjectsRequest request) {
        KeyPage<StoredObject> page = page(request, request.marker());
        EncodingType encoding = request.encodingType();
        boolean delimited = request.delimiter() != null && !request.delimiter().isEmpty();
        return shown(
                request,
                page,
                true,
                ListObjectsResponse.builder()
                        .marker(encoded(Optional.ofNullable(request.marker()).orElse(""), encoding))
                        .nextMarker(page.truncated() && delimited ? encoded(page.last(), encoding) : null));
    }

    private KeyPage<StoredObject> page(SdkPojo request, @Nullable String after) {
        String bucket = Members.get(request, "Bucket", String.class).orElseThrow();
        storage.bucket(bucket);
        KeyPage.Wish wish = KeyPage.Wish.of(
                Members.get(request, "Prefix", String.class),
                Members.get(request, "Delimiter", String.class),
                Optional.ofNullable(after),
                Members.get(request, "MaxKeys", Integer.class));
        return KeyPage.of(
                storage.objectsOf(bucket, wish.start()), object -> object.name().key(), wish);
    }

    /** What both versions show. */
    private <R, B extends SdkPojo & SdkBuilder<B, R>> R shown(
            SdkPojo request, KeyPage<StoredObject> page, boolean withOwner, B response) {
        Optional<String> asked = Members.get(request, "EncodingType", String.class);
        EncodingType encoding = asked.map(EncodingType::fromValue).orElse(null);
        String prefix = Members.get(request, "Prefix", String.class).orElse("");
        String delimiter = Members.get(request, "Delimiter", String.class).orElse(null);
        Members.set(
                response, "Name", Members.get(request, "Bucket", String.class).orElseThrow());
        Members.set(response, "Prefix", encoded(prefix, encoding));
        Members.set(response, "Delimiter", encoded(delimiter, encoding));
        Members.set(response, "EncodingType", asked.orElse(null));
        Members.set(response, "MaxKeys", page.size());
        Members.set(response, "IsTruncated", page.truncated());
        Members.set(response, "Contents", contents(page, encoding, withOwner));
        Members.set(response, "CommonPrefixes", prefixes(page, encoding));
        return response.build();
    }

    private List<S3Object> contents(KeyPage<StoredObject> page, @Nullable EncodingType encoding, boolean withOwner) {
        return page.items().stream()
                .map(object -> object.show(S3Object.builder())
                        .key(encoded(object.name().key(), encoding))
                        .size(object.size())
                        .checksumAlgorithm(ChecksumAlgorithm.fromValue(
                                object.checksum().algorithm().wireName()))
                        .storageClass(ObjectStorageClass.STANDARD)
                        .owner(withOwner ? Owner.builder().id(account.id()).build() : null)
                        .build())
                .toList();
    }

    private static List<CommonPrefix> prefixes(KeyPage<?> page, @Nullable EncodingType encoding) {
        return page.prefixes().stream()
                .map(each ->
                        CommonPrefix.builder().prefix(encoded(each, encoding)).build())
                .toList();
    }

    /** A key as the caller asked for it: encoded, since XML cannot hold every character, or as it is. */
    static @Nullable String encoded(@Nullable String text, @Nullable EncodingType encoding) {
        return text == null || encoding != EncodingType.URL
                ? text
                : URLEncoder.encode(text, StandardCharsets.UTF_8)
                        .replace("+", "%20")
                        .replace("%2F", "/");
    }

    private static ServiceError incorrectToken() {
        return S3Errors.invalidArgument("The continuation token provided is incorrect");
    }
}

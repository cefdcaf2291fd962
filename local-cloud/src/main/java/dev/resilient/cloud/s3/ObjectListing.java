package dev.resilient.cloud.s3;

import dev.resilient.cloud.base.Account;
import dev.resilient.cloud.base.PageToken;
import dev.resilient.wire.ServiceError;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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

/** Both versions of the listing of a bucket. */
record ObjectListing(Storage storage, Account account) {

    ListObjectsV2Response list(ListObjectsV2Request request) {
        EncodingType encoding = request.encodingType();
        KeyPage.Wish wish = KeyPage.Wish.of(
                Optional.ofNullable(request.prefix()),
                Optional.ofNullable(request.delimiter()),
                Optional.ofNullable(request.continuationToken())
                        .map(token -> PageToken.key(token, ObjectListing::incorrectToken))
                        .or(() -> Optional.ofNullable(request.startAfter())),
                Optional.ofNullable(request.maxKeys()));
        KeyPage<StoredObject> page = page(request.bucket(), wish);
        return ListObjectsV2Response.builder()
                .name(request.bucket())
                .prefix(encoded(wish.prefix(), encoding))
                .delimiter(encoded(request.delimiter(), encoding))
                .startAfter(encoded(request.startAfter(), encoding))
                .encodingType(encoding)
                .maxKeys(wish.size())
                .keyCount(page.items().size() + page.prefixes().size())
                .isTruncated(page.truncated())
                .continuationToken(request.continuationToken())
                .nextContinuationToken(page.truncated() ? PageToken.after(page.last()) : null)
                .contents(contents(page, encoding, Boolean.TRUE.equals(request.fetchOwner())))
                .commonPrefixes(prefixes(page, encoding))
                .build();
    }

    /** The next marker is given only where a delimiter is: otherwise it is the last key. */
    ListObjectsResponse list(ListObjectsRequest request) {
        EncodingType encoding = request.encodingType();
        KeyPage.Wish wish = KeyPage.Wish.of(
                Optional.ofNullable(request.prefix()),
                Optional.ofNullable(request.delimiter()),
                Optional.ofNullable(request.marker()),
                Optional.ofNullable(request.maxKeys()));
        KeyPage<StoredObject> page = page(request.bucket(), wish);
        return ListObjectsResponse.builder()
                .name(request.bucket())
                .prefix(encoded(wish.prefix(), encoding))
                .delimiter(encoded(request.delimiter(), encoding))
                .marker(encoded(wish.after(), encoding))
                .encodingType(encoding)
                .maxKeys(wish.size())
                .isTruncated(page.truncated())
                .nextMarker(page.truncated() && !wish.delimiter().isEmpty() ? encoded(page.last(), encoding) : null)
                .contents(contents(page, encoding, true))
                .commonPrefixes(prefixes(page, encoding))
                .build();
    }

    private KeyPage<StoredObject> page(String bucket, KeyPage.Wish wish) {
        storage.bucket(bucket);
        return KeyPage.of(
                storage.objectsOf(bucket, wish.start()), object -> object.name().key(), wish);
    }

    private List<S3Object> contents(KeyPage<StoredObject> page, @Nullable EncodingType encoding, boolean withOwner) {
        return page.items().stream()
                .map(object -> S3Object.builder()
                        .key(encoded(object.name().key(), encoding))
                        .size(object.size())
                        .eTag(object.eTag())
                        .lastModified(object.modified())
                        .checksumAlgorithm(ChecksumAlgorithm.fromValue(
                                object.checksum().algorithm().wireName()))
                        .checksumType(object.checksum().type())
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

package dev.resilient.cloud.s3;

import dev.resilient.cloud.base.Account;
import dev.resilient.cloud.base.PageToken;
import dev.resilient.wire.shape.Members;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
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
        String after = request.continuationToken() == null
                ? request.startAfter()
                : PageToken.key(request.continuationToken(), Refusal.INVALID_TOKEN);
        storage.bucket(request.bucket());
        KeyPage.Wish wish = KeyPage.Wish.of(request, after);
        KeyPage page = KeyPage.of(storage.objectsOf(request.bucket(), wish.start()), wish);
        EncodingType encoding = request.encodingType();
        return ListObjectsV2Response.builder()
                .name(request.bucket())
                .prefix(encoded(wish.prefix(), encoding))
                .delimiter(encoded(request.delimiter(), encoding))
                .startAfter(encoded(request.startAfter(), encoding))
                .encodingType(encoding)
                .maxKeys(page.size())
                .keyCount(page.objects().size() + page.prefixes().size())
                .contents(page.objects().stream()
                        .map(object -> shown(object, encoding, Boolean.TRUE.equals(request.fetchOwner())))
                        .toList())
                .commonPrefixes(page.prefixes().stream()
                        .map(each -> CommonPrefix.builder()
                                .prefix(encoded(each, encoding))
                                .build())
                        .toList())
                .isTruncated(page.truncated())
                .continuationToken(request.continuationToken())
                .nextContinuationToken(page.truncated() ? PageToken.after(page.last()) : null)
                .build();
    }

    /** With a marker instead of a token. The next one is given only where a delimiter is: otherwise it is the last key. */
    ListObjectsResponse list(ListObjectsRequest request) {
        ListObjectsV2Response page = list(Members.copy(request, ListObjectsV2Request.builder())
                .startAfter(request.marker())
                .fetchOwner(true)
                .build());
        Optional<String> next = Optional.ofNullable(page.nextContinuationToken())
                .filter(_ -> page.delimiter() != null && !page.delimiter().isEmpty())
                .map(token -> PageToken.key(token, Refusal.INVALID_TOKEN));
        return Members.copy(page, ListObjectsResponse.builder())
                .marker(Optional.ofNullable(page.startAfter()).orElse(""))
                .nextMarker(encoded(next.orElse(null), request.encodingType()))
                .build();
    }

    private S3Object shown(StoredObject object, @Nullable EncodingType encoding, boolean withOwner) {
        return object.show(S3Object.builder())
                .key(encoded(object.name().key(), encoding))
                .size(object.size())
                .checksumAlgorithm(ChecksumAlgorithm.fromValue(object.checksum().wireName()))
                .storageClass(ObjectStorageClass.STANDARD)
                .owner(withOwner ? Owner.builder().id(account.id()).build() : null)
                .build();
    }

    /** A key as the caller asked for it: encoded, since XML cannot hold every character, or as it is. */
    private static @Nullable String encoded(@Nullable String text, @Nullable EncodingType encoding) {
        return text == null || encoding != EncodingType.URL
                ? text
                : URLEncoder.encode(text, StandardCharsets.UTF_8)
                        .replace("+", "%20")
                        .replace("%2F", "/");
    }
}

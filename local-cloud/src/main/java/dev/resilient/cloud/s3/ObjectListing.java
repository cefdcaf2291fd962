package dev.resilient.cloud.s3;

import dev.resilient.wire.ServiceError;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ObjectStorageClass;
import software.amazon.awssdk.services.s3.model.S3Object;

/** One call of ListObjectsV2: keys in order, those with a delimiter after the prefix rolled up to their common prefix. */
final class ObjectListing {
    private static final int LARGEST_PAGE = 1000;

    private final ListObjectsV2Request request;
    private final String prefix;
    private final String delimiter;
    private final String after;
    private final int size;
    private final List<StoredObject> objects = new ArrayList<>();
    private final List<String> prefixes = new ArrayList<>();
    private String last = "";
    private boolean truncated;

    private ObjectListing(ListObjectsV2Request request) {
        this.request = request;
        this.prefix = Optional.ofNullable(request.prefix()).orElse("");
        this.delimiter = Optional.ofNullable(request.delimiter()).orElse("");
        this.after = request.continuationToken() == null
                ? Optional.ofNullable(request.startAfter()).orElse("")
                : decode(request.continuationToken());
        this.size = Math.min(Optional.ofNullable(request.maxKeys()).orElse(LARGEST_PAGE), LARGEST_PAGE);
    }

    /** The page of {@code all}, which is in the order of the keys, that {@code request} asks for. */
    static ListObjectsV2Response of(List<StoredObject> all, ListObjectsV2Request request) {
        if (request.maxKeys() != null && request.maxKeys() < 0) {
            throw ServiceError.badRequest(
                    "InvalidArgument", "Argument max-keys must be an integer between 0 and 2147483647");
        }
        ObjectListing listing = new ObjectListing(request);
        if (listing.size > 0) {
            listing.collect(all);
        }
        return listing.response();
    }

    private void collect(List<StoredObject> all) {
        for (StoredObject object : all) {
            String key = object.name().key();
            if (!key.startsWith(prefix) || key.compareTo(after) <= 0) {
                continue;
            }
            Optional<String> common = commonPrefix(key);
            if (common.isPresent()
                    && (common.get().equals(after) || common.get().equals(last))) {
                continue;
            }
            if (objects.size() + prefixes.size() == size) {
                truncated = true;
                return;
            }
            common.ifPresentOrElse(prefixes::add, () -> objects.add(object));
            last = common.orElse(key);
        }
    }

    private Optional<String> commonPrefix(String key) {
        int end = delimiter.isEmpty() ? -1 : key.indexOf(delimiter, prefix.length());
        return end < 0 ? Optional.empty() : Optional.of(key.substring(0, end + delimiter.length()));
    }

    private ListObjectsV2Response response() {
        return ListObjectsV2Response.builder()
                .name(request.bucket())
                .prefix(encoded(prefix))
                .delimiter(encoded(request.delimiter()))
                .startAfter(encoded(request.startAfter()))
                .encodingType(request.encodingType())
                .maxKeys(size)
                .keyCount(objects.size() + prefixes.size())
                .isTruncated(truncated)
                .continuationToken(request.continuationToken())
                .nextContinuationToken(truncated ? encode(last) : null)
                .contents(objects.stream().map(this::described).toList())
                .commonPrefixes(prefixes.stream()
                        .map(each ->
                                CommonPrefix.builder().prefix(encoded(each)).build())
                        .toList())
                .build();
    }

    private S3Object described(StoredObject object) {
        return S3Object.builder()
                .key(encoded(object.name().key()))
                .size(object.size())
                .eTag(object.eTag())
                .lastModified(object.modified())
                .storageClass(ObjectStorageClass.STANDARD)
                .build();
    }

    /** A key as the caller asked for it: encoded, since XML cannot hold every character, or as it is. */
    private @Nullable String encoded(@Nullable String text) {
        return text == null || request.encodingType() != EncodingType.URL
                ? text
                : URLEncoder.encode(text, StandardCharsets.UTF_8)
                        .replace("+", "%20")
                        .replace("%2F", "/");
    }

    private static String encode(String key) {
        return Base64.getUrlEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }

    private static String decode(String token) {
        try {
            return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notOurs) {
            throw ServiceError.badRequest("InvalidArgument", "The continuation token provided is incorrect");
        }
    }
}

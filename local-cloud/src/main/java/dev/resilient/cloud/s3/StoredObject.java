package dev.resilient.cloud.s3;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An object, all but its content.
 *
 * @param file the file that holds the content
 * @param size of the content, in bytes
 * @param eTag the MD5 of the content in hexadecimal digits, in quotes
 * @param modified when it was put, in whole seconds
 * @param contentType {@code binary/octet-stream} unless the caller said otherwise
 * @param contentEncoding null if the caller named none
 * @param checksumCrc32 in Base64; null if the caller sent none as a header
 * @param metadata the caller's own, by name without {@code x-amz-meta-}
 */
record StoredObject(
        ObjectName name,
        String file,
        long size,
        String eTag,
        Instant modified,
        String contentType,
        @Nullable String contentEncoding,
        @Nullable String checksumCrc32,
        Map<String, String> metadata) {

    StoredObject {
        metadata = Map.copyOf(metadata);
    }
}

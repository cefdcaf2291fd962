package dev.resilient.cloud.s3;

import dev.resilient.cloud.base.Shapes;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkPojo;

/**
 * An object, or a part of one that is being uploaded: all but its content.
 *
 * @param file the file that holds the content
 * @param size of the content, in bytes
 * @param eTag in quotes: the MD5 of the content in hexadecimal digits; of what was uploaded in parts, the MD5 of the parts' MD5s with
 *     their number behind a hyphen
 * @param modified when it was made, in whole seconds
 * @param headers what its owner says about it, as {@link ObjectHeaders} has it
 */
record StoredObject(
        ObjectName name,
        String file,
        long size,
        String eTag,
        Instant modified,
        Map<String, Object> headers,
        ObjectChecksum checksum) {

    /** Keeps its own copy of the headers. */
    StoredObject {
        headers = new HashMap<>(headers);
    }

    /** The MD5 in hexadecimal digits. */
    String md5() {
        return eTag.replace("\"", "");
    }

    /** Whether a condition in a header names this object's content: by its ETag with or without quotes, or any by a star. */
    boolean isNamedBy(String condition) {
        return condition.equals("*") || condition.equals(eTag) || condition.equals(md5());
    }

    /** Gives a response what it can have of all but the headers. */
    <B extends SdkPojo> B show(B response) {
        Shapes.set(response, "ETag", eTag);
        Shapes.set(response, "LastModified", modified);
        checksum.show(response);
        return response;
    }

    /**
     * Shows all of it but its content, whole or in part.
     *
     * @param range empty for all of it
     */
    void show(SdkPojo response, Optional<ByteRange> range, boolean withChecksum) {
        show(response);
        headers.forEach((member, value) -> Shapes.set(response, member, value));
        Shapes.set(response, "AcceptRanges", "bytes");
        Shapes.set(response, "ContentLength", range.map(ByteRange::length).orElse(size));
        Shapes.set(
                response,
                "ContentRange",
                range.map(part -> part.contentRange(size)).orElse(null));
        if (!withChecksum) {
            checksum.hide(response);
        }
    }
}

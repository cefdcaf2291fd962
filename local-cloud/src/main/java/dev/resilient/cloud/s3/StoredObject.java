package dev.resilient.cloud.s3;

import dev.resilient.wire.shape.Members;
import dev.resilient.wire.signature.Checksum;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.core.SdkPojo;

/**
 * An object, or a part of one that is being uploaded: all but its content.
 *
 * @param file the file that holds the content
 * @param members what responses show of it, by the names of their members: its size, its ETag, its checksum, when it was made, and
 *     what its owner says about it
 */
record StoredObject(ObjectName name, String file, Map<String, Object> members) {

    /** Keeps its own copy of the members. */
    StoredObject {
        members = new HashMap<>(members);
    }

    /** In bytes. */
    long size() {
        return (Long) member("ContentLength");
    }

    /** In whole seconds. */
    Instant modified() {
        return (Instant) member("LastModified");
    }

    /**
     * In quotes: the MD5 of the content in hexadecimal digits; of what was uploaded in parts, the MD5 of the parts' MD5s with their
     * number behind a hyphen.
     */
    private String eTag() {
        return (String) member("ETag");
    }

    /** The ETag without its quotes. */
    String md5() {
        return eTag().replace("\"", "");
    }

    /** The algorithm of its checksum. */
    Checksum checksum() {
        return ObjectChecksum.KEPT.stream()
                .filter(each -> members.containsKey(ObjectChecksum.member(each)))
                .findFirst()
                .orElseThrow();
    }

    /** The checksum itself: in Base64, and with the number of parts behind a hyphen if it is one of the checksums of parts. */
    String checksumValue() {
        return (String) member(ObjectChecksum.member(checksum()));
    }

    private Object member(String name) {
        return java.util.Objects.requireNonNull(members.get(name), name);
    }

    /** Whether a condition in a header names this object's content: by its ETag with or without quotes, or any by a star. */
    boolean isNamedBy(String condition) {
        return condition.equals("*") || condition.equals(eTag()) || condition.equals(md5());
    }

    /** Gives a response what it can have of this. */
    <B extends SdkPojo> B show(B response) {
        members.forEach((member, value) -> Members.set(response, member, value));
        return response;
    }
}

package dev.resilient.cloud.s3;

import dev.resilient.wire.Checksum;
import java.time.Instant;

/**
 * An upload in parts that has begun.
 *
 * @param begun in whole seconds
 * @param checksum the algorithm by which its parts are checked
 * @param ofWholeObject whether the checksum of the object is that of its content, else one of the checksums of its parts
 */
record Upload(
        String id, ObjectName name, Instant begun, ObjectHeaders headers, Checksum checksum, boolean ofWholeObject) {

    String inIndex() {
        return inIndex(name, id);
    }

    /** Names it among all uploads; those for one key are neighbours. */
    static String inIndex(ObjectName name, String id) {
        return name.inIndex() + "\0" + id;
    }
}

package dev.resilient.cloud.s3;

import dev.resilient.wire.Checksum;
import java.time.Instant;
import java.util.List;
import software.amazon.awssdk.services.s3.model.Tag;

/**
 * An upload in parts that has begun.
 *
 * @param begun in whole seconds
 * @param checksum the algorithm by which its parts are checked
 * @param ofWholeObject whether the checksum of the object is that of its content, else one of the checksums of its parts
 */
record Upload(
        String id,
        ObjectName name,
        Instant begun,
        ObjectHeaders headers,
        List<Tag> tags,
        Checksum checksum,
        boolean ofWholeObject) {

    Upload {
        tags = List.copyOf(tags);
    }

    String inIndex() {
        return inIndex(name, id);
    }

    /** Names it among all uploads; those for one key are neighbours. */
    static String inIndex(ObjectName name, String id) {
        return name.inIndex() + "\0" + id;
    }
}

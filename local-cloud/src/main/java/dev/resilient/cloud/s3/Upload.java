package dev.resilient.cloud.s3;

import dev.resilient.wire.signature.Checksum;
import java.util.HashMap;
import java.util.Map;

/**
 * An upload in parts that has begun.
 *
 * @param headers what its owner says about the object
 * @param checksum the algorithm by which its parts are checked
 * @param ofWholeObject whether the checksum of the object is that of its content, else one of the checksums of its parts
 */
record Upload(String id, ObjectName name, Map<String, Object> headers, Checksum checksum, boolean ofWholeObject) {
    /** Keeps its own copy of the headers. */
    Upload {
        headers = new HashMap<>(headers);
    }

    String inIndex() {
        return inIndex(name, id);
    }

    /** Names it among all uploads; those for one key are neighbours. */
    static String inIndex(ObjectName name, String id) {
        return name.inIndex() + "\0" + id;
    }

    /** The name of a part, 1 to 10,000, where no bucket can be; the parts of one upload are neighbours, in order. */
    ObjectName part(int number) {
        return new ObjectName("/" + id, "%05d".formatted(number));
    }

    /** The number of a part. */
    static int number(StoredObject part) {
        return Integer.parseInt(part.name().key());
    }
}

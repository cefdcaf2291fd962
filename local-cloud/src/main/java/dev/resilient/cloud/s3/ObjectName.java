package dev.resilient.cloud.s3;

import java.nio.charset.StandardCharsets;

/** Where an object is: its bucket and its key. */
record ObjectName(String bucket, String key) {

    /** Names it among the objects of all buckets; the objects of one bucket are neighbours, in the order of {@link #order}. */
    String inIndex() {
        return bucket + "/" + order(key);
    }

    /** Compares as S3 orders keys: by their bytes in UTF-8, one character for each. */
    static String order(String key) {
        return new String(key.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}

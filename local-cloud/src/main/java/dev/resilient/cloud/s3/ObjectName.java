package dev.resilient.cloud.s3;

/** Where an object is: its bucket and its key. */
record ObjectName(String bucket, String key) {

    /** Names it among the objects of all buckets; the objects of one bucket are neighbours, in the order of their keys. */
    String inIndex() {
        return bucket + "/" + key;
    }
}

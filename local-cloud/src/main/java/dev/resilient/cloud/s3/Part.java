package dev.resilient.cloud.s3;

import java.time.Instant;

/**
 * A part of an upload.
 *
 * @param number 1 to 10,000
 * @param file the file that holds its content
 * @param size in bytes
 * @param eTag the MD5 of its content in hexadecimal digits, in quotes
 * @param modified when it was made, in whole seconds
 */
record Part(
        String uploadId, int number, String file, long size, String eTag, ObjectChecksum checksum, Instant modified) {

    String inIndex() {
        return inIndex(uploadId, number);
    }

    /** Names it among all parts; those of one upload are neighbours, in the order of their numbers. */
    static String inIndex(String uploadId, int number) {
        return uploadId + "%05d".formatted(number);
    }

    /** The MD5 in hexadecimal digits. */
    String md5() {
        return eTag.substring(1, eTag.length() - 1);
    }
}

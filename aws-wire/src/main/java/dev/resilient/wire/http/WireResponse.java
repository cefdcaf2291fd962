package dev.resilient.wire.http;

import java.util.Map;

/**
 * An HTTP response to be sent.
 *
 * @param headers by name, in the letter case that is sent
 * @param errorCode the code of the error that it carries; empty on success
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody, and copying objects of megabytes would be the only use
public record WireResponse(int status, Map<String, String> headers, byte[] body, String errorCode) {

    /** A success. */
    public WireResponse(int status, Map<String, String> headers, byte[] body) {
        this(status, headers, body, "");
    }
}

package dev.resilient.loadbalancer;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/** What a listener does with a request. */
public sealed interface Action {

    /** Sends the request to a target of the group and its response to the client. */
    record Forward(TargetGroup group) implements Action {}

    /**
     * Answers the request itself.
     *
     * @param status 2xx, 4xx or 5xx
     * @param contentType one of {@code text/plain, text/css, text/html, application/javascript, application/json}
     * @param body at most 1024 bytes of UTF-8; may be empty
     */
    record FixedResponse(int status, String contentType, String body) implements Action {
        private static final int MAXIMUM_BODY = 1024;
        private static final Set<String> CONTENT_TYPES =
                Set.of("text/plain", "text/css", "text/html", "application/javascript", "application/json");

        /** @throws IllegalArgumentException if a value is outside its range, saying which */
        public FixedResponse {
            int family = status / 100;
            if (family != 2 && family != 4 && family != 5) {
                throw new IllegalArgumentException("a fixed response has a status of 2xx, 4xx or 5xx, not " + status);
            }
            if (!CONTENT_TYPES.contains(contentType)) {
                throw new IllegalArgumentException("'" + contentType + "' is not a content type of a fixed response");
            }
            int length = body.getBytes(StandardCharsets.UTF_8).length;
            if (length > MAXIMUM_BODY) {
                throw new IllegalArgumentException("the body of a fixed response has " + length + " bytes, at most "
                        + MAXIMUM_BODY + " are allowed");
            }
        }
    }
}

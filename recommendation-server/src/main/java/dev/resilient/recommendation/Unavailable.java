package dev.resilient.recommendation;

import org.jspecify.annotations.Nullable;

/** What was asked for cannot be had now. The message is for the log, and says nothing that is for a caller's eyes. */
@SuppressWarnings("serial")
final class Unavailable extends RuntimeException {

    Unavailable(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    Unavailable(String message) {
        this(message, null);
    }
}

package dev.resilient.loadbalancer.rotation;

import dev.resilient.loadbalancer.http.RequestHead;
import dev.resilient.time.TimeSource;
import io.netty.handler.codec.DateFormatter;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.jspecify.annotations.Nullable;

/**
 * A cookie that remembers for a client what it was given, until it has not come for a while. Thread-safe.
 *
 * @param name of the cookie
 * @param everywhere whether browsers are to send it also with requests that another site caused: a second cookie, with the suffix
 *     {@code CORS}, is for these
 * @param kept how long browsers are told to keep it
 * @param duration how long after it was set it still counts
 */
public record SessionCookie(
        String name, boolean everywhere, Duration kept, Duration duration, CookieSeal seal, TimeSource time) {
    private static final String EVERYWHERE = "CORS";
    private static final Duration WEEK = Duration.ofDays(7);

    /** A cookie that browsers keep for a week, however long it counts, and send everywhere. */
    public static SessionCookie everywhere(String name, Duration duration, Owner owner) {
        return new SessionCookie(name, true, WEEK, duration, owner.seal(), owner.time());
    }

    /** A cookie that browsers keep for as long as it counts. */
    static SessionCookie plain(String name, Duration duration, Owner owner) {
        return new SessionCookie(name, false, duration, duration, owner.seal(), owner.time());
    }

    /** What the client was given; null if it cannot tell, or if that was too long ago. */
    public @Nullable String read(RequestHead request) {
        String value = everywhere ? request.cookie(name + EVERYWHERE) : null;
        String used = value == null ? request.cookie(name) : value;
        String text = used == null ? null : seal.open(name, used);
        return text == null ? null : stillCounting(text);
    }

    private @Nullable String stillCounting(String text) {
        int end = text.indexOf(' ');
        Instant set = Instant.ofEpochMilli(Long.parseLong(text.substring(0, end)));
        return time.instant().isBefore(set.plus(duration)) ? text.substring(end + 1) : null;
    }

    /** The Set-Cookie fields, each as a line, by which the client will remember what it was given. */
    public String lines(String given) {
        Instant now = time.instant();
        String value = seal.seal(name, now.toEpochMilli() + " " + given);
        String rest = "=" + value + "; Expires=" + DateFormatter.format(Date.from(now.plus(kept))) + "; Path=/";
        String line = "Set-Cookie: " + name + rest + "\r\n";
        return everywhere ? line + "Set-Cookie: " + name + EVERYWHERE + rest + "; SameSite=None\r\n" : line;
    }
}

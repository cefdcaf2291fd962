package dev.resilient.loadbalancer.http;

import dev.resilient.loadbalancer.event.BalancerReason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The answers that the balancer makes itself, byte for byte as an Application Load Balancer makes them.
 *
 * @param statusLine status code and reason phrase
 * @param location where a redirect goes; empty otherwise
 */
public record BalancerResponse(String statusLine, String contentType, String body, String location) {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    /** The error page for a reason that has a status. */
    public static BalancerResponse of(BalancerReason reason) {
        return page(reason.status(), "");
    }

    /** A redirect, with {@code status} 301 or 302. */
    public static BalancerResponse redirect(int status, String location) {
        return page(status, location);
    }

    private static BalancerResponse page(int status, String location) {
        String line = status + " " + phrase(status);
        String page = "<html>\r\n<head><title>" + line + "</title></head>\r\n<body>\r\n<center><h1>" + line
                + "</h1></center>\r\n</body>\r\n</html>\r\n";
        return new BalancerResponse(line, "text/html", page, location);
    }

    /** A response that somebody else has worded. */
    public static BalancerResponse of(int status, String contentType, String body) {
        String phrase = HttpResponseStatus.valueOf(status).reasonPhrase();
        return new BalancerResponse(status + " " + phrase, contentType, body, "");
    }

    /**
     * The response as bytes.
     *
     * @param toHead whether it answers a HEAD request, and so has no body
     */
    public ByteBuf encode(
            ByteBufAllocator allocator, Instant now, boolean keepAlive, boolean toHead, ResponseEdit edit) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String head = "HTTP/1.1 " + statusLine + (edit.sendsServer() ? "\r\nServer: awselb/2.0" : "") + "\r\nDate: "
                + DATE.format(now)
                + "\r\nContent-Type: " + contentType + "\r\nContent-Length: " + bytes.length + "\r\nConnection: "
                + (keepAlive ? "keep-alive" : "close") + (location.isEmpty() ? "" : "\r\nLocation: " + location)
                + "\r\n" + edit.added() + "\r\n";
        ByteBuf out = allocator.buffer(head.length() + bytes.length);
        out.writeCharSequence(head, StandardCharsets.ISO_8859_1);
        return toHead ? out : out.writeBytes(bytes);
    }

    /** The wording of an Application Load Balancer, where it differs from the registered one. */
    private static String phrase(int status) {
        return switch (status) {
            case 405 -> "Not Allowed";
            case 408 -> "Request Time-out";
            case 414 -> "Request-URI Too Large";
            case 463 -> "";
            case 503 -> "Service Temporarily Unavailable";
            case 504 -> "Gateway Time-out";
            default -> HttpResponseStatus.valueOf(status).reasonPhrase();
        };
    }
}

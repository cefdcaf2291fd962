package dev.resilient.loadbalancer;

/** Messages as they are on the wire. */
final class Http {
    private Http() {}

    /** Lines that end in CRLF, and an empty one after them. */
    static String head(String... lines) {
        return String.join("\r\n", lines) + "\r\n\r\n";
    }

    /** A request for {@code /} from somebody who adds nothing. */
    static String get() {
        return head("GET / HTTP/1.1", "Host: a");
    }
}

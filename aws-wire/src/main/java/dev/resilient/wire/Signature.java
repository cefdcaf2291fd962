package dev.resilient.wire;

import dev.resilient.wire.Verdict.Fault;
import dev.resilient.wire.Verdict.Flaw;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The signature that a request carries, in its {@code Authorization} header or, presigned, in its query.
 *
 * @param timestamp when it was signed, as it came: {@code 20150830T123600Z}
 * @param signedHeaders in lower case, in the order given
 * @param securityToken the session token that came with it
 * @param lifetime for how long a presigned request is good; empty for one with a header
 */
record Signature(
        String accessKeyId,
        Scope scope,
        String timestamp,
        List<String> signedHeaders,
        String value,
        Optional<String> securityToken,
        Optional<Duration> lifetime) {
    static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final Duration LONGEST_LIFETIME = Duration.ofDays(7);

    /** The credential scope: for which day, region and service the key was derived. */
    record Scope(String date, String region, String service, String terminator) {
        @Override
        public String toString() {
            return String.join("/", date, region, service, terminator);
        }
    }

    /** The signature of {@code request}; empty if it has none. */
    static Optional<Signature> of(WireRequest request) throws Fault {
        Optional<String> authorization = request.header("authorization");
        if (authorization.isPresent()) {
            return Optional.of(fromHeader(request, authorization.get()));
        }
        return request.rawQuery().contains("X-Amz-Signature=") ? Optional.of(fromQuery(request)) : Optional.empty();
    }

    /** The moment in {@link #timestamp}. */
    Instant signedAt() throws Fault {
        try {
            return TIMESTAMP.parse(timestamp, Instant::from);
        } catch (DateTimeException unreadable) {
            throw incomplete("Date must be in ISO-8601 'basic format'. Got '" + timestamp
                    + "'. See http://en.wikipedia.org/wiki/ISO_8601");
        }
    }

    /** A moment in the form of {@link #timestamp}. */
    static String timestamp(Instant moment) {
        return TIMESTAMP.format(moment);
    }

    private static Signature fromHeader(WireRequest request, String authorization) throws Fault {
        if (!authorization.startsWith(ALGORITHM + " ")) {
            throw incomplete("Unsupported AWS 'algorithm': '" + firstWord(authorization) + "'.");
        }
        Map<String, String> parts = new HashMap<>();
        for (String part : authorization.substring(ALGORITHM.length()).split(",")) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                parts.put(
                        part.substring(0, equals).trim(),
                        part.substring(equals + 1).trim());
            }
        }
        List<String> missing = new ArrayList<>();
        for (String name : List.of("Credential", "Signature", "SignedHeaders")) {
            if (parts.getOrDefault(name, "").isEmpty()) {
                missing.add("Authorization header requires '" + name + "' parameter.");
            }
        }
        Optional<String> timestamp = request.header("x-amz-date");
        if (timestamp.isEmpty()) {
            missing.add("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.");
        }
        if (!missing.isEmpty()) {
            throw incomplete(String.join(" ", missing));
        }
        return of(parts, timestamp.orElseThrow(), request.header("x-amz-security-token"), Optional.empty());
    }

    private static Signature fromQuery(WireRequest request) throws Fault {
        Map<String, String> parts = signingParameters(request);
        for (String name : List.of("Algorithm", "Credential", "Signature", "SignedHeaders", "Date", "Expires")) {
            if (parts.getOrDefault(name, "").isEmpty()) {
                throw incomplete("AWS query-string parameters must include 'X-Amz-" + name + "'.");
            }
        }
        if (!ALGORITHM.equals(parts.get("Algorithm"))) {
            throw incomplete("Unsupported AWS 'algorithm': '" + parts.get("Algorithm") + "'.");
        }
        return of(
                parts,
                parts.getOrDefault("Date", ""),
                Optional.ofNullable(parts.get("Security-Token")),
                Optional.of(lifetime(parts.getOrDefault("Expires", ""))));
    }

    private static Map<String, String> signingParameters(WireRequest request) throws Fault {
        Map<String, String> parts = new HashMap<>();
        try {
            for (Parameter parameter : request.query()) {
                if (parameter.name().startsWith("X-Amz-")) {
                    parts.put(parameter.name().substring("X-Amz-".length()), parameter.value());
                }
            }
        } catch (ServiceError malformed) {
            throw incomplete(malformed.getMessage());
        }
        return parts;
    }

    private static Signature of(
            Map<String, String> parts, String timestamp, Optional<String> token, Optional<Duration> lifetime)
            throws Fault {
        String credential = parts.getOrDefault("Credential", "");
        String[] scope = credential.split("/", -1);
        if (scope.length != 5) {
            throw incomplete("Credential must have exactly 5 slash-delimited elements, e.g."
                    + " keyid/date/region/service/term, got '" + credential + "'");
        }
        return new Signature(
                scope[0],
                new Scope(scope[1], scope[2], scope[3], scope[4]),
                timestamp,
                List.of(parts.getOrDefault("SignedHeaders", "")
                        .toLowerCase(Locale.ROOT)
                        .split(";")),
                parts.getOrDefault("Signature", ""),
                token,
                lifetime);
    }

    private static Duration lifetime(String seconds) throws Fault {
        if (!seconds.matches("[0-9]{1,6}")
                || Duration.ofSeconds(Long.parseLong(seconds)).compareTo(LONGEST_LIFETIME) > 0) {
            throw incomplete("X-Amz-Expires must be a number of seconds, at most 604800.");
        }
        return Duration.ofSeconds(Long.parseLong(seconds));
    }

    private static String firstWord(String text) {
        int space = text.indexOf(' ');
        return space < 0 ? text.substring(0, Math.min(text.length(), 32)) : text.substring(0, Math.min(space, 32));
    }

    private static Fault incomplete(String message) {
        return new Fault(Flaw.INCOMPLETE, message);
    }
}

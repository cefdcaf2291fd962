package dev.resilient.wire.signature;

import dev.resilient.wire.ServiceError;
import dev.resilient.wire.http.Parameter;
import dev.resilient.wire.http.WireRequest;
import dev.resilient.wire.signature.Verdict.Fault;
import dev.resilient.wire.signature.Verdict.Flaw;
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
public record Signature(
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
    public record Scope(String date, String region, String service, String terminator) {
        @Override
        public String toString() {
            return String.join("/", date, region, service, terminator);
        }
    }

    /** The signature of {@code request}; empty if it has none. */
    public static Optional<Signature> of(WireRequest request) throws Fault {
        Optional<String> authorization = request.header("authorization");
        boolean presigned = request.rawQuery().contains("X-Amz-Signature=")
                || request.rawQuery().contains("X-Amz-Algorithm=");
        if (authorization.isPresent() && presigned) {
            String message =
                    "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query"
                            + " string parameter or the Authorization header should be specified";
            throw new Fault(Flaw.INCOMPLETE, message, ServiceError.badRequest("InvalidArgument", message));
        }
        if (authorization.isPresent()) {
            return Optional.of(fromHeader(request, authorization.get()));
        }
        if (!presigned && request.rawQuery().contains("AWSAccessKeyId=")) {
            throw new Fault(Flaw.INCOMPLETE, "Unsupported AWS 'algorithm': 'AWS'.", oldMechanism());
        }
        return presigned ? Optional.of(fromQuery(request)) : Optional.empty();
    }

    /** The moment in {@link #timestamp}. */
    Instant signedAt() throws Fault {
        try {
            return TIMESTAMP.parse(timestamp, Instant::from);
        } catch (DateTimeException unreadable) {
            throw new Fault(
                    Flaw.INCOMPLETE,
                    "Date must be in ISO-8601 'basic format'. Got '" + timestamp
                            + "'. See http://en.wikipedia.org/wiki/ISO_8601",
                    lifetime.isPresent()
                            ? malformed("X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"")
                            : noDate());
        }
    }

    /** A moment in the form of {@link #timestamp}. */
    static String timestamp(Instant moment) {
        return TIMESTAMP.format(moment);
    }

    /** S3's error for a signature in which something is wrong. */
    ServiceError malformed(String message) {
        return malformed(lifetime.isPresent(), message);
    }

    /** How S3 begins to say that something is wrong with the credential. */
    String credentialMalformed() {
        return credentialMalformed(lifetime.isPresent());
    }

    private static ServiceError malformed(boolean presigned, String message) {
        return ServiceError.badRequest(
                presigned ? "AuthorizationQueryParametersError" : "AuthorizationHeaderMalformed", message);
    }

    private static String credentialMalformed(boolean presigned) {
        return presigned ? "Error parsing the X-Amz-Credential parameter; " : "The authorization header is malformed; ";
    }

    private static ServiceError noDate() {
        return new ServiceError("AccessDenied", 403, "AWS authentication requires a valid Date or x-amz-date header");
    }

    private static ServiceError oldMechanism() {
        return ServiceError.badRequest(
                "InvalidRequest",
                "The authorization mechanism you have provided is not supported. Please use " + ALGORITHM + ".");
    }

    private static Signature fromHeader(WireRequest request, String authorization) throws Fault {
        if (!authorization.startsWith(ALGORITHM + " ")) {
            throw new Fault(
                    Flaw.INCOMPLETE,
                    "Unsupported AWS 'algorithm': '" + firstWord(authorization) + "'.",
                    authorization.startsWith("AWS")
                            ? oldMechanism()
                            : ServiceError.badRequest("InvalidArgument", "Unsupported Authorization Type"));
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
        boolean complete = missing.isEmpty();
        Optional<String> timestamp = request.header("x-amz-date").or(() -> fromDate(request));
        if (timestamp.isEmpty()) {
            missing.add("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.");
        }
        if (!missing.isEmpty()) {
            throw new Fault(
                    Flaw.INCOMPLETE,
                    String.join(" ", missing),
                    complete
                            ? noDate()
                            : malformed(
                                    false,
                                    credentialMalformed(false) + "the authorization header requires three components:"
                                            + " Credential, SignedHeaders, and Signature."));
        }
        return of(parts, timestamp.orElseThrow(), request.header("x-amz-security-token"), Optional.empty());
    }

    /** HTTP's own date, which signs as well where Amazon's is not there; the two differ in form. */
    private static Optional<String> fromDate(WireRequest request) {
        try {
            return request.header("date")
                    .map(date -> timestamp(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from)));
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }

    private static Signature fromQuery(WireRequest request) throws Fault {
        Map<String, String> parts = signingParameters(request);
        for (String name : List.of("Algorithm", "Credential", "Signature", "SignedHeaders", "Date", "Expires")) {
            if (parts.getOrDefault(name, "").isEmpty()) {
                throw incompleteQuery(
                        "AWS query-string parameters must include 'X-Amz-" + name + "'.",
                        "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential,"
                                + " X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.");
            }
        }
        if (!ALGORITHM.equals(parts.get("Algorithm"))) {
            throw incompleteQuery(
                    "Unsupported AWS 'algorithm': '" + parts.get("Algorithm") + "'.",
                    "X-Amz-Algorithm only supports \"" + ALGORITHM + "\"");
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
            throw incompleteQuery(malformed.getMessage(), malformed.getMessage());
        }
        return parts;
    }

    private static Signature of(
            Map<String, String> parts, String timestamp, Optional<String> token, Optional<Duration> lifetime)
            throws Fault {
        String credential = parts.getOrDefault("Credential", "");
        String[] scope = credential.split("/", -1);
        if (scope.length != 5) {
            throw new Fault(
                    Flaw.INCOMPLETE,
                    "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got"
                            + " '"
                            + credential + "'",
                    malformed(
                            lifetime.isPresent(),
                            credentialMalformed(lifetime.isPresent()) + "the Credential is mal-formed; expecting"
                                    + " \"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request\"."));
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
        if (!seconds.matches("-?[0-9]{1,18}")) {
            throw incompleteQuery("X-Amz-Expires must be a number of seconds.", "X-Amz-Expires should be a number");
        }
        Duration lifetime = Duration.ofSeconds(Long.parseLong(seconds));
        if (lifetime.isNegative()) {
            throw incompleteQuery("X-Amz-Expires must be a number of seconds.", "X-Amz-Expires must be non-negative");
        }
        if (lifetime.compareTo(LONGEST_LIFETIME) > 0) {
            throw incompleteQuery(
                    "X-Amz-Expires must be at most 604800 seconds.",
                    "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less"
                            + " than 604800 seconds");
        }
        return lifetime;
    }

    private static String firstWord(String text) {
        int space = text.indexOf(' ');
        return space < 0 ? text.substring(0, Math.min(text.length(), 32)) : text.substring(0, Math.min(space, 32));
    }

    private static Fault incompleteQuery(String message, String inStorage) {
        return new Fault(Flaw.INCOMPLETE, message, malformed(true, inStorage));
    }
}

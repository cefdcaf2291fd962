package dev.resilient.cloud.forged;

import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/**
 * What may be wrong with a request to any service, and how each kind of service refuses it. In the texts, {@code #} stands for a
 * moment, {@code @} for a day, {@code ~} for the rest of a key, {@code $} for a service.
 */
enum Forgery {
    UNSIGNED(
            (draft, keys) -> {},
            "403 MissingAuthenticationToken: Request is missing Authentication Token",
            "400 MissingParameter: The request must contain the parameter AWSAccessKeyId",
            "400 MissingAuthenticationTokenException: Request is missing Authentication Token",
            "403 AccessDenied: Access Denied"),
    WRONG_SECRET(
            (draft, keys) -> {
                draft.secret = "wrong";
                draft.sign();
            },
            Texts.QUERY_MISMATCH,
            Texts.EC2_NOT_VALIDATED,
            Texts.JSON_MISMATCH,
            Texts.S3_MISMATCH),
    UNKNOWN_KEY(
            (draft, keys) -> {
                draft.keyId = "AKIAIOSFODNN7EXAMPLE";
                draft.sign();
            },
            Texts.QUERY_TOKEN,
            Texts.EC2_NOT_VALIDATED,
            Texts.JSON_TOKEN,
            Texts.S3_KEY),
    SWITCHED_OFF_KEY(
            (draft, keys) -> keys.switchedOff().on(draft).sign(),
            Texts.QUERY_TOKEN,
            Texts.EC2_NOT_VALIDATED,
            Texts.JSON_TOKEN,
            Texts.S3_KEY),
    SESSION_WITHOUT_TOKEN(
            (draft, keys) -> {
                keys.session().on(draft).headers.remove("x-amz-security-token");
                draft.sign();
            },
            Texts.QUERY_TOKEN,
            Texts.EC2_NOT_VALIDATED,
            Texts.JSON_TOKEN,
            "400 InvalidToken: The provided token is malformed or otherwise invalid."),
    TOKEN_OF_ANOTHER_SESSION(
            (draft, keys) -> {
                keys.session()
                        .on(draft)
                        .header("x-amz-security-token", keys.expired().token());
                draft.sign();
            },
            Texts.QUERY_TOKEN,
            Texts.EC2_NOT_VALIDATED,
            Texts.JSON_TOKEN,
            "400 InvalidToken: The provided token is malformed or otherwise invalid."),
    TOKEN_BESIDE_A_LONG_TERM_KEY(
            (draft, keys) ->
                    draft.header("x-amz-security-token", keys.session().token()).sign(),
            Texts.QUERY_TOKEN,
            Texts.EC2_NOT_VALIDATED,
            Texts.JSON_TOKEN,
            "400 InvalidToken: The provided token is malformed or otherwise invalid."),
    EXPIRED_SESSION(
            (draft, keys) -> keys.expired().on(draft).sign(),
            "403 ExpiredToken: The security token included in the request is expired",
            "400 RequestExpired: Request has expired.",
            "400 ExpiredTokenException: The security token included in the request is expired",
            "400 ExpiredToken: The provided token has expired."),
    STALE(
            (draft, keys) -> {
                draft.time = draft.time.minus(Duration.ofMinutes(16));
                draft.sign();
            },
            "403 SignatureDoesNotMatch: Signature expired: # is now earlier than # (# - 15 min.)",
            "400 RequestExpired: Request has expired.",
            "400 InvalidSignatureException: Signature expired: # is now earlier than # (# - 5 min.)",
            Texts.S3_SKEWED),
    DATED_AHEAD(
            (draft, keys) -> {
                draft.time = draft.time.plus(Duration.ofMinutes(16));
                draft.sign();
            },
            "403 SignatureDoesNotMatch: Signature not yet current: # is still later than # (# + 15 min.)",
            Texts.EC2_NOT_VALIDATED,
            "400 InvalidSignatureException: Signature not yet current: # is still later than # (# + 5 min.)",
            Texts.S3_SKEWED),
    WRONG_REGION(
            (draft, keys) -> {
                draft.region = "eu-west-1";
                draft.sign();
            },
            "403 SignatureDoesNotMatch: Credential should be scoped to a valid Region, not 'eu-west-1'.",
            "401 AuthFailure: Credential should be scoped to a valid Region, not 'eu-west-1'.",
            "400 InvalidSignatureException: Credential should be scoped to a valid Region, not 'eu-west-1'.",
            "400 AuthorizationHeaderMalformed: The authorization header is malformed; the region 'eu-west-1' is wrong;"
                    + " expecting 'us-west-2'"),
    WRONG_TERMINATOR(
            (draft, keys) -> {
                draft.terminator = "aws5_request";
                draft.sign();
            },
            "403 SignatureDoesNotMatch: " + Texts.TERMINATOR,
            "401 AuthFailure: " + Texts.TERMINATOR,
            "400 InvalidSignatureException: " + Texts.TERMINATOR,
            "400 AuthorizationHeaderMalformed: The authorization header is malformed; incorrect terminal"
                    + " \"aws5_request\". This endpoint uses \"aws4_request\"."),
    KEY_OF_ANOTHER_DAY(
            (draft, keys) -> {
                draft.scopeDate = "20250101";
                draft.sign();
            },
            "403 SignatureDoesNotMatch: " + Texts.OTHER_DAY,
            "401 AuthFailure: " + Texts.OTHER_DAY,
            "400 InvalidSignatureException: " + Texts.OTHER_DAY,
            "400 AuthorizationHeaderMalformed: Invalid credential date \"20250101\". This date is not the same as"
                    + " X-Amz-Date: \"@\"."),
    REPLAYED_WITH_ANOTHER_BODY(
            (draft, keys) -> {
                draft.sign();
                draft.body = draft.body.replace("forged", "forgex");
            },
            Texts.QUERY_MISMATCH,
            Texts.EC2_NOT_VALIDATED,
            Texts.JSON_MISMATCH,
            "400 XAmzContentSHA256Mismatch: The provided 'x-amz-content-sha256' header does not match what was"
                    + " computed."),
    REPLAYED_WITH_A_QUERY(
            (draft, keys) -> {
                draft.sign();
                draft.query = "x=1";
            },
            Texts.QUERY_MISMATCH,
            Texts.EC2_NOT_VALIDATED,
            Texts.JSON_MISMATCH,
            Texts.S3_MISMATCH),
    REPLAYED_ON_ANOTHER_PATH(
            (draft, keys) -> {
                draft.sign();
                draft.path += "x";
            },
            Texts.QUERY_MISMATCH,
            Texts.EC2_NOT_VALIDATED,
            Texts.JSON_MISMATCH,
            Texts.S3_MISMATCH),
    REPLAYED_BY_ANOTHER_METHOD(
            (draft, keys) -> {
                draft.sign();
                draft.method = draft.method.equals("PUT") ? "DELETE" : "PUT";
            },
            Texts.QUERY_MISMATCH,
            Texts.EC2_NOT_VALIDATED,
            Texts.JSON_MISMATCH,
            Texts.S3_MISMATCH),
    REPLAYED_TO_ANOTHER_HOST(
            (draft, keys) -> draft.sign().header("host", "127.0.0.2:1"),
            Texts.QUERY_MISMATCH,
            Texts.EC2_NOT_VALIDATED,
            Texts.JSON_MISMATCH,
            Texts.S3_MISMATCH),
    REPLAYED_AT_ANOTHER_TIME(
            (draft, keys) -> {
                draft.time = draft.time.minusSeconds(60);
                draft.sign();
                draft.time = draft.time.plusSeconds(60);
                draft.header("x-amz-date", draft.timestamp());
            },
            Texts.QUERY_MISMATCH,
            Texts.EC2_NOT_VALIDATED,
            Texts.JSON_MISMATCH,
            Texts.S3_MISMATCH),
    HOST_NOT_SIGNED(
            (draft, keys) -> {
                draft.leftOut = List.of("host");
                draft.sign();
            },
            "403 SignatureDoesNotMatch: " + Texts.HOST,
            "401 AuthFailure: " + Texts.HOST,
            "400 InvalidSignatureException: " + Texts.HOST,
            Texts.S3_NOT_SIGNED),
    AMAZONS_HEADER_NOT_SIGNED(
            (draft, keys) -> draft.sign().header("x-amz-acl", "public-read"),
            "403 SignatureDoesNotMatch: " + Texts.HEADER,
            "401 AuthFailure: " + Texts.HEADER,
            "400 InvalidSignatureException: " + Texts.HEADER,
            Texts.S3_NOT_SIGNED),
    NO_SIGNATURE_IN_THE_HEADER(
            (draft, keys) -> draft.header(
                    "authorization", draft.sign().headers.get("authorization").replaceFirst(", Signature=.*", "")),
            "400 IncompleteSignature: Authorization header requires 'Signature' parameter.",
            "400 IncompleteSignature: Authorization header requires 'Signature' parameter.",
            "400 IncompleteSignatureException: Authorization header requires 'Signature' parameter.",
            "400 AuthorizationHeaderMalformed: The authorization header is malformed; the authorization header requires"
                    + " three components: Credential, SignedHeaders, and Signature."),
    SHORT_CREDENTIAL(
            (draft, keys) -> draft.header(
                    "authorization", draft.sign().headers.get("authorization").replace("/aws4_request", "")),
            "400 IncompleteSignature: " + Texts.CREDENTIAL,
            "400 IncompleteSignature: " + Texts.CREDENTIAL,
            "400 IncompleteSignatureException: " + Texts.CREDENTIAL,
            "400 AuthorizationHeaderMalformed: The authorization header is malformed; the Credential is mal-formed;"
                    + " expecting \"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request\"."),
    ANOTHER_SCHEME(
            (draft, keys) -> draft.header("authorization", "Basic YTpi"),
            "400 IncompleteSignature: Unsupported AWS 'algorithm': 'Basic'.",
            "400 IncompleteSignature: Unsupported AWS 'algorithm': 'Basic'.",
            "400 IncompleteSignatureException: Unsupported AWS 'algorithm': 'Basic'.",
            "400 InvalidArgument: Unsupported Authorization Type"),
    SIGNATURE_OF_VERSION_2(
            (draft, keys) -> draft.header("authorization", "AWS " + draft.keyId + ":c2lnbmF0dXJl"),
            "400 IncompleteSignature: Unsupported AWS 'algorithm': 'AWS'.",
            "400 IncompleteSignature: Unsupported AWS 'algorithm': 'AWS'.",
            "400 IncompleteSignatureException: Unsupported AWS 'algorithm': 'AWS'.",
            "400 InvalidRequest: The authorization mechanism you have provided is not supported. Please use"
                    + " AWS4-HMAC-SHA256."),
    NO_DATE(
            (draft, keys) -> draft.sign().headers.remove("x-amz-date"),
            "400 IncompleteSignature: " + Texts.DATE,
            "400 IncompleteSignature: " + Texts.DATE,
            "400 IncompleteSignatureException: " + Texts.DATE,
            "403 AccessDenied: AWS authentication requires a valid Date or x-amz-date header"),
    NO_DATE_THAT_CAN_BE_READ(
            (draft, keys) -> draft.header("x-amz-date", draft.timestamp().substring(0, 8) + "Tnoon")
                    .sign(),
            "400 IncompleteSignature: " + Texts.NO_DATE,
            "400 IncompleteSignature: " + Texts.NO_DATE,
            "400 IncompleteSignatureException: " + Texts.NO_DATE,
            "403 AccessDenied: AWS authentication requires a valid Date or x-amz-date header");

    @SuppressWarnings("ImmutableEnumChecker") // Each is a lambda without state.
    private final BiConsumer<HttpDraft, Keys> forging;

    private final String query;
    private final String ec2;
    private final String json;
    private final String s3;

    Forgery(BiConsumer<HttpDraft, Keys> forging, String query, String ec2, String json, String s3) {
        this.forging = forging;
        this.query = query;
        this.ec2 = ec2;
        this.json = json;
        this.s3 = s3;
    }

    void forge(HttpDraft draft, Keys keys) {
        forging.accept(draft, keys);
    }

    /** How this service refuses it. */
    Pattern refusal(String service) {
        String text =
                switch (service) {
                    case "ec2" -> ec2;
                    case "ssm", "dynamodb" -> json;
                    case "s3" -> s3;
                    default -> query;
                };
        return pattern(text.replace("$", service));
    }

    static Pattern pattern(String text) {
        return Pattern.compile(Pattern.quote(text)
                .replace("#", "\\E\\d{8}T\\d{6}Z\\Q")
                .replace("@", "\\E\\d{8}\\Q")
                .replace("~", "\\E\\w+\\Q"));
    }

    /** What several forgeries are told. */
    private static final class Texts {
        static final String MISMATCH = "The request signature we calculated does not match the signature you provided."
                + " Check your AWS Secret Access Key and signing method. Consult the service documentation for details.";
        static final String QUERY_MISMATCH = "403 SignatureDoesNotMatch: " + MISMATCH;
        static final String JSON_MISMATCH = "400 InvalidSignatureException: " + MISMATCH;
        static final String S3_MISMATCH =
                "403 SignatureDoesNotMatch: The request signature we calculated does not match"
                        + " the signature you provided. Check your AWS Secret Access Key and signing method.";
        static final String EC2_NOT_VALIDATED =
                "401 AuthFailure: AWS was not able to validate the provided access credentials";
        static final String QUERY_TOKEN =
                "403 InvalidClientTokenId: The security token included in the request is invalid.";
        static final String JSON_TOKEN =
                "400 UnrecognizedClientException: The security token included in the request is invalid.";
        static final String S3_KEY =
                "403 InvalidAccessKeyId: The AWS Access Key Id you provided does not exist in our records.";
        static final String S3_SKEWED = "403 RequestTimeTooSkewed: The difference between the request time and the"
                + " current time is too large.";
        static final String S3_NOT_SIGNED =
                "403 AccessDenied: There were headers present in the request which were not signed";
        static final String TERMINATOR =
                "Credential should be scoped with a valid terminator: 'aws4_request', not 'aws5_request'.";
        static final String OTHER_DAY = "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date"
                + " from HTTP: '20250101' != '@', from '#'.";
        static final String HOST = "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.";
        static final String HEADER = "'x-amz-acl' must be a 'SignedHeader' in the AWS Authorization.";
        static final String CREDENTIAL = "Credential must have exactly 5 slash-delimited elements, e.g."
                + " keyid/date/region/service/term, got 'AKIA~/@/us-west-2/$'";
        static final String DATE =
                "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.";
        static final String NO_DATE =
                "Date must be in ISO-8601 'basic format'. Got '@Tnoon'. See" + " http://en.wikipedia.org/wiki/ISO_8601";

        private Texts() {}
    }
}

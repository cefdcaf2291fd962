package dev.resilient.loadbalancer.event;

/**
 * What makes it possible that two readers of a request disagree where it ends, or what it says. Ordered from the most to the least
 * severe; a request without any of these is compliant.
 */
public enum DesyncReason {
    /** Content-Length is not a number. */
    BAD_CONTENT_LENGTH("BadContentLength", Severity.SEVERE),
    /** A field has a NUL or a CR in it, or is none. */
    BAD_HEADER("BadHeader", Severity.SEVERE),
    /** Transfer-Encoding is neither chunked nor identity. */
    BAD_TRANSFER_ENCODING("BadTransferEncoding", Severity.SEVERE),
    /** The request target is missing, or has a NUL or a CR in it. */
    BAD_URI("BadUri", Severity.SEVERE),
    /** The method is none. */
    BAD_METHOD("BadMethod", Severity.SEVERE),
    /** The version is none. */
    BAD_VERSION("BadVersion", Severity.SEVERE),
    /** There are several Content-Length fields, and they differ. */
    MULTIPLE_CONTENT_LENGTH("MultipleContentLength", Severity.SEVERE),
    /** There are several Transfer-Encoding fields that say chunked. */
    MULTIPLE_TRANSFER_ENCODING_CHUNKED("MultipleTransferEncodingChunked", Severity.SEVERE),
    /** The request target has a control character in it. */
    AMBIGUOUS_URI("AmbiguousUri", Severity.AMBIGUOUS),
    /** There are both a Transfer-Encoding and a Content-Length. */
    BOTH_TE_CL_PRESENT("BothTeClPresent", Severity.AMBIGUOUS),
    /** There are several Content-Length fields, and they say the same. */
    DUPLICATE_CONTENT_LENGTH("DuplicateContentLength", Severity.AMBIGUOUS),
    /** A field has no name, or a line nothing but blanks. */
    EMPTY_HEADER("EmptyHeader", Severity.AMBIGUOUS),
    /** A field's name would be Content-Length or Transfer-Encoding if other characters in it were hyphens. */
    SUSPICIOUS_HEADER("SuspiciousHeader", Severity.AMBIGUOUS),
    /** A GET or HEAD has a Content-Length other than zero. */
    UNDEFINED_CONTENT_LENGTH_SEMANTICS("UndefinedContentLengthSemantics", Severity.AMBIGUOUS),
    /** A GET or HEAD has a Transfer-Encoding. */
    UNDEFINED_TRANSFER_ENCODING_SEMANTICS("UndefinedTransferEncodingSemantics", Severity.AMBIGUOUS),
    /** A GET or HEAD has a Content-Length of zero. */
    GET_HEAD_ZERO_CONTENT_LENGTH("GetHeadZeroContentLength", Severity.ACCEPTABLE),
    /** A field has a character beyond ASCII or a control character in it. */
    NON_COMPLIANT_HEADER("NonCompliantHeader", Severity.ACCEPTABLE),
    /** A version of HTTP other than 1.0 and 1.1. */
    NON_COMPLIANT_VERSION("NonCompliantVersion", Severity.ACCEPTABLE),
    /** The request target has a blank in it. */
    SPACE_IN_URI("SpaceInUri", Severity.ACCEPTABLE);

    private final String wireName;
    private final Severity severity;

    DesyncReason(String wireName, Severity severity) {
        this.wireName = wireName;
        this.severity = severity;
    }

    /** What AWS's access logs call it. */
    public String wireName() {
        return wireName;
    }

    /** The class that such requests are in. */
    public Severity severity() {
        return severity;
    }

    /** The classes of requests that do not comply, as AWS names them. */
    public enum Severity {
        /** No known risk. */
        ACCEPTABLE("Acceptable"),
        /** Readers could disagree. */
        AMBIGUOUS("Ambiguous"),
        /** Readers are known to disagree. */
        SEVERE("Severe");

        private final String wireName;

        Severity(String wireName) {
            this.wireName = wireName;
        }

        /** What AWS's access logs call it. */
        public String wireName() {
            return wireName;
        }
    }
}

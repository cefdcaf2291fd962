package dev.resilient.loadbalancer.http;

/** The character classes of HTTP/1.1 (RFC 9110 section 5.6, RFC 9112). */
final class Bytes {
    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";
    private static final int LETTER_CASE = 0x20;
    private static final boolean[] TOKEN = new boolean[256];
    private static final boolean[] USUAL = new boolean[256];

    static {
        for (int c = 0; c < TOKEN.length; c++) {
            TOKEN[c] = isDigit(c) || isLetter(c) || TOKEN_MARKS.indexOf(c) >= 0;
            USUAL[c] = isDigit(c) || isLetter(c) || c == '-';
        }
    }

    private Bytes() {}

    /** A byte of a method or a field name. */
    static boolean isToken(byte b) {
        return TOKEN[b & 0xff];
    }

    /** A byte of a field name as almost all are: a letter, a digit or a hyphen. */
    static boolean isUsualInName(byte b) {
        return USUAL[b & 0xff];
    }

    /** A byte of a field value: visible, blank, tab or beyond ASCII; no control character, so neither CR, LF nor NUL. */
    static boolean isFieldText(byte b) {
        return isText(b) || b == ' ' || b == '\t';
    }

    /** A visible byte, or one beyond ASCII. */
    static boolean isText(byte b) {
        return (b & 0xff) > ' ' && b != 0x7f;
    }

    /** Whether all characters of a text, up to U+00FF each, are of a token. */
    static boolean areToken(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isToken((byte) text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** Whether all characters of a text, up to U+00FF each, are visible or beyond ASCII. */
    static boolean areText(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isText((byte) text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    static boolean areDigits(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isDigit(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    static boolean isBlank(byte b) {
        return b == ' ' || b == '\t';
    }

    static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    static boolean isLetter(int c) {
        return (c | LETTER_CASE) >= 'a' && (c | LETTER_CASE) <= 'z';
    }

    static byte lowerCase(byte b) {
        return b >= 'A' && b <= 'Z' ? (byte) (b | LETTER_CASE) : b;
    }
}

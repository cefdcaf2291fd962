package dev.resilient.loadbalancer.http;

import dev.resilient.loadbalancer.event.BalancerReason;

/**
 * The first line of a response.
 *
 * @param http11 whether it is of HTTP/1.1, else of HTTP/1.0
 * @param phrase what follows the version: the code and the reason phrase, if there is one
 */
record StatusLine(boolean http11, int status, String phrase) {
    private static final String VERSION = "HTTP/1.";
    private static final int CODE = VERSION.length() + 2;
    private static final int CODE_DIGITS = 3;
    private static final int LEAST_CODE = 100;

    /** @throws RejectedException if it is malformed, or of another version */
    static StatusLine of(MessageHead head) throws RejectedException {
        String line = head.startLine();
        int end = CODE + CODE_DIGITS;
        require(line.length() >= end && line.startsWith(VERSION) && line.charAt(CODE - 1) == ' ');
        char minor = line.charAt(VERSION.length());
        String code = line.substring(CODE, end);
        require((minor == '0' || minor == '1') && Bytes.areDigits(code));
        require(line.length() == end || line.charAt(end) == ' ');
        for (int i = end; i < line.length(); i++) {
            require(Bytes.isFieldText((byte) line.charAt(i)));
        }
        int status = Integer.parseInt(code);
        require(status >= LEAST_CODE);
        return new StatusLine(minor == '1', status, line.substring(CODE));
    }

    private static void require(boolean holds) throws RejectedException {
        if (!holds) {
            throw new RejectedException(BalancerReason.MALFORMED_RESPONSE);
        }
    }
}

package dev.resilient.cloud.fault;

import dev.resilient.wire.ServiceError;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is wrong with a service.
 *
 * @param delay how much later it answers each call, up to {@link #LONGEST_DELAY}
 * @param throttled the share of calls that it refuses as too many, in [0, 1]
 * @param failing the share of the others that fail inside it, in [0, 1]
 */
record Fault(Duration delay, double throttled, double failing) {
    static final Duration LONGEST_DELAY = Duration.ofMinutes(1);
    private static final Fault NONE = new Fault(Duration.ZERO, 0, 0);
    private static final Pattern DELAY = Pattern.compile("delay (\\d{1,6})(ms|s)");
    private static final Pattern SHARE = Pattern.compile("(throttle|error) (0(?:\\.\\d+)?|1(?:\\.0+)?)");

    /**
     * Reads, for example, {@code delay 1500ms; throttle 0.5; error 0.1}: any of these, each at most once, separated by semicolons.
     *
     * @throws ServiceError {@code ValidationException} if it is anything else
     */
    static Fault parse(String text) {
        Fault fault = NONE;
        for (String part : text.split(";", -1)) {
            fault = fault.with(part.strip(), text);
        }
        return fault;
    }

    private Fault with(String part, String text) {
        Matcher late = DELAY.matcher(part);
        if (late.matches() && delay.isZero()) {
            long amount = Long.parseLong(late.group(1));
            Duration given = late.group(2).equals("s") ? Duration.ofSeconds(amount) : Duration.ofMillis(amount);
            if (given.compareTo(LONGEST_DELAY) <= 0) {
                return new Fault(given, throttled, failing);
            }
        }
        Matcher share = SHARE.matcher(part);
        if (share.matches()) {
            double value = Double.parseDouble(share.group(2));
            if (share.group(1).equals("throttle") && throttled == 0) {
                return new Fault(delay, value, failing);
            }
            if (share.group(1).equals("error") && failing == 0) {
                return new Fault(delay, throttled, value);
            }
        }
        throw ServiceError.badRequest(
                "ValidationException",
                "The fault \"" + text
                        + "\" is not understood: it is made of \"delay 1500ms\" (at most 60s), \"throttle 0.5\""
                        + " and \"error 0.1\" (shares of calls up to 1), separated by semicolons.");
    }
}

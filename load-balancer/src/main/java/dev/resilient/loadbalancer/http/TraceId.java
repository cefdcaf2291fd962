package dev.resilient.loadbalancer.http;

import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;

/** The value of X-Amzn-Trace-Id, by which a request can be followed through services. */
public final class TraceId {
    private static final int LENGTH = 35;
    private static final int HEX_BITS = 4;
    private static final int MAXIMUM_LENGTH = 7 * 1024;

    private TraceId() {}

    /** A new id: {@code 1-<8 hex epoch seconds>-<24 hex>}. */
    public static String create(Instant now, RandomGenerator random) {
        StringBuilder id = new StringBuilder(LENGTH).append("1-");
        hex(id, now.getEpochSecond(), Integer.SIZE);
        id.append('-');
        hex(id, random.nextLong(), Long.SIZE);
        hex(id, random.nextInt(), Integer.SIZE);
        return id.toString();
    }

    private static void hex(StringBuilder to, long value, int bits) {
        for (int shift = bits - HEX_BITS; shift >= 0; shift -= HEX_BITS) {
            to.append(Character.forDigit((int) (value >>> shift) & 0xf, 16));
        }
    }

    /**
     * The value for the target: a root if the client sent none, else the client's fields with this hop's id before them.
     *
     * @param id a new one
     */
    public static String forwarded(MessageHead received, String id) {
        return forwarded(received.values("x-amzn-trace-id"), id);
    }

    static String forwarded(List<String> received, String id) {
        String value = String.join(";", received);
        if (value.isEmpty() || value.length() > MAXIMUM_LENGTH) {
            return "Root=" + id;
        }
        StringBuilder kept = new StringBuilder();
        boolean hasRoot = false;
        for (String field : value.split(";")) {
            String stripped = field.strip();
            hasRoot |= stripped.startsWith("Root=");
            if (!stripped.startsWith("Self=") && !stripped.isEmpty()) {
                kept.append(';').append(stripped);
            }
        }
        return (hasRoot ? "Self=" : "Root=") + id + kept;
    }
}

package dev.resilient.loadbalancer.http;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;

/** The value of X-Amzn-Trace-Id, by which a request can be followed through services. */
public final class TraceId {
    private static final byte[] FORM = "1-00000000-000000000000000000000000".getBytes(StandardCharsets.ISO_8859_1);
    private static final int MAXIMUM_LENGTH = 7 * 1024;

    private TraceId() {}

    /** A new id: {@code 1-<8 hex epoch seconds>-<24 hex>}. */
    public static String create(Instant now, RandomGenerator random) {
        byte[] id = FORM.clone();
        hex(id, 2, 8, now.getEpochSecond());
        hex(id, 11, 16, random.nextLong());
        hex(id, 27, 8, random.nextInt());
        return new String(id, StandardCharsets.ISO_8859_1);
    }

    private static void hex(byte[] to, int start, int digits, long value) {
        long rest = value;
        for (int i = start + digits - 1; i >= start; i--) {
            to[i] = (byte) Character.forDigit((int) (rest & 0xf), 16);
            rest >>>= 4;
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

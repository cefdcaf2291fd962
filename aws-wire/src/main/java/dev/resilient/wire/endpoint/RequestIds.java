package dev.resilient.wire.endpoint;

import java.util.HexFormat;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/** Makes the ids that responses carry. Thread-safe. */
final class RequestIds {
    private static final HexFormat UPPER = HexFormat.of().withUpperCase();
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    /** What every id of DynamoDB ends with. */
    private static final String DYNAMODB_END = "VV4KQNSO5AEMVJF66Q9ASUAAJG";

    private final long start;
    private final AtomicLong next;

    /** Draws where to start from {@code random}, and nothing later. */
    RequestIds(RandomGenerator random) {
        this.start = random.nextLong();
        this.next = new AtomicLong(random.nextLong());
    }

    /** An id that was not given out before, in the form of the service: DynamoDB's, S3's, or a UUID as of most. */
    String next(String service) {
        UUID id = next();
        return switch (service) {
            case "dynamodb" ->
                base32(id.getMostSignificantBits()) + base32(id.getLeastSignificantBits()) + DYNAMODB_END;
            case "s3" -> UPPER.toHexDigits(id.getLeastSignificantBits());
            default -> id.toString();
        };
    }

    private static String base32(long bits) {
        String digits = Long.toUnsignedString(bits, 32).toUpperCase(Locale.ROOT);
        return "0".repeat(13 - digits.length()) + digits;
    }

    private UUID next() {
        long state = next.addAndGet(GOLDEN_GAMMA);
        long high = (mix(state ^ start) & ~0xF000L) | 0x4000L;
        long low = (state & ~(3L << 62)) | (2L << 62);
        return new UUID(high, low);
    }

    private static long mix(long state) {
        long mixed = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}

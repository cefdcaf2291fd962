package dev.resilient.cloud.s3;

import static dev.resilient.wire.ServiceError.refuseIf;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A part of an object, as the {@code Range} header of RFC 9110 asks for it.
 *
 * @param first the offset of its first byte
 * @param length how many bytes it has
 */
record ByteRange(long first, long length) {
    private static final Pattern SINGLE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    /** All of an object of this size. */
    static ByteRange all(long size) {
        return new ByteRange(0, size);
    }

    /**
     * The one range that {@code header} asks for of an object of {@code size} bytes; empty if there is no such header, or it is
     * none that S3 honours: several ranges, another unit.
     *
     * @throws dev.resilient.wire.ServiceError {@code InvalidRange} if no byte of the object is in the range
     */
    static Optional<ByteRange> parse(@Nullable String header, long size) {
        Matcher range = SINGLE.matcher(header == null ? "" : header);
        if (!range.matches() || (range.group(1).isEmpty() && range.group(2).isEmpty())) {
            return Optional.empty();
        }
        if (range.group(1).isEmpty()) {
            long suffix = Math.min(Long.parseLong(range.group(2)), size);
            return Optional.of(satisfiable(size - suffix, size - 1, size));
        }
        long first = Long.parseLong(range.group(1));
        long last = range.group(2).isEmpty() ? size - 1 : Long.parseLong(range.group(2));
        if (!range.group(2).isEmpty() && last < first) {
            return Optional.empty();
        }
        return Optional.of(satisfiable(first, Math.min(last, size - 1), size));
    }

    private static ByteRange satisfiable(long first, long last, long size) {
        refuseIf(first >= size, Refusal.INVALID_RANGE);
        return new ByteRange(first, last - first + 1);
    }

    /** The {@code Content-Range} header of a response with this range of {@code size} bytes. */
    String contentRange(long size) {
        return "bytes %d-%d/%d".formatted(first, first + length - 1, size);
    }
}

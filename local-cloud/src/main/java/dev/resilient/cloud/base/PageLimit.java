package dev.resilient.cloud.base;

import java.util.function.Supplier;

/** The number of items on a page that is not exceeded while one call is answered, whatever the call asks for. */
public final class PageLimit {
    private static final ScopedValue<Integer> LIMIT = ScopedValue.newInstance();

    private PageLimit() {}

    /** Answers a call whose pages have {@code limit} items at most, at least 1. */
    public static <T> T within(int limit, Supplier<T> call) {
        return ScopedValue.where(LIMIT, limit).call(call::get);
    }

    /** The number of items on a page where {@code size} would be right. */
    public static int of(int size) {
        return LIMIT.isBound() ? Math.min(size, LIMIT.get()) : size;
    }
}

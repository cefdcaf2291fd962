package dev.resilient.cloud.store;

import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where the values of one kind outlive the process, as bytes. Thread-safe.
 */
public interface Shelf {
    /** Of a cloud that is in memory only. */
    Shelf NONE = new Shelf() {
        @Override
        public void keep(String key, Supplier<byte @Nullable []> current) {}

        @Override
        public void load(BiConsumer<String, byte[]> reader) {}
    };

    /**
     * Makes what is stored under {@code key} follow a change that has been made in memory, and returns when it would survive the
     * end of the process. Changes of one key may come in any order: what counts is what {@code current} gives, which is asked
     * while no other change of this shelf is under way.
     *
     * @param current the value now; null if there is none any more
     */
    void keep(String key, Supplier<byte @Nullable []> current);

    /** Tells of every value there is. */
    void load(BiConsumer<String, byte[]> reader);
}

package dev.resilient.cloud.store;

import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.StringDataType;
import org.jspecify.annotations.Nullable;

/**
 * The resources of a cloud by kind, in memory, and in a file too if the store has one: a change that was made is in the file
 * before whoever asked for it is answered, so that it survives the end of the process at any moment. (It is handed to the
 * operating system, and not forced to the disk: a machine that loses its power may lose the latest changes, and never more.)
 * Thread-safe.
 */
public final class ResourceStore implements AutoCloseable {
    /** A file of which less than this is in use is written anew as it is closed, by so many bytes at a time; percent. */
    private static final int FILLED = 70;

    private static final int WRITTEN_ANEW = 4 * 1024 * 1024;
    private static final int ROUNDS = 16;
    private final @Nullable MVStore file;
    private final @Nullable Hindsight hindsight;

    private ResourceStore(@Nullable MVStore file, @Nullable Hindsight hindsight) {
        this.file = file;
        this.hindsight = hindsight;
    }

    /** A store that ends with its cloud. */
    public static ResourceStore inMemory() {
        return inMemory(null);
    }

    /** A store that ends with its cloud, which can be looked at in hindsight unless that is null. */
    public static ResourceStore inMemory(@Nullable Hindsight hindsight) {
        return new ResourceStore(null, hindsight);
    }

    /**
     * A store in a file, which is made if it is not there.
     *
     * @throws IllegalStateException if the file cannot be used, or another process does
     */
    public static ResourceStore inFile(Path path) {
        return inFile(path, null);
    }

    /** Like {@link #inFile(Path)}, for a store that can be looked at in hindsight unless that is null. */
    public static ResourceStore inFile(Path path, @Nullable Hindsight hindsight) {
        try {
            MVStore opened = new MVStore.Builder()
                    .fileName(path.toString())
                    .autoCommitDisabled()
                    .open();
            opened.setRetentionTime(0);
            return new ResourceStore(opened, hindsight);
        } catch (MVStoreException unusable) {
            throw new IllegalStateException("cannot use " + path + ": " + unusable.getMessage(), unusable);
        }
    }

    /**
     * The resources of one kind, with those that are in the file already. To be asked for once per kind.
     *
     * @param kind as in {@code iam.roles}
     * @param <V> an immutable record
     */
    public <V> ResourceMap<V> map(String kind) {
        return new ResourceMap<>(shelf(kind), new Past<>(hindsight));
    }

    /** Resources of one kind that end with their cloud, in a file or not. To be asked for once per kind. */
    public <V> ResourceMap<V> passing(String kind) {
        return new ResourceMap<>(Shelf.NONE, new Past<>(hindsight));
    }

    /** Where the values of one kind are kept, for those that are not a {@link ResourceMap}. To be asked for once per kind. */
    public Shelf shelf(String kind) {
        return file == null ? Shelf.NONE : new FileShelf(file, kind);
    }

    /** Forgets everything of one kind. */
    public void drop(String kind) {
        if (file != null) {
            file.removeMap(kind);
            file.commit();
        }
    }

    /**
     * Makes the file smaller by writing anew what is in use of it. What it was asked to keep is kept already. The library's own way
     * at its closing, which moves chunks within the file, was seen to fail in an assertion.
     */
    @Override
    public void close() {
        if (file != null) {
            for (int round = 0; round < ROUNDS && file.compact(FILLED, WRITTEN_ANEW); round++) {
                file.commit();
            }
            file.close(0);
        }
    }

    /** One map of the file. */
    private static final class FileShelf implements Shelf {
        private final ReentrantLock changes = new ReentrantLock();
        private final MVStore file;
        private final MVMap<String, byte[]> values;

        FileShelf(MVStore file, String kind) {
            this.file = file;
            this.values = file.openMap(
                    kind,
                    new MVMap.Builder<String, byte[]>()
                            .keyType(StringDataType.INSTANCE)
                            .valueType(ByteArrayDataType.INSTANCE));
        }

        @Override
        public void keep(String key, Supplier<? extends @Nullable Object> current) {
            changes.lock();
            try {
                Object value = current.get();
                if (value == null) {
                    values.remove(key);
                } else {
                    values.put(key, StoredForm.write(value));
                }
                file.commit();
            } finally {
                changes.unlock();
            }
        }

        @Override
        public void load(BiConsumer<String, Object> reader) {
            values.forEach((key, bytes) -> reader.accept(key, StoredForm.read(bytes)));
        }
    }
}

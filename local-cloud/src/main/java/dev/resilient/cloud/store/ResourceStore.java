package dev.resilient.cloud.store;

import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.h2.mvstore.Cursor;
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

    /** All kinds of resources are one map of the file, since each commit writes where every map begins. */
    private static final String RESOURCES = "resources";

    private final @Nullable MVStore file;
    private final @Nullable MVMap<String, byte[]> resources;
    private final @Nullable Hindsight hindsight;

    private ResourceStore(@Nullable MVStore file, @Nullable Hindsight hindsight) {
        this.file = file;
        this.resources = file == null ? null : open(file, RESOURCES);
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
     * @param <V> an immutable record of records, or of whatever else Java can serialize, all the way down
     */
    public <V> ResourceMap<V> map(String kind) {
        Shelf shelf = file == null || resources == null ? Shelf.NONE : new FileShelf(file, resources, kind + "/");
        return new ResourceMap<>(shelf, new Past<>(hindsight));
    }

    /** Resources of one kind that end with their cloud, in a file or not. To be asked for once per kind. */
    public <V> ResourceMap<V> passing(String kind) {
        return new ResourceMap<>(Shelf.NONE, new Past<>(hindsight));
    }

    /**
     * Where the values of one kind are kept, for those that are not a {@link ResourceMap}, may be many, and can be dropped together. To
     * be asked for once per kind.
     */
    public Shelf shelf(String kind) {
        return file == null ? Shelf.NONE : new FileShelf(file, open(file, kind), "");
    }

    private static MVMap<String, byte[]> open(MVStore file, String name) {
        return file.openMap(
                name,
                new MVMap.Builder<String, byte[]>()
                        .keyType(StringDataType.INSTANCE)
                        .valueType(ByteArrayDataType.INSTANCE));
    }

    /** Forgets everything on the {@link #shelf} of this kind. */
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

    /** A part of a map of the file: the keys that begin with a prefix, which is not part of the keys of what is on the shelf. */
    private static final class FileShelf implements Shelf {
        private final ReentrantLock changes = new ReentrantLock();
        private final MVStore file;
        private final MVMap<String, byte[]> values;
        private final String prefix;

        FileShelf(MVStore file, MVMap<String, byte[]> values, String prefix) {
            this.file = file;
            this.values = values;
            this.prefix = prefix;
        }

        @Override
        public void keep(String key, Supplier<byte @Nullable []> current) {
            changes.lock();
            try {
                byte[] value = current.get();
                if (value == null) {
                    values.remove(prefix + key);
                } else {
                    values.put(prefix + key, value);
                }
                file.commit();
            } finally {
                changes.unlock();
            }
        }

        @Override
        public void load(BiConsumer<String, byte[]> reader) {
            Cursor<String, byte[]> cursor = values.cursor(prefix);
            while (cursor.hasNext() && cursor.next().startsWith(prefix)) {
                reader.accept(cursor.getKey().substring(prefix.length()), cursor.getValue());
            }
        }
    }
}

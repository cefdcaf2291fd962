package dev.resilient.cloud.store;

import java.nio.file.Path;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/**
 * The resources of a cloud by kind, in memory, and in a file too if the store has one: a change that was made is in the file
 * before whoever asked for it is answered, so that it survives the end of the process at any moment. (It is handed to the
 * operating system, and not forced to the disk: a machine that loses its power may lose the latest changes, and never more.)
 * Thread-safe.
 */
public final class ResourceStore implements AutoCloseable {
    /** All kinds of resources are one map of the file, since each commit writes where every map begins. */
    private static final String RESOURCES = "resources";

    private final @Nullable StoreFile file;
    private final @Nullable MVMap<String, byte[]> resources;
    private final @Nullable Hindsight hindsight;

    private ResourceStore(@Nullable StoreFile file, @Nullable Hindsight hindsight) {
        this.file = file;
        this.resources = file == null ? null : file.map(RESOURCES);
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
        return new ResourceStore(new StoreFile(path, RESOURCES), hindsight);
    }

    /**
     * The resources of one kind, with those that are in the file already. To be asked for once per kind.
     *
     * @param kind as in {@code iam.roles}
     * @param <V> an immutable record of records, or of whatever else Java can serialize, all the way down
     */
    public <V> ResourceMap<V> map(String kind) {
        Shelf shelf =
                file == null || resources == null ? Shelf.NONE : new FileShelf(file, RESOURCES, resources, kind + "/");
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
        return file == null ? Shelf.NONE : new FileShelf(file, kind, file.map(kind), "");
    }

    /** Forgets everything on the {@link #shelf} of this kind. */
    public void drop(String kind) {
        if (file != null) {
            file.drop(kind);
        }
    }

    @Override
    public void close() {
        if (file != null) {
            file.close();
        }
    }

    /** A part of a map of the file: the keys that begin with a prefix, which is not part of the keys of what is on the shelf. */
    private record FileShelf(StoreFile file, String name, MVMap<String, byte[]> values, String prefix)
            implements Shelf {
        @Override
        public void keep(String key, Supplier<byte @Nullable []> current) {
            file.change(name, values, prefix + key, current);
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

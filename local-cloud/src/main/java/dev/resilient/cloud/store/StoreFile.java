package dev.resilient.cloud.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.StringDataType;
import org.jspecify.annotations.Nullable;

/**
 * The file of a store, and beside it the {@link Journal} of the changes that came after the file was last written. Whatever was changed
 * is in one of them before {@link #change} returns. Thread-safe.
 */
final class StoreFile implements AutoCloseable {
    /** A file of which less than this is in use is written anew as it is closed, by so many bytes at a time; percent. */
    private static final int FILLED = 70;

    private static final int WRITTEN_ANEW = 4 * 1024 * 1024;
    private static final int ROUNDS = 16;

    private final ReentrantLock changes = new ReentrantLock();
    private final MVStore file;
    private final Journal journal;

    /**
     * The file at this path with its journal; both are made if they are not there.
     *
     * @param main the name of a map that every file has which this program has kept
     * @throws IllegalStateException if the file cannot be used, or another process does
     */
    StoreFile(Path path, String main) {
        try {
            file = new MVStore.Builder()
                    .fileName(path.toString())
                    .autoCommitDisabled()
                    .open();
        } catch (MVStoreException unusable) {
            throw new IllegalStateException("cannot use " + path + ": " + unusable.getMessage(), unusable);
        }
        if (!file.getMapNames().isEmpty() && !file.hasMap(main)) {
            file.closeImmediately();
            throw new IllegalStateException("was kept by another version of this program, in another form");
        }
        file.setRetentionTime(0);
        try {
            journal = new Journal(path.resolveSibling(path.getFileName() + ".journal"));
            journal.replay(this::redo);
            write();
        } catch (IOException | RuntimeException failure) {
            file.closeImmediately();
            throw new IllegalStateException("cannot use the journal of " + path + ": " + failure.getMessage(), failure);
        }
    }

    /** A map that is not in the file was dropped since. */
    private void redo(String name, String key, byte @Nullable [] value) {
        if (file.hasMap(name)) {
            set(open(name), key, value);
        }
    }

    private static void set(MVMap<String, byte[]> map, String key, byte @Nullable [] value) {
        if (value == null) {
            map.remove(key);
        } else {
            map.put(key, value);
        }
    }

    private MVMap<String, byte[]> open(String name) {
        return file.openMap(
                name,
                new MVMap.Builder<String, byte[]>()
                        .keyType(StringDataType.INSTANCE)
                        .valueType(ByteArrayDataType.INSTANCE));
    }

    /** The map with this name, which is in the file from now on. */
    MVMap<String, byte[]> map(String name) {
        changes.lock();
        try {
            MVMap<String, byte[]> map = open(name);
            write();
            return map;
        } finally {
            changes.unlock();
        }
    }

    /** Makes a map follow {@code current}, which is asked while no other change is under way; null is no value. */
    void change(String name, MVMap<String, byte[]> map, String key, Supplier<byte @Nullable []> current) {
        changes.lock();
        try {
            byte[] value = current.get();
            set(map, key, value);
            if (!isNoted(name, key, value)) {
                write();
            }
        } finally {
            changes.unlock();
        }
    }

    /** Whether the journal has it now; one that is long or cannot be written to makes the file be written instead. */
    private boolean isNoted(String name, String key, byte @Nullable [] value) {
        try {
            journal.append(name, key, value);
            return !journal.isLong();
        } catch (IOException full) {
            return false;
        }
    }

    /** Forgets a map. */
    void drop(String name) {
        changes.lock();
        try {
            file.removeMap(name);
            write();
        } finally {
            changes.unlock();
        }
    }

    /** Writes all changes to the file, whose journal begins anew; who ends in between finds them in both. */
    private void write() {
        file.commit();
        try {
            journal.clear();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /**
     * Makes the file smaller by writing anew what is in use of it. What it was asked to keep is kept already. The library's own way
     * at its closing, which moves chunks within the file, was seen to fail in an assertion.
     */
    @Override
    public void close() {
        changes.lock();
        try (journal) {
            write();
            for (int round = 0; round < ROUNDS && file.compact(FILLED, WRITTEN_ANEW); round++) {
                file.commit();
            }
            file.close(0);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } finally {
            changes.unlock();
        }
    }
}

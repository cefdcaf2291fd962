package dev.resilient.cloud.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The latest changes of a {@link StoreFile}, one behind the other in a file of their own: to append one takes a single call of the
 * operating system. An entry that was not written to its end, and all that follows it, was never a change. Not thread-safe.
 */
final class Journal implements AutoCloseable {
    private static final int HEAD = 2 * Integer.BYTES;
    /** Of an entry with empty names and no value. Zeros, as a machine that lost its power may leave, are none. */
    private static final int LEAST = 2 * Integer.BYTES + 1;

    private static final int ENOUGH = 4 * 1024 * 1024;

    private final Path path;
    /** A channel would be closed by the interruption of a thread that writes. */
    private final RandomAccessFile file;

    private long length;

    /** The journal at this path, which is made if it is not there. */
    Journal(Path path) throws IOException {
        this.path = path;
        this.file = new RandomAccessFile(path.toFile(), "rw");
        this.length = file.length();
        file.seek(length);
    }

    /** A change of a map: a key and its value now; null if there is none any more. */
    @FunctionalInterface
    interface Change {
        void of(String map, String key, byte @Nullable [] value);
    }

    /** Tells of every change since the last {@link #clear}, in their order. */
    void replay(Change reader) throws IOException {
        ByteBuffer all = ByteBuffer.wrap(Files.readAllBytes(path));
        while (all.remaining() >= HEAD) {
            int size = all.getInt();
            int sum = all.getInt();
            if (size < LEAST || size > all.remaining() || sum != sum(all.array(), all.position(), size)) {
                return;
            }
            String map = new String(part(all), UTF_8);
            String key = new String(part(all), UTF_8);
            reader.of(map, key, all.get() == 1 ? part(all) : null);
        }
    }

    private static byte[] part(ByteBuffer entry) {
        byte[] part = new byte[entry.getInt()];
        entry.get(part);
        return part;
    }

    /** Adds a change. */
    void append(String map, String key, byte @Nullable [] value) throws IOException {
        byte[] name = map.getBytes(UTF_8);
        byte[] id = key.getBytes(UTF_8);
        int size = LEAST + name.length + id.length + (value == null ? 0 : Integer.BYTES + value.length);
        ByteBuffer entry = ByteBuffer.allocate(HEAD + size).position(HEAD);
        entry.putInt(name.length).put(name).putInt(id.length).put(id);
        if (value == null) {
            entry.put((byte) 0);
        } else {
            entry.put((byte) 1).putInt(value.length).put(value);
        }
        entry.putInt(0, size).putInt(Integer.BYTES, sum(entry.array(), HEAD, size));
        file.write(entry.array());
        length += entry.capacity();
    }

    private static int sum(byte[] bytes, int from, int size) {
        CRC32C sum = new CRC32C();
        sum.update(bytes, from, size);
        return (int) sum.getValue();
    }

    /** Whether it is time to {@link #clear} it. */
    boolean isLong() {
        return length > ENOUGH;
    }

    /** Forgets all changes, and whatever was half written. */
    void clear() throws IOException {
        file.setLength(0);
        length = 0;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}

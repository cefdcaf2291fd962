package dev.resilient.cloud.s3;

import dev.resilient.wire.signature.Checksum;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The contents of objects, each in a file of its own that never changes. Thread-safe, as long as names are not reused. */
final class ObjectFiles {
    private final Path folder;

    /** Keeps files in {@code folder}, which is made if it is not there. */
    ObjectFiles(Path folder) {
        this.folder = folder;
        unlessDeleted(() -> Files.createDirectories(folder));
    }

    /** What {@code action} gives; empty if a file that it works on was deleted. */
    private static <T> Optional<T> unlessDeleted(Action<T> action) {
        try {
            return Optional.of(action.result());
        } catch (NoSuchFileException deleted) {
            return Optional.empty();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @FunctionalInterface
    private interface Action<T> {
        T result() throws IOException;
    }

    /** Deletes every file but these: what nobody names was left by a process that ended in between. */
    void retain(Set<String> named) {
        unlessDeleted(() -> {
                    try (Stream<Path> all = Files.list(folder)) {
                        return all.map(path -> path.getFileName().toString()).toList();
                    }
                })
                .ifPresent(all ->
                        all.stream().filter(file -> !named.contains(file)).forEach(this::delete));
    }

    /** Writes a new file. Who names it only then, never names half of one. */
    void write(String file, byte[] content) {
        Optional<Path> written =
                unlessDeleted(() -> Files.write(folder.resolve(file), content, StandardOpenOption.CREATE_NEW));
        if (written.isEmpty()) {
            throw new IllegalStateException("somebody deleted " + folder);
        }
    }

    /**
     * Makes a new file of others, one behind the other.
     *
     * @return false if one of the others was deleted; there is no file then
     */
    boolean join(String file, List<String> others) {
        Path joined = folder.resolve(file);
        boolean complete = unlessDeleted(() -> {
                    try (OutputStream out = Files.newOutputStream(joined, StandardOpenOption.CREATE_NEW)) {
                        for (String other : others) {
                            Files.copy(folder.resolve(other), out);
                        }
                    }
                    return joined;
                })
                .isPresent();
        if (!complete) {
            delete(file);
        }
        return complete;
    }

    /** The checksum of a file that is there. */
    byte[] checksum(String file, Checksum algorithm) {
        return unlessDeleted(() -> {
                    try (InputStream content = Files.newInputStream(folder.resolve(file))) {
                        return algorithm.of(content);
                    }
                })
                .orElseThrow();
    }

    /** The bytes of {@code range}; empty if the file was deleted. */
    Optional<byte[]> read(String file, ByteRange range) {
        return unlessDeleted(() -> {
            try (FileChannel channel = FileChannel.open(folder.resolve(file), StandardOpenOption.READ)) {
                ByteBuffer content = ByteBuffer.allocate(Math.toIntExact(range.length()));
                int read = 0;
                while (content.hasRemaining() && read >= 0) {
                    read = channel.read(content, range.first() + content.position());
                }
                return content.array();
            }
        });
    }

    /** Deletes a file; nothing happens if there is none. */
    void delete(String file) {
        unlessDeleted(() -> Files.deleteIfExists(folder.resolve(file)));
    }
}

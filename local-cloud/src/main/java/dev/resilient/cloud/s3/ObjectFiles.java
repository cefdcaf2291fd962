package dev.resilient.cloud.s3;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** The contents of objects, each in a file of its own that never changes. Thread-safe, as long as names are not reused. */
final class ObjectFiles {
    private final Path folder;

    /** Keeps files in {@code folder}, which is made when the first one is. */
    ObjectFiles(Path folder) {
        this.folder = folder;
    }

    /** Writes a new file; there is all of it or none. */
    void write(String file, byte[] content) {
        Path unfinished = folder.resolve(file + ".part");
        try {
            Files.createDirectories(folder);
            Files.write(unfinished, content);
            Files.move(unfinished, folder.resolve(file), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The bytes of {@code range}; empty if the file was deleted. */
    Optional<byte[]> read(String file, ByteRange range) {
        try (FileChannel channel = FileChannel.open(folder.resolve(file), StandardOpenOption.READ)) {
            ByteBuffer content = ByteBuffer.allocate(Math.toIntExact(range.length()));
            int read = 0;
            while (content.hasRemaining() && read >= 0) {
                read = channel.read(content, range.first() + content.position());
            }
            return Optional.of(content.array());
        } catch (NoSuchFileException deleted) {
            return Optional.empty();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Deletes a file; nothing happens if there is none. */
    void delete(String file) {
        try {
            Files.deleteIfExists(folder.resolve(file));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}

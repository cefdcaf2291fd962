package dev.resilient.cloud.s3;

import dev.resilient.wire.Checksum;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The contents of objects, each in a file of its own that never changes. Thread-safe, as long as names are not reused. */
final class ObjectFiles {
    private final Path folder;

    /** Keeps files in {@code folder}, which is made when the first one is. */
    ObjectFiles(Path folder) {
        this.folder = folder;
    }

    /** Deletes every file but these: what nobody names was left by a process that ended in between. */
    void retain(Set<String> named) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> all = Files.list(folder)) {
            all.map(path -> path.getFileName().toString())
                    .filter(file -> !named.contains(file))
                    .forEach(this::delete);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Writes a new file; there is all of it or none. */
    void write(String file, byte[] content) {
        create(file, out -> out.write(ByteBuffer.wrap(content)));
    }

    /**
     * Makes a new file of others, one behind the other; there is all of it or none.
     *
     * @return false if one of the others was deleted
     */
    boolean join(String file, List<String> others) {
        return create(file, out -> {
            for (String other : others) {
                try (FileChannel in = FileChannel.open(folder.resolve(other), StandardOpenOption.READ)) {
                    for (long at = 0; at < in.size(); ) {
                        at += in.transferTo(at, in.size() - at, out);
                    }
                }
            }
        });
    }

    private boolean create(String file, Content content) {
        Path unfinished = folder.resolve(file + ".part");
        try {
            Files.createDirectories(folder);
            try (FileChannel out =
                    FileChannel.open(unfinished, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                content.writeTo(out);
            }
            Files.move(unfinished, folder.resolve(file), StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (NoSuchFileException deleted) {
            delete(file + ".part");
            return false;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @FunctionalInterface
    private interface Content {
        void writeTo(FileChannel out) throws IOException;
    }

    /** The checksum of a file that is there. */
    byte[] checksum(String file, Checksum algorithm) {
        try (InputStream content = Files.newInputStream(folder.resolve(file))) {
            return algorithm.of(content);
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

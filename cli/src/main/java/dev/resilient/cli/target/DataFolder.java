package dev.resilient.cli.target;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;

/** The folder below which the command keeps everything: {@code RESILIENT_HOME}, or {@code .resilient} in the user's home. */
public final class DataFolder {
    private static final String RUN_PREFIX = "run-";

    private DataFolder() {}

    /** The folder itself; it need not exist. */
    public static Path root() {
        String configured = System.getenv("RESILIENT_HOME");
        return configured == null || configured.isBlank()
                ? Path.of(System.getProperty("user.home"), ".resilient")
                : Path.of(configured);
    }

    /** Where the background cloud lives unless the user names another folder. */
    public static Path cloud() {
        return root().resolve("cloud");
    }

    /** A new folder for one run of this process. What runs that were killed left behind goes first. */
    static Path forThisRun() {
        removeAbandonedRuns();
        return createPrivate(root().resolve(RUN_PREFIX + ProcessHandle.current().pid()));
    }

    /** Creates a folder that only this user can enter. */
    static Path createPrivate(Path folder) {
        try {
            Files.createDirectories(folder);
            if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            }
            return folder;
        } catch (IOException failure) {
            throw new EnvironmentRefused("Cannot create " + folder + ": choose a writable RESILIENT_HOME.", failure);
        }
    }

    /** Deletes a folder and all below it; one that is not there is fine. */
    static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try {
            Files.walkFileTree(folder, new Deletion());
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot delete " + folder, failure);
        }
    }

    private static void removeAbandonedRuns() {
        if (!Files.isDirectory(root())) {
            return;
        }
        try (Stream<Path> entries = Files.list(root())) {
            entries.filter(DataFolder::isAbandonedRun).forEach(DataFolder::delete);
        } catch (IOException unreadable) {
            throw new EnvironmentRefused("Cannot read " + root() + ": choose another RESILIENT_HOME.", unreadable);
        }
    }

    private static boolean isAbandonedRun(Path folder) {
        String name = folder.getFileName().toString();
        return name.matches(RUN_PREFIX + "\\d+")
                && ProcessHandle.of(Long.parseLong(name.substring(RUN_PREFIX.length())))
                        .isEmpty();
    }

    private static final class Deletion extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @org.jspecify.annotations.Nullable IOException failure)
                throws IOException {
            if (failure != null) {
                throw failure;
            }
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
        }
    }
}

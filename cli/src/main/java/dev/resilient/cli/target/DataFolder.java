package dev.resilient.cli.target;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folder below which the command keeps everything: {@code RESILIENT_HOME}, or {@code .resilient} in the user's home. */
public final class DataFolder {
    private static final Logger log = LoggerFactory.getLogger(DataFolder.class);
    private static final String RUN_PREFIX = "run-";
    /** What means nothing to a shell. */
    private static final Pattern PLAIN = Pattern.compile("[\\w./+@-]+");

    private static final String ELSEWHERE = "RESILIENT_HOME";
    private static final Pattern RUN = Pattern.compile(RUN_PREFIX + "\\d{1,18}");

    private DataFolder() {}

    /** The folder itself; it need not exist. */
    static Path root() {
        return root(System.getenv(), System.getProperty("user.home"));
    }

    static Path root(Map<String, String> environment, String userHome) {
        String configured = environment.getOrDefault("RESILIENT_HOME", "");
        Path root = configured.isBlank() ? Path.of(userHome, ".resilient") : Path.of(configured);
        return root.toAbsolutePath();
    }

    /** Where the background cloud lives unless the user names another folder. */
    public static Path cloud() {
        return root().resolve("cloud");
    }

    /** What makes {@code resilient cloud} mean this folder: nothing where it does so by itself. */
    public static String option(Path cloud) {
        return cloud.equals(cloud())
                ? ""
                : " --data " + (PLAIN.matcher(cloud.toString()).matches() ? cloud : quoted(cloud));
    }

    private static String quoted(Path path) {
        return "'" + path.toString().replace("'", "'\\''") + "'";
    }

    /**
     * A new folder for one run of this process, empty even if an earlier process had the same id. What runs that were killed left
     * behind goes first.
     */
    static Path forThisRun(Path root) {
        removeAbandonedRuns(root);
        Path folder = root.resolve(RUN_PREFIX + ProcessHandle.current().pid());
        delete(folder);
        return createPrivate(folder, ELSEWHERE);
    }

    /**
     * Creates a folder that only this user can enter.
     *
     * @param elsewhere what the user chooses another place with
     */
    static Path createPrivate(Path folder, String elsewhere) {
        try {
            Files.createDirectories(folder);
            if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            }
            return folder;
        } catch (NoSuchFileException nowhere) {
            Path parent = Path.of(nowhere.getFile()).getParent();
            throw cannotCreate(folder, elsewhere, new IOException("nothing can be made in " + parent, nowhere));
        } catch (IOException failure) {
            throw cannotCreate(folder, elsewhere, failure);
        }
    }

    private static EnvironmentRefused cannotCreate(Path folder, String elsewhere, IOException failure) {
        return EnvironmentRefused.because(
                "Cannot create " + folder + " (choose another place with " + elsewhere + ")", failure);
    }

    /** Deletes a folder and all below it; one that is not there is fine. */
    static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try {
            Files.walkFileTree(folder, new Deletion());
        } catch (IOException failure) {
            throw EnvironmentRefused.because("Cannot delete " + folder, failure);
        }
    }

    private static void removeAbandonedRuns(Path root) {
        if (!Files.isDirectory(root)) {
            return;
        }
        try (Stream<Path> entries = Files.list(root)) {
            entries.filter(DataFolder::isAbandonedRun).forEach(DataFolder::deleteNowOrLater);
        } catch (IOException unreadable) {
            throw EnvironmentRefused.because(
                    "Cannot read " + root + " (choose another place with " + ELSEWHERE + ")", unreadable);
        }
    }

    private static boolean isAbandonedRun(Path folder) {
        String name = folder.getFileName().toString();
        return RUN.matcher(name).matches()
                && ProcessHandle.of(Long.parseLong(name.substring(RUN_PREFIX.length())))
                        .isEmpty();
    }

    /** Instances of a run that was just killed may still be writing, and must not keep the next one from starting. */
    private static void deleteNowOrLater(Path folder) {
        try {
            delete(folder);
        } catch (EnvironmentRefused inUse) {
            log.info("left to the next run: {}", inUse.getMessage());
        }
    }

    /** Deletes depth first, beside others that may be deleting the same. */
    private static final class Deletion extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (failure instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw failure;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
            if (failure != null) {
                throw failure;
            }
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
        }
    }
}

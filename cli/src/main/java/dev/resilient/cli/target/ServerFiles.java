package dev.resilient.cli.target;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** The recommendation server's files, where the launcher says they are. */
public final class ServerFiles {
    private static final String JAR = "resilient.server.jar";
    private static final String CACHE = "resilient.server.aot";

    private ServerFiles() {}

    /**
     * The jar that instances download and run.
     *
     * @throws EnvironmentRefused if it is not there
     */
    public static Path jar() {
        String configured = System.getProperty(JAR);
        if (configured == null || !Files.isRegularFile(Path.of(configured))) {
            throw new EnvironmentRefused(
                    "The recommendation server's jar is not there: start resilient with its launcher, which builds"
                            + " it.");
        }
        return Path.of(configured);
    }

    /**
     * What the local cloud adds to the environment of its instances: the ahead-of-time cache that the build made for the server,
     * as the image of a machine would bring it along. The JVM passes over a cache that does not fit without a word.
     */
    static Supplier<Map<String, String>> instanceEnvironment() {
        Optional<Path> cache = cache().filter(Files::isRegularFile);
        Map<String, String> environment =
                cache.map(file -> javaOptions("-XX:AOTCache", file)).orElse(Map.of());
        return () -> environment;
    }

    /** Lets the first instance that boots record a cache, which it writes when it ends; every other one is left alone. */
    public static Supplier<Map<String, String>> trainingEnvironment() {
        AtomicBoolean first = new AtomicBoolean(true);
        return () -> first.getAndSet(false)
                ? cache().map(file -> javaOptions("-XX:AOTCacheOutput", file)).orElse(Map.of())
                : Map.of();
    }

    private static Optional<Path> cache() {
        return Optional.ofNullable(System.getProperty(CACHE)).map(Path::of);
    }

    /** Quoted, since the JVM's launcher splits the variable at spaces. */
    static Map<String, String> javaOptions(String option, Path file) {
        return Map.of("JDK_JAVA_OPTIONS", option + "=\"" + file + "\" -Xlog:aot*=off -Xlog:cds*=off");
    }
}

package dev.resilient.cli.target;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The files that the build made for instances and background clouds, where the launcher says they are. */
public final class ServerFiles {
    private static final String JAR = "resilient.server.jar";
    private static final String GUARD = "resilient.guard.jar";
    private static final String CACHE = "resilient.server.aot";
    private static final String CLOUD_CACHE = "resilient.cloud.aot";

    private ServerFiles() {}

    /**
     * The jar that instances download and run.
     *
     * @throws EnvironmentRefused if it is not there
     */
    public static Path jar() {
        return jar(JAR, "The recommendation server's");
    }

    /**
     * The jar of the guard, for instances that run one beside the server.
     *
     * @throws EnvironmentRefused if it is not there
     */
    public static Path guardJar() {
        return jar(GUARD, "The guard's");
    }

    private static Path jar(String property, String whose) {
        String configured = System.getProperty(property);
        if (configured == null || !Files.isRegularFile(Path.of(configured))) {
            throw new EnvironmentRefused(
                    whose + " jar is not there: start resilient with its launcher, which builds it.");
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

    /**
     * The options of a background cloud's JVM besides those of this one, which they come after and win against: a cache of its
     * own, since every class in the command line's would cost it memory, a young generation no larger than it needs, and one thread
     * that carries the virtual ones, since to wake a second one for each call of a client costs a quarter of the call.
     */
    static List<String> cloudOptions() {
        String cache = System.getProperty(CLOUD_CACHE);
        Stream<String> cached = cache == null || !Files.isRegularFile(Path.of(cache))
                ? Stream.of()
                : Stream.of("-XX:AOTCache=" + cache, "-Xms48m");
        return Stream.concat(cached, Stream.of("-Djdk.virtualThreadScheduler.parallelism=1"))
                .toList();
    }

    private static Optional<Path> cache() {
        return Optional.ofNullable(System.getProperty(CACHE)).map(Path::of);
    }

    /** Quoted, since the JVM's launcher splits the variable at spaces. */
    static Map<String, String> javaOptions(String option, Path file) {
        return Map.of("JDK_JAVA_OPTIONS", option + "=\"" + file + "\" -Xlog:aot*=off -Xlog:cds*=off");
    }
}

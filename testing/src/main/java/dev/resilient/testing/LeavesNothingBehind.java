package dev.resilient.testing;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test after which a child process, a listening socket or a platform thread is left that was not there before it.
 *
 * <p>Registered for every test of the project through the service loader. What is being closed gets {@link #PATIENCE} to go.
 * Listening sockets are read from Linux's {@code /proc}; elsewhere only processes and threads are checked.
 */
public final class LeavesNothingBehind implements BeforeEachCallback, AfterEachCallback {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(LeavesNothingBehind.class);

    /**
     * Threads that live as long as the JVM by design: of the JVM itself, of JUnit, and the one-per-process helpers of the
     * libraries; the one that is just asking; and Helidon's timers, which a stopped server leaves to the garbage collector.
     * None of them belongs to an object that a test could close.
     */
    private static final List<String> OF_THE_PROCESS = List.of(
            "ForkJoinPool",
            "VirtualThread-unblocker",
            "VirtualThread-unparker",
            "junit-",
            "awaitility[",
            "process reaper",
            "Cleaner-",
            "Attach Listener",
            "UrlChecker-",
            "Read-Poller",
            "Write-Poller",
            "MasterPoller",
            "idle-connection-reaper",
            "Keep-Alive-Timer",
            "helidon-http-timer",
            "helidon-idle-connection-timer",
            "globalEventExecutor",
            "surefire-",
            "HttpClient-");

    @Override
    public void beforeEach(ExtensionContext context) {
        context.getStore(NAMESPACE).put("before", Leftovers.now());
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Leftovers before = Objects.requireNonNull(context.getStore(NAMESPACE).get("before", Leftovers.class));
        await("nothing left behind by " + context.getDisplayName())
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> Leftovers.now().assertNothingSince(before));
    }

    private record Leftovers(Set<String> threads, Set<String> processes, Set<String> listeners) {

        static Leftovers now() {
            return new Leftovers(threadNames(), childProcesses(), listeningSockets());
        }

        void assertNothingSince(Leftovers before) {
            Set<String> left = new TreeSet<>();
            addNew(left, "thread ", threads, before.threads);
            addNew(left, "process ", processes, before.processes);
            addNew(left, "listener ", listeners, before.listeners);
            if (!left.isEmpty()) {
                throw new AssertionError("left behind: " + String.join(", ", left));
            }
        }

        private static void addNew(Set<String> left, String kind, Set<String> now, Set<String> before) {
            now.stream().filter(each -> !before.contains(each)).forEach(each -> left.add(kind + each));
        }

        private static Set<String> threadNames() {
            return Thread.getAllStackTraces().keySet().stream()
                    .filter(Thread::isAlive)
                    .filter(thread -> OF_THE_PROCESS.stream().noneMatch(thread.getName()::startsWith))
                    .map(thread -> thread.getName() + "#" + thread.threadId())
                    .collect(Collectors.toSet());
        }

        private static Set<String> childProcesses() {
            return ProcessHandle.current()
                    .descendants()
                    .filter(ProcessHandle::isAlive)
                    .map(process -> process.pid() + " "
                            + process.info()
                                    .commandLine()
                                    .orElse("?")
                                    .lines()
                                    .findFirst()
                                    .orElse("?"))
                    .collect(Collectors.toSet());
        }

        /** The addresses this process listens on: entries in state LISTEN whose socket is among its open files. */
        private static Set<String> listeningSockets() {
            Set<String> own = ownSockets();
            return Stream.of("/proc/self/net/tcp", "/proc/self/net/tcp6")
                    .map(Path::of)
                    .filter(Files::isReadable)
                    .flatMap(LeavesNothingBehind.Leftovers::lines)
                    .map(line -> line.trim().split("\\s+"))
                    .filter(fields ->
                            fields.length > 9 && fields[3].equals("0A") && own.contains("socket:[" + fields[9] + "]"))
                    .map(fields -> fields[1])
                    .collect(Collectors.toSet());
        }

        private static Stream<String> lines(Path file) {
            try {
                return Files.readAllLines(file).stream();
            } catch (IOException unreadable) {
                throw new IllegalStateException("cannot read " + file, unreadable);
            }
        }

        private static Set<String> ownSockets() {
            Set<String> sockets = new HashSet<>();
            Path files = Path.of("/proc/self/fd");
            if (!Files.isDirectory(files)) {
                return sockets;
            }
            try (DirectoryStream<Path> open = Files.newDirectoryStream(files)) {
                for (Path file : open) {
                    linkTarget(file, sockets);
                }
            } catch (IOException unreadable) {
                throw new IllegalStateException("cannot read " + files, unreadable);
            }
            return sockets;
        }

        private static void linkTarget(Path file, Set<String> into) {
            try {
                into.add(Files.readSymbolicLink(file).toString());
            } catch (IOException closedMeanwhile) {
                // A file that was closed between listing and reading is no listener any more.
                into.remove(file.toString());
            }
        }
    }
}

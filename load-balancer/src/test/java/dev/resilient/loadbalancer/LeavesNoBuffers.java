package dev.resilient.loadbalancer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test after which more of Netty's memory is in use than before it, or more sockets are open. The memory is counted to the
 * byte by the allocator without pools, which the build chooses for these tests; where the leak detector has seen a buffer being lost,
 * the failure says where that was. Sockets are counted where there is a {@code /proc}.
 */
public final class LeavesNoBuffers implements BeforeEachCallback, AfterEachCallback {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(LeavesNoBuffers.class);
    private static final Path OPEN_FILES = Path.of("/proc/self/fd");

    static {
        // The JDK's first socket brings one along that stays.
        try (ServerSocket first = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            assertThat(first.isBound()).isTrue();
        } catch (IOException failure) {
            throw new ExceptionInInitializerError(failure);
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        context.getStore(NAMESPACE).put("memory", memoryInUse());
        context.getStore(NAMESPACE).put("sockets", sockets());
    }

    @Override
    public void afterEach(ExtensionContext context) {
        long memory = context.getStore(NAMESPACE).getOrDefault("memory", Long.class, 0L);
        long sockets = context.getStore(NAMESPACE).getOrDefault("sockets", Long.class, 0L);
        await("buffers and sockets given back by " + context.getDisplayName())
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .untilAsserted(() -> {
                    assertThat(memoryInUse())
                            .as(() -> "bytes of Netty's memory in use, with these leaks: " + LeakDetector.leaks())
                            .isLessThanOrEqualTo(memory);
                    assertThat(sockets()).as("open sockets").isLessThanOrEqualTo(sockets);
                });
        assertThat(LeakDetector.leaks()).as("leaks").isEmpty();
    }

    /** Bytes that have been allocated for buffers and not been released, in this process. */
    static long memoryInUse() {
        var metric = UnpooledByteBufAllocator.DEFAULT.metric();
        return metric.usedDirectMemory() + metric.usedHeapMemory();
    }

    /** How many sockets this process has open; 0 where that cannot be told. */
    static long sockets() {
        if (!Files.isDirectory(OPEN_FILES)) {
            return 0;
        }
        long sockets = 0;
        try (DirectoryStream<Path> open = Files.newDirectoryStream(OPEN_FILES)) {
            for (Path file : open) {
                sockets += isSocket(file) ? 1 : 0;
            }
        } catch (IOException unreadable) {
            throw new IllegalStateException("cannot read " + OPEN_FILES, unreadable);
        }
        return sockets;
    }

    private static boolean isSocket(Path file) {
        try {
            return Files.readSymbolicLink(file).toString().startsWith("socket:");
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }
}

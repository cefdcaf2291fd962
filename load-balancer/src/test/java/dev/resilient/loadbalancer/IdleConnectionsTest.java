package dev.resilient.loadbalancer;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.resilient.loadbalancer.RawTarget.Script;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** As many connections as the limit of open files allows; both ends are in this process, so each takes two. */
class IdleConnectionsTest {
    private static final int WANTED = 10_000;
    /** Files that are open for other reasons, or will be. */
    private static final int RESERVE = 300;

    private static final int PROMPT_MILLIS = 1_000;
    private static final long LITTLE_MEMORY = 1 << 20;

    @Test
    void ten_thousand_connections_that_say_nothing_more_cost_no_buffers_and_keep_nobody_waiting() throws Exception {
        int count = Math.min(WANTED, (int) (freeFiles() - RESERVE) / 2);
        System.out.println("idle connections: " + count + " of " + WANTED);
        List<RawClient> clients = new ArrayList<>();
        try (RawTarget target = RawTarget.start(Script.body("hello"));
                Stage stage = Stage.with(target)) {
            long before = LeavesNoBuffers.memoryInUse();
            try {
                for (int i = 0; i < count; i++) {
                    RawClient client = RawClient.connect(stage.address());
                    clients.add(client);
                    // Half of them have been served and are kept; the other half has not said a word.
                    if (i % 2 == 0) {
                        client.send(Http.get()).response();
                    }
                }
                assertThat(LeavesNoBuffers.memoryInUse() - before).isLessThan(LITTLE_MEMORY);
                assertThatAnotherIsServedPromptly(stage.address());
                assertThat(clients.getFirst().send(Http.get()).response().status())
                        .isEqualTo(200);
                assertThat(clients.getLast().send(Http.get()).response().status())
                        .isEqualTo(200);
            } finally {
                for (RawClient client : clients) {
                    client.close();
                }
            }
        }
    }

    private static void assertThatAnotherIsServedPromptly(InetSocketAddress address) throws Exception {
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(PROMPT_MILLIS);
            socket.connect(address, PROMPT_MILLIS);
            socket.getOutputStream().write(Http.get().getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().read()).isEqualTo('H');
        }
    }

    private static long freeFiles() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount() - unix.getOpenFileDescriptorCount()
                : WANTED;
    }
}

package dev.resilient.loadbalancer;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

/** The check of leaks sees what it is to see: else it would find nothing whatever happened. */
class LeavesNoBuffersTest {
    @Test
    void a_buffer_in_use_is_counted() {
        long before = LeavesNoBuffers.memoryInUse();
        ByteBuf buffer = ByteBufAllocator.DEFAULT.buffer(1000);
        assertThat(LeavesNoBuffers.memoryInUse()).isGreaterThanOrEqualTo(before + 1000);
        buffer.release();
        assertThat(LeavesNoBuffers.memoryInUse()).isEqualTo(before);
    }

    @Test
    void every_buffer_is_followed_by_the_detector_that_remembers() {
        assertThat(ResourceLeakDetector.getLevel()).isEqualTo(ResourceLeakDetector.Level.PARANOID);
        assertThat(ResourceLeakDetectorFactory.instance().newResourceLeakDetector(ByteBuf.class))
                .isInstanceOf(LeakDetector.class);
    }

    @Test
    void an_open_socket_is_counted() throws Exception {
        long before = LeavesNoBuffers.sockets();
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            assertThat(socket.isBound()).isTrue();
            assertThat(LeavesNoBuffers.sockets()).isGreaterThan(before);
        }
    }
}

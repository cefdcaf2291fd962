package dev.resilient.cli.target;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortsTest {

    @Test
    void a_port_that_was_found_can_be_bound_and_is_then_passed_over() throws IOException {
        int first = Ports.forHttp();
        assertThat(first).matches(port -> port == 80 || (port >= 8080 && port < 8100));
        try (ServerSocket other = new ServerSocket()) {
            other.bind(new InetSocketAddress(InetAddress.getByName("127.31.255.254"), first));
            assertThat(Ports.forHttp()).isGreaterThan(first).isBetween(8080, 8099);
        }
    }

    @Test
    void looking_leaves_the_port_free() {
        assertThat(Ports.forHttp()).isEqualTo(Ports.forHttp());
    }
}

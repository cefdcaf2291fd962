package dev.resilient.cli.target;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortsTest {

    @Test
    void port_80_is_used_where_this_user_may_bind_it_and_8080_elsewhere() {
        assertThat(Ports.forHttp()).isEqualTo(mayBind80() ? 80 : 8080);
    }

    @Test
    void looking_leaves_the_port_free() {
        assertThat(Ports.forHttp()).isEqualTo(Ports.forHttp());
    }

    private static boolean mayBind80() {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 31, (byte) 255, 1}), 80));
            return true;
        } catch (IOException refused) {
            return false;
        }
    }
}

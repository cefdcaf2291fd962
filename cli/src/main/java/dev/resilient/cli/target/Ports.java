package dev.resilient.cli.target;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Which ports this user may listen on. */
final class Ports {
    private static final int HTTP = 80;
    private static final int HTTP_UNPRIVILEGED = 8080;

    /** Binds no one else's address: the last of the local cloud's network, which is never given to an instance. */
    private static final byte[] SPARE_ADDRESS = {127, 31, (byte) 255, (byte) 254};

    private Ports() {}

    /** 80 where ports below 1024 may be bound, else 8080. */
    static int forHttp() {
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(InetAddress.getByAddress(SPARE_ADDRESS), HTTP));
            return HTTP;
        } catch (IOException refused) {
            return HTTP_UNPRIVILEGED;
        }
    }
}

package dev.resilient.cli.target;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.stream.IntStream;

/** Which ports this user may listen on. */
final class Ports {
    private static final int HTTP = 80;
    private static final int HTTP_UNPRIVILEGED = 8080;

    /** Binds no one else's address: the last of the local cloud's network, which is never given to an instance. */
    private static final byte[] SPARE_ADDRESS = {127, 31, (byte) 255, (byte) 254};

    private Ports() {}

    /**
     * 80 where ports below 1024 may be bound, else 8080; or the next one up to 8099 that no other program has taken on all
     * addresses at once.
     *
     * @throws EnvironmentRefused if all of them are taken
     */
    static int forHttp() {
        return IntStream.concat(IntStream.of(HTTP), IntStream.range(HTTP_UNPRIVILEGED, HTTP_UNPRIVILEGED + 20))
                .filter(Ports::isFree)
                .findFirst()
                .orElseThrow(() -> new EnvironmentRefused(
                        "Other programs have taken the ports 80 and 8080 to 8099 on all addresses: end one of them."));
    }

    private static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(InetAddress.getByAddress(SPARE_ADDRESS), port));
            return true;
        } catch (IOException refused) {
            return false;
        }
    }
}

package dev.resilient.benchmarks;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Many clients that have each been answered once and stay connected, until the standard input of their process ends. */
final class IdleClients {
    private static final ByteBuffer REQUEST =
            ByteBuffer.wrap("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    private static final int LARGEST_RESPONSE = 1024;

    private IdleClients() {}

    /** @param arguments the port to connect to, the number of clients, and the length of the body that each is sent */
    public static void main(String[] arguments) throws IOException {
        InetSocketAddress address =
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0]));
        int bodyLength = Integer.parseInt(arguments[2]);
        List<SocketChannel> clients = new ArrayList<>();
        for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
            SocketChannel client = SocketChannel.open(address);
            clients.add(client);
            client.write(REQUEST.rewind());
            readResponse(client, bodyLength);
        }
        System.out.println("connected");
        int ended = System.in.read();
        for (SocketChannel client : clients) {
            client.close();
        }
        System.exit(ended < 0 ? 0 : 1);
    }

    private static void readResponse(SocketChannel client, int bodyLength) throws IOException {
        ByteBuffer response = ByteBuffer.allocate(LARGEST_RESPONSE);
        int headEnd = -1;
        while (headEnd < 0 || response.position() < headEnd + bodyLength) {
            if (client.read(response) < 0) {
                throw new EOFException("the balancer closed a connection");
            }
            String received = new String(response.array(), 0, response.position(), StandardCharsets.ISO_8859_1);
            headEnd = received.contains("\r\n\r\n") ? received.indexOf("\r\n\r\n") + 4 : -1;
        }
    }
}

package dev.resilient.loadbalancer;

import dev.resilient.loadbalancer.RequestParser.Parsed;
import dev.resilient.loadbalancer.target.Target;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A target that has every byte read by two parsers that are not the balancer's, and answers each request that is complete. */
final class ParsingTarget implements AutoCloseable {
    private static final String CHECK = "GET /";
    private final ServerSocket server;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> disagreements = new CopyOnWriteArrayList<>();

    private ParsingTarget(ServerSocket server) {
        this.server = server;
    }

    static ParsingTarget start() throws IOException {
        ParsingTarget target = new ParsingTarget(new ServerSocket(0, 100, InetAddress.ofLiteral("127.0.0.1")));
        Thread.ofVirtual().start(target::accept);
        return target;
    }

    Target as(String id) {
        return new Target(id, "zone-a", (InetSocketAddress) server.getLocalSocketAddress());
    }

    /** The complete requests since this was asked the last time: method and request target. */
    List<String> takeRequests() {
        List<String> taken = List.copyOf(requests);
        requests.clear();
        return taken;
    }

    /** What the two did not read alike, or not as a request at all. */
    List<String> disagreements() {
        return disagreements;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                sockets.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        NettyRequestParser second = new NettyRequestParser();
        try (socket) {
            socket.setTcpNoDelay(true);
            serve(socket, new JettyRequestParser(), second);
        } catch (IOException gone) {
            sockets.remove(socket);
        } finally {
            sockets.remove(socket);
            second.close();
        }
    }

    private void serve(Socket socket, RequestParser first, RequestParser second) throws IOException {
        byte[] block = new byte[1 << 16];
        int answered = 0;
        for (int count = socket.getInputStream().read(block);
                count >= 0;
                count = socket.getInputStream().read(block)) {
            byte[] bytes = Arrays.copyOf(block, count);
            first.feed(bytes);
            second.feed(bytes);
            if (!first.requests().equals(second.requests()) || first.isMalformed() || second.isMalformed()) {
                disagreements.add("%s%s and %s%s on %s"
                        .formatted(
                                first.requests(),
                                first.isMalformed() ? " malformed" : "",
                                second.requests(),
                                second.isMalformed() ? " malformed" : "",
                                new String(bytes, StandardCharsets.ISO_8859_1)));
                return;
            }
            for (; answered < first.requests().size(); answered++) {
                answer(first.requests().get(answered), socket);
            }
        }
    }

    private void answer(Parsed request, Socket socket) throws IOException {
        if (!request.line().equals(CHECK)) {
            requests.add(request.line());
        }
        String target = request.line().substring(request.line().indexOf(' ') + 1);
        String response = Http.head("HTTP/1.1 200 OK", "X-Target: " + target, "Content-Length: 0");
        socket.getOutputStream().write(response.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}

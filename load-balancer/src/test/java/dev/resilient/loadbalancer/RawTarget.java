package dev.resilient.loadbalancer;

import dev.resilient.loadbalancer.target.Target;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A target that reads bytes and answers with what its script writes. Health checks, known by their user agent, are answered apart,
 * with a status that can be changed, and are not among the requests.
 */
final class RawTarget implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 20;
    private final ServerSocket server;
    private final Script script;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final BlockingQueue<String> requests = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> checks = new LinkedBlockingQueue<>();
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile Script check = Script.status(200);

    private RawTarget(ServerSocket server, Script script) {
        this.server = server;
        this.script = script;
    }

    static RawTarget start(Script script) throws IOException {
        return start("127.0.0.1", script);
    }

    static RawTarget start(String address, Script script) throws IOException {
        RawTarget target = new RawTarget(new ServerSocket(0, 100, InetAddress.ofLiteral(address)), script);
        Thread.ofVirtual().start(target::accept);
        return target;
    }

    Target as(String id) {
        return as(id, "zone-a");
    }

    Target as(String id, String zone) {
        return new Target(id, zone, (InetSocketAddress) server.getLocalSocketAddress());
    }

    int port() {
        return server.getLocalPort();
    }

    /** Answers health checks with another status from now on. */
    void answerChecksWith(Script newCheck) {
        check = newCheck;
    }

    /** The next request's head and as much of its body as the script did not read itself. */
    String request() throws InterruptedException {
        return taken(requests, "request");
    }

    String healthCheck() throws InterruptedException {
        return taken(checks, "health check");
    }

    int requestsSoFar() {
        return requests.size();
    }

    /** How many connections were made, health checks included. */
    int connections() {
        return connections.get();
    }

    private static String taken(BlockingQueue<String> queue, String what) throws InterruptedException {
        String taken = queue.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (taken == null) {
            throw new AssertionError("no " + what + " within " + PATIENCE_SECONDS + " s");
        }
        return taken;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                sockets.add(socket);
                connections.incrementAndGet();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            Connection connection = new Connection(socket);
            for (String head = connection.head(); !head.isEmpty(); head = connection.head()) {
                boolean isCheck = head.contains("User-Agent: ELB-HealthChecker/2.0");
                (isCheck ? checks : requests).add(head);
                (isCheck ? check : script).answer(head, connection);
            }
        } catch (IOException gone) {
            // The balancer, or the end of the test, closed the connection.
            sockets.remove(socket);
        } catch (InterruptedException | RuntimeException failure) {
            failures.add(failure);
        } finally {
            sockets.remove(socket);
        }
    }

    /** Refuses new connections from now on. */
    void stopListening() throws IOException {
        server.close();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
        if (!failures.isEmpty()) {
            throw new AssertionError("a script failed", failures.getFirst());
        }
    }

    /** What is done with a request whose head has been read. */
    interface Script {
        void answer(String head, Connection connection) throws IOException, InterruptedException;

        static Script bytes(String response) {
            return (head, connection) -> connection.write(response);
        }

        static Script status(int status) {
            return bytes("HTTP/1.1 " + status + " Whatever\r\nContent-Length: 0\r\n\r\n");
        }

        static Script body(String body) {
            return bytes("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
        }
    }

    /** The target's end of a connection. */
    record Connection(Socket socket) {

        /** Bytes up to and including an empty line; empty at the end of the connection. */
        String head() throws IOException {
            StringBuilder head = new StringBuilder();
            InputStream in = socket.getInputStream();
            while (!Http.endsHead(head)) {
                int b = in.read();
                if (b < 0) {
                    return "";
                }
                head.append((char) b);
            }
            return head.toString();
        }

        String read(int count) throws IOException {
            return new String(socket.getInputStream().readNBytes(count), StandardCharsets.ISO_8859_1);
        }

        void write(String bytes) throws IOException {
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
        }

        /** Sends no more, and goes on receiving. */
        void finish() throws IOException {
            socket.shutdownOutput();
        }

        void close() throws IOException {
            socket.close();
        }

        void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }
    }
}

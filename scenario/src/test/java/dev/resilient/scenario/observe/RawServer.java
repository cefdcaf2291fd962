package dev.resilient.scenario.observe;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that sends exactly the bytes it was told to, for each connection in turn and each request on it. */
final class RawServer implements AutoCloseable {
    /** In place of an answer: close the connection. */
    static final String CLOSE = "";

    /** In place of an answer: say nothing, and keep the connection open. */
    static final String SILENCE = "silence";

    private final ServerSocket listener;
    private final Deque<List<String>> script;
    private final AtomicInteger connections = new AtomicInteger();
    private final ConcurrentLinkedQueue<String> requests = new ConcurrentLinkedQueue<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<Socket> open = new ArrayList<>();
    private final Thread thread;

    /** Each element is a connection's answers; a connection is closed after its last one. */
    RawServer(List<List<String>> connections) throws IOException {
        this.script = new ArrayDeque<>(connections);
        this.listener = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
        this.thread = Thread.ofVirtual().start(this::serve);
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    int connections() {
        return connections.get();
    }

    /** The head of every request, lines separated by "\n". */
    List<String> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        listener.close();
        thread.interrupt();
    }

    private void serve() {
        try {
            while (!script.isEmpty()) {
                Socket socket = listener.accept();
                open.add(socket);
                connections.incrementAndGet();
                serve(socket, script.removeFirst());
            }
        } catch (IOException failure) {
            if (closed.getCount() > 0) {
                throw new UncheckedIOException(failure);
            }
        } catch (InterruptedException _) {
            // Closed while it kept silence.
            closed.countDown();
        } finally {
            open.forEach(RawServer::close);
        }
    }

    private void serve(Socket socket, List<String> answers) throws IOException, InterruptedException {
        var reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        for (String answer : answers) {
            readHead(reader);
            if (answer.equals(SILENCE)) {
                closed.await();
            }
            socket.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
        }
        socket.close();
    }

    private void readHead(BufferedReader reader) throws IOException {
        var head = new StringBuilder();
        for (String line = reader.readLine(); line != null && !line.isEmpty(); line = reader.readLine()) {
            head.append(line).append('\n');
        }
        requests.add(head.toString());
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}

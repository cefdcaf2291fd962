package dev.resilient.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A service on loopback that answers as a test says, each connection on a thread of its own. */
final class Service implements AutoCloseable {
    static final String OK = "HTTP/1.1 200 OK\r\nServer: test\r\nContent-Length: 2\r\n\r\nhi";

    private final ServerSocket socket;
    private final Behaviour behaviour;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicInteger requests = new AtomicInteger();
    private final Thread acceptor;

    Service(Behaviour behaviour) {
        this.behaviour = behaviour;
        try {
            this.socket = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        this.acceptor = Thread.ofVirtual().start(this::accept);
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/path?a=b");
    }

    /** How many connections there have been. */
    int accepted() {
        return accepted.get();
    }

    /** How many requests have arrived. */
    int requests() {
        return requests.get();
    }

    @Override
    public void close() throws IOException {
        breakOff();
    }

    /** Ends every connection, and accepts no more. */
    void breakOff() throws IOException {
        socket.close();
        awaitAcceptor();
        for (Socket connection : connections) {
            connection.close();
        }
    }

    /** A socket on which somebody waits listens until he has stopped waiting. */
    private void awaitAcceptor() {
        try {
            acceptor.join();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket connection = socket.accept();
                accepted.incrementAndGet();
                connections.add(connection);
                Thread.ofVirtual().start(() -> serve(connection));
            }
        } catch (SocketException closed) {
            assert socket.isClosed() : closed;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            var in = new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII));
            for (int number = 0; readHead(in); number++) {
                requests.incrementAndGet();
                String answer = behaviour.answer(number);
                if (answer.isEmpty()) {
                    return;
                }
                connection.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException | InterruptedException ended) {
            assert !connection.isConnected() || connection.isClosed() : ended;
        }
    }

    private static boolean readHead(BufferedReader in) throws IOException {
        String line = in.readLine();
        while (line != null && !line.isEmpty()) {
            line = in.readLine();
        }
        return line != null;
    }

    /** What to answer. */
    interface Behaviour {
        /** The answer to the request of this number, from 0, on its connection; nothing closes the connection. */
        String answer(int number) throws InterruptedException;
    }
}

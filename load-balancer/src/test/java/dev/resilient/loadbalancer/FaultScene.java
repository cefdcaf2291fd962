package dev.resilient.loadbalancer;

import dev.resilient.loadbalancer.FaultCell.Fault;
import dev.resilient.loadbalancer.FaultCell.Message;
import dev.resilient.loadbalancer.FaultCell.Part;
import dev.resilient.loadbalancer.FaultCell.Side;
import dev.resilient.loadbalancer.RawTarget.Connection;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;

/** Plays one cell of the fault matrix on real sockets: a client, a target, one of which fails, and the balancer between them. */
final class FaultScene extends FaultStage {
    private static final String ILLEGAL = "\0\r\n\r\n";
    private static final String LARGE = "1000000000";
    private static final String LARGE_CHUNK = "3b9aca00\r\n";
    private final FaultCell cell;
    /** The target has read the first half of the request's body, or all of a request without one. */
    private final CountDownLatch heard = new CountDownLatch(1);
    /** The client has received what it is to receive before the fault, or has committed the fault. */
    private final CountDownLatch ready = new CountDownLatch(1);

    FaultScene(FaultCell cell, FaultOutcome expected) throws IOException {
        super(expected, cell.isTimed());
        this.cell = cell;
    }

    @Override
    void play() throws Exception {
        boolean sends = cell.message() == Message.REQUEST;
        switch (cell.side()) {
            case CLIENT -> {
                if (sends) {
                    failToSend();
                } else {
                    failToReceive();
                }
            }
            case TARGET -> {
                if (sends) {
                    sendToFailing();
                } else {
                    receiveFromFailing();
                }
            }
        }
    }

    @Override
    void answer(Connection connection) throws IOException, InterruptedException {
        boolean request = cell.message() == Message.REQUEST;
        if (cell.side() == Side.TARGET) {
            if (request) {
                connection.read(
                        cell.fault() == Fault.STALL ? 0 : cell.part().half().length());
            } else {
                beginToAnswer(connection);
            }
            fail(connection);
        } else if (request) {
            hear(connection);
        } else {
            tell(connection);
        }
    }

    // The client.

    private void failToSend() throws Exception {
        boolean idle = cell.fault() == Fault.IDLE;
        if (cell.part() == Part.HEAD) {
            client().send(idle ? "" : "GET / HT");
        } else {
            client().send(requestHead(cell.part().field())
                    + (idle ? "" : cell.part().half()));
            if (!idle) {
                pass(heard);
            }
        }
        strike();
    }

    private void failToReceive() throws Exception {
        client().send(get());
        if (cell.part() == Part.HEAD) {
            pass(heard);
        } else if (!cell.isTimed()) {
            client().await(cell.part().half());
        }
        strike();
        ready.countDown();
    }

    private void strike() throws IOException {
        switch (cell.fault()) {
            case CLOSE -> client().close();
            case RESET -> client().reset();
            case ILLEGAL -> client().send(ILLEGAL);
            case STALL, IDLE -> {
                // Does nothing.
            }
        }
    }

    private void sendToFailing() throws IOException {
        if (cell.fault() == Fault.STALL) {
            boolean chunked = cell.part() == Part.CHUNKED;
            client().send(
                            chunked
                                    ? requestHead(cell.part().field()) + LARGE_CHUNK
                                    : requestHead("Content-Length: " + LARGE));
            Thread.ofVirtual().start(() -> client().flood("x"));
        } else {
            client().send(requestHead(cell.part().field()) + cell.part().half());
        }
    }

    private void receiveFromFailing() throws IOException {
        client().send(get());
        if (cell.part() != Part.HEAD) {
            client().await(cell.fault() == Fault.IDLE ? "\r\n\r\n" : cell.part().half());
        }
        ready.countDown();
    }

    private static String requestHead(String field) {
        return Http.head("POST / HTTP/1.1", "Host: a", field);
    }

    private String get() {
        return Http.head("GET / HTTP/1." + (cell.part() == Part.UNTIL_CLOSE ? "0" : "1"), "Host: a");
    }

    // The target.

    /** Reads a request that does not come whole. */
    private void hear(Connection connection) throws IOException {
        connection.read(cell.part().half().length());
        heard.countDown();
        String rest = cell.part().rest();
        if (connection.read(rest.length()).length() == rest.length()) {
            connection.write(OK);
        }
        watch(connection);
    }

    /** Answers a client that does not do its part. */
    private void tell(Connection connection) throws IOException, InterruptedException {
        heard.countDown();
        if (cell.fault() == Fault.STALL) {
            flood(connection);
            return;
        }
        boolean body = cell.part() != Part.HEAD;
        if (body) {
            connection.write(responseHead() + cell.part().half());
        }
        pass(ready);
        if (cell.fault() == Fault.ILLEGAL || cell.fault() == Fault.IDLE) {
            connection.write(body ? cell.part().rest() : OK);
            if (cell.part() == Part.UNTIL_CLOSE) {
                leave(connection);
                return;
            }
        }
        watch(connection);
    }

    private void flood(Connection connection) throws IOException {
        switch (cell.part()) {
            case HEAD -> throw new IllegalStateException("no cell for this");
            case LENGTH -> connection.write(Http.head("HTTP/1.1 200 OK", "Content-Length: " + LARGE));
            case CHUNKED -> connection.write(responseHead() + LARGE_CHUNK);
            case UNTIL_CLOSE -> connection.write(responseHead());
        }
        String block = "x".repeat(1 << 16);
        while (true) {
            connection.write(block);
        }
    }

    private void beginToAnswer(Connection connection) throws IOException, InterruptedException {
        boolean idle = cell.fault() == Fault.IDLE;
        if (cell.part() == Part.HEAD) {
            connection.write(idle ? "" : "HTTP/1.1 200 OK\r\nX");
        } else {
            connection.write(responseHead() + (idle ? "" : cell.part().half()));
            pass(ready);
        }
    }

    private void fail(Connection connection) throws IOException, InterruptedException {
        switch (cell.fault()) {
            case CLOSE -> leave(connection);
            case RESET -> {
                connection.reset();
                left();
            }
            case ILLEGAL -> {
                connection.write(ILLEGAL);
                watch(connection);
            }
            case STALL, IDLE -> {
                if (cell.message() == Message.REQUEST) {
                    passEnd();
                    drain(connection);
                } else {
                    watch(connection);
                }
            }
        }
    }

    private String responseHead() {
        return Http.head("HTTP/1.1 200 OK", cell.part().field());
    }
}

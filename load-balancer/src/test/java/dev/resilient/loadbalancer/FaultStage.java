package dev.resilient.loadbalancer;

import dev.resilient.loadbalancer.RawTarget.Connection;
import dev.resilient.loadbalancer.event.Exchange;
import dev.resilient.loadbalancer.target.TargetGroupSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** A client, a balancer and a target, and what each of them sees when one of them fails. */
abstract class FaultStage implements AutoCloseable {
    static final String OK = Http.head("HTTP/1.1 200 OK", "Content-Length: 0");
    static final String PROBE = Http.head("GET /probe HTTP/1.1", "Host: a");
    private static final Duration IDLE = Duration.ofMillis(400);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private final FaultOutcome expected;
    private final CompletableFuture<String> targetView = new CompletableFuture<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final RawTarget target;
    private final Stage stage;
    private final FaultClient client;
    private volatile boolean reached;

    /** @param timed whether the idle timeout is to be short */
    FaultStage(FaultOutcome expected, boolean timed) throws IOException {
        this(expected, builder -> builder.idleTimeout(timed ? IDLE : PATIENCE), Stage.QUICK);
    }

    FaultStage(FaultOutcome expected, UnaryOperator<LoadBalancer.Builder> options, TargetGroupSettings settings)
            throws IOException {
        this.expected = expected;
        this.target = RawTarget.start(this::serve);
        // One worker, so that every request finds the connection that the one before it has left.
        this.stage = Stage.with(builder -> options.apply(builder.workerThreads(1)), settings, target);
        this.client = FaultClient.connect(stage.address());
    }

    /** What the client does. */
    abstract void play() throws Exception;

    /** Makes the stage fit for the probes, after the fault. */
    void restore() throws Exception {
        // Most faults leave it fit.
    }

    /** What the target does with the request whose head it has read. */
    abstract void answer(Connection connection) throws IOException, InterruptedException;

    FaultClient client() {
        return client;
    }

    Stage stage() {
        return stage;
    }

    RawTarget target() {
        return target;
    }

    FaultOutcome expected() {
        return expected;
    }

    /** Plays, and tells what everybody has seen. A new client is served in the end, whatever has happened. */
    FaultOutcome outcome() throws Exception {
        play();
        List<Exchange> exchanges = new ArrayList<>();
        for (int i = 0; i < expected.exchanges(); i++) {
            exchanges.add(stage.exchange());
        }
        ended.countDown();
        restore();
        String clientView = client.view(expected, PROBE);
        stage.balancer().setSettings(stage.balancer().settings().withIdleTimeout(PATIENCE));
        String seenByTarget = expected.keepsTarget() ? "" : targetView();
        probeAsAnother();
        seenByTarget = expected.keepsTarget() ? targetView() : seenByTarget;
        return new FaultOutcome(clientView, seenByTarget, FaultOutcome.recorded(exchanges));
    }

    /** Where the probe of another client goes. */
    InetSocketAddress probedAddress() {
        return stage.address();
    }

    /** Requests are answered that come after all this. */
    void probeAsAnother() throws Exception {
        try (FaultClient another = FaultClient.connect(probedAddress())) {
            another.send(PROBE);
            another.await("\r\n\r\n");
        }
        for (int i = expected.keepsClient() ? 0 : 1; i < 2; i++) {
            Exchange probe = stage.exchange();
            if (!probe.uri().equals("/probe") || probe.status() != 200) {
                throw new AssertionError("instead of a probe's: " + probe);
            }
        }
    }

    private String targetView() throws Exception {
        boolean untouched = expected.target().equals("not reached");
        return untouched && !reached ? "not reached" : targetView.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private void serve(String head, Connection connection) throws IOException, InterruptedException {
        if (head.startsWith("GET /probe ")) {
            connection.write(OK);
            return;
        }
        reached = true;
        try {
            answer(connection);
        } catch (IOException gone) {
            targetView.complete("ended");
            throw gone;
        }
    }

    /** Waits for what becomes of the connection. */
    void watch(Connection connection) throws IOException {
        String next = connection.head();
        if (next.isEmpty()) {
            targetView.complete("ended");
        } else {
            connection.write(OK);
            targetView.complete(next.startsWith("GET /probe ") ? "kept" : "reached again");
        }
    }

    /** Reads on, for as long as there is something. */
    void drain(Connection connection) throws IOException {
        connection.socket().getInputStream().transferTo(OutputStream.nullOutputStream());
        targetView.complete("ended");
    }

    void leave(Connection connection) throws IOException {
        connection.close();
        left();
    }

    void left() {
        targetView.complete("left");
    }

    /** Waits until the balancer has ended the request. */
    void passEnd() throws InterruptedException {
        pass(ended);
    }

    static void pass(CountDownLatch gate) throws InterruptedException {
        if (!gate.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("a gate was not opened within " + PATIENCE);
        }
    }

    @Override
    public void close() throws IOException {
        client.close();
        stage.close();
        target.close();
    }
}

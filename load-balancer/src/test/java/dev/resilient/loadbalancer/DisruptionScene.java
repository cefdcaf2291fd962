package dev.resilient.loadbalancer;

import dev.resilient.loadbalancer.RawTarget.Connection;
import dev.resilient.loadbalancer.target.Target;
import dev.resilient.loadbalancer.target.TargetState;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Plays one disruption on real sockets. */
final class DisruptionScene extends FaultStage {
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
    private final Disruption disruption;
    private final CountDownLatch toPlay = new CountDownLatch(1);
    private final CountDownLatch toTarget = new CountDownLatch(1);
    private final AtomicInteger requests = new AtomicInteger();
    private final List<AutoCloseable> more = new ArrayList<>();
    /** Outlives the first listener, and keeps the target group in use. */
    private final Listener second;

    DisruptionScene(Disruption disruption) throws IOException {
        super(
                disruption.expected(),
                builder -> builder.connectTimeout(SHORT),
                Stage.QUICK.withDeregistrationDelay(SHORT));
        this.disruption = disruption;
        this.second = stage().balancer().listen(ANY_PORT, new Action.Forward(stage().group()));
    }

    @Override
    void play() throws Exception {
        disruption.play(this);
    }

    @Override
    void answer(Connection connection) throws IOException, InterruptedException {
        requests.incrementAndGet();
        try {
            disruption.answer(this, connection);
        } catch (IOException | InterruptedException | RuntimeException failure) {
            throw failure;
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    @Override
    void restore() throws Exception {
        if (!disruption.closesBalancer()) {
            disruption.restore(this);
        }
    }

    @Override
    InetSocketAddress probedAddress() {
        return second.address();
    }

    @Override
    void probeAsAnother() throws Exception {
        if (!disruption.closesBalancer()) {
            super.probeAsAnother();
        }
    }

    // For the play.

    void sendRequest() throws IOException {
        client().send(Http.get());
    }

    void exchangeRequest() throws IOException {
        sendRequest();
        client().await("\r\n\r\n");
    }

    void awaitHalfAResponse() throws IOException {
        client().await("hello");
    }

    /** The balancer has read all that was sent before: there is one loop, and it has answered what was sent afterwards. */
    void settle() throws Exception {
        try (FaultClient another = FaultClient.connect(second.address())) {
            another.send(PROBE);
            another.await("\r\n\r\n");
            another.send(PROBE);
            another.await("\r\n\r\nHTTP/1.1 200 OK\r\n");
        }
        stage().exchange();
        stage().exchange();
    }

    void deregister() {
        stage().group().deregister(List.of(target().as("i-0")));
    }

    /** Sends the next requests there instead. */
    void divertTo(InetSocketAddress address) {
        deregister();
        stage().group().register(List.of(new Target("i-1", "zone-a", address)));
    }

    /** An address that refuses connections, and that nobody else is given meanwhile. */
    InetSocketAddress refusing() throws IOException {
        Socket bound = new Socket();
        more.add(bound);
        bound.bind(ANY_PORT);
        return (InetSocketAddress) bound.getLocalSocketAddress();
    }

    /** An address where connections are not even refused, since nobody accepts those that wait already. */
    InetSocketAddress stalling() throws IOException {
        ServerSocket server = new ServerSocket(0, 1, ANY_PORT.getAddress());
        more.add(server);
        InetSocketAddress address = (InetSocketAddress) server.getLocalSocketAddress();
        try {
            while (true) {
                Socket waiting = new Socket();
                more.add(waiting);
                waiting.connect(address, (int) SHORT.toMillis());
            }
        } catch (SocketTimeoutException full) {
            return address;
        }
    }

    void restoreStage() throws IOException {
        stage().group().register(List.of(target().as("i-0")));
        stage().group().deregister(List.of(target().as("i-1")));
        stage().awaitSome(TargetState.HEALTHY);
    }

    void replaceTarget() throws IOException {
        RawTarget another = RawTarget.start(RawTarget.Script.bytes(OK));
        more.add(another);
        divertTo(another.as("i-1").address());
        stage().awaitSome(TargetState.HEALTHY);
    }

    // Between the play and the target.

    boolean isFirst() {
        return requests.get() == 1;
    }

    void tellPlay() {
        toPlay.countDown();
    }

    void awaitTarget() throws InterruptedException {
        pass(toPlay);
    }

    void tellTarget() {
        toTarget.countDown();
    }

    void awaitPlay() throws InterruptedException {
        pass(toTarget);
    }

    @Override
    public void close() throws IOException {
        super.close();
        for (AutoCloseable each : more) {
            try {
                each.close();
            } catch (Exception failure) {
                throw new IOException(failure);
            }
        }
    }
}

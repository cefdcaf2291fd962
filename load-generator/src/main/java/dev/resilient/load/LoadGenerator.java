package dev.resilient.load;

import dev.resilient.time.TimeSource;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends requests at a constant rate from its construction until {@link #stop}. Thread-safe.
 *
 * <p>Request number n is due n intervals after the start, whatever became of those before. It goes over a connection that is free,
 * or a new one, up to the allowed number of them; connections are kept alive.
 */
public final class LoadGenerator implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LoadGenerator.class);
    private static final long FORCED_AFTER_SECONDS = 10;

    private final MultiThreadIoEventLoopGroup loops;
    private final Tally tally = new Tally();
    private final ByteBuf head;
    private final List<Sender> senders = new ArrayList<>();

    /**
     * Starts to send; the first request is due now.
     *
     * @param listener is given every finished request, on the thread that finished it: it must be thread-safe if there are several
     *     threads, and return quickly
     */
    public LoadGenerator(Load load, TimeSource time, Consumer<? super Sample> listener) {
        this.loops =
                new MultiThreadIoEventLoopGroup(load.threads(), new DefaultThreadFactory("load-generator"), handlers());
        this.head = head(load.target());
        Bootstrap bootstrap = new Bootstrap().channel(channel()).option(ChannelOption.TCP_NODELAY, true);
        var plan = new Sender.Plan(load, time, tally, sample -> tell(listener, sample), head);
        double interval = TimeUnit.SECONDS.toNanos(1) / load.requestsPerSecond();
        long start = time.nanoTime();
        for (int i = 0; i < load.threads(); i++) {
            int connections = load.connections() / load.threads() + (i < load.connections() % load.threads() ? 1 : 0);
            var share = new Sender.Share(start + (long) (i * interval), interval * load.threads(), connections);
            senders.add(new Sender((EventLoop) loops.next(), bootstrap, share, plan));
        }
        senders.forEach(Sender::start);
    }

    /** How the generator itself does so far. */
    public LoadFigures figures() {
        return tally.figures();
    }

    /** Begins no more requests, and waits until every one that was begun has ended, which its patience bounds. */
    public void stop() {
        CompletableFuture.allOf(senders.stream().map(Sender::stop).toArray(CompletableFuture<?>[]::new))
                .join();
    }

    /** Ends at once, and waits until its threads are gone. Requests that this cuts off are not told of. */
    @Override
    public void close() {
        loops.shutdownGracefully(0, FORCED_AFTER_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
        head.release();
    }

    private static void tell(Consumer<? super Sample> listener, Sample sample) {
        try {
            listener.accept(sample);
        } catch (RuntimeException failure) {
            log.error("the listener failed on {}", sample, failure);
        }
    }

    private static ByteBuf head(URI target) {
        String path = target.getRawPath() == null || target.getRawPath().isEmpty() ? "/" : target.getRawPath();
        String query = target.getRawQuery() == null ? "" : "?" + target.getRawQuery();
        String text = "GET " + path + query + " HTTP/1.1\r\nHost: " + target.getRawAuthority()
                + "\r\nUser-Agent: resilient-load\r\nAccept: */*\r\n\r\n";
        return Unpooled.directBuffer().writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static IoHandlerFactory handlers() {
        return Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    }

    private static Class<? extends Channel> channel() {
        return Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class;
    }
}

package dev.resilient.loadbalancer.io;

import dev.resilient.loadbalancer.event.BalancerEvent;
import dev.resilient.loadbalancer.settings.LoadBalancerSettings;
import dev.resilient.time.TimeSource;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Promise;
import io.netty.util.concurrent.ScheduledFuture;
import io.netty.util.internal.SystemPropertyUtil;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The event loops of a load balancer, and what all that runs on them shares. Thread-safe. */
public final class Workers {
    private static final Logger log = LoggerFactory.getLogger(Workers.class);
    private static final int BACKLOG = 1024;
    /** Cheaper than Netty's adaptive default where, as here, each loop allocates and releases its own. */
    private static final ByteBufAllocator BUFFERS = SystemPropertyUtil.contains("io.netty.allocator.type")
            ? ByteBufAllocator.DEFAULT
            : PooledByteBufAllocator.DEFAULT;

    private static final Duration FORCED_AFTER = Duration.ofSeconds(10);
    private final BalancerOptions options;
    private volatile LoadBalancerSettings settings;
    private final Transport transport = Transport.best();
    private final MultiThreadIoEventLoopGroup group;
    private final ChannelGroup channels;

    public Workers(BalancerOptions options) {
        this.options = options;
        this.settings = options.settings();
        this.group = new MultiThreadIoEventLoopGroup(
                options.workerThreads(), new DefaultThreadFactory("load-balancer"), transport.handlers());
        this.channels = new DefaultChannelGroup(group.next(), true);
    }

    public TimeSource time() {
        return options.time();
    }

    public RandomGenerator random() {
        return options.random();
    }

    /** The settings of this moment. */
    public LoadBalancerSettings settings() {
        return settings;
    }

    public void setSettings(LoadBalancerSettings newSettings) {
        settings = newSettings;
    }

    public Duration connectTimeout() {
        return options.connectTimeout();
    }

    /** The loops in turn. */
    public EventLoop next() {
        return group.next();
    }

    /** All loops. */
    public List<EventLoop> loops() {
        List<EventLoop> loops = new ArrayList<>();
        group.forEach(executor -> loops.add((EventLoop) executor));
        return loops;
    }

    /** Runs a task on a loop; nothing happens if the load balancer has been closed. */
    public void execute(EventLoop loop, Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException closed) {
            log.debug("closed before {}", task, closed);
        }
    }

    /** Runs a task after a delay, unless the load balancer is closed before. */
    public void after(Duration delay, Runnable task) {
        EventLoop loop = next();
        execute(loop, () -> Channels.later(loop, task, delay.toNanos()));
    }

    /** Tells the consumer of events. */
    public void publish(BalancerEvent event) {
        try {
            options.events().accept(event);
        } catch (RuntimeException failure) {
            log.error("the consumer of events failed on {}", event, failure);
        }
    }

    /** Opens a connection on a loop; {@code failed} is called on it if that does not succeed. */
    public Channel connect(
            EventLoop loop,
            InetSocketAddress address,
            Duration timeout,
            ChannelHandler handler,
            Consumer<Throwable> failed) {
        Bootstrap bootstrap = new Bootstrap()
                .group(loop)
                .channel(transport.channel())
                .option(ChannelOption.ALLOCATOR, BUFFERS)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.clamp(timeout.toMillis(), 1, Integer.MAX_VALUE))
                .handler(handler);
        try {
            if (!options.reaches().test(address)) {
                Throwable silence = new ConnectTimeoutException("no answer within " + timeout);
                return tracked(unconnected(bootstrap, loop, timeout, silence, failed));
            }
        } catch (RuntimeException failure) {
            Throwable doubt = new ChannelException("cannot tell whether " + address + " may be reached", failure);
            return tracked(unconnected(bootstrap, loop, Duration.ZERO, doubt, failed));
        }
        ChannelFuture connecting = bootstrap.connect(address);
        connecting.addListener(done -> {
            if (!done.isSuccess()) {
                failed.accept(done.cause());
            }
        });
        return tracked(connecting.channel());
    }

    /** A connection attempt that sends nothing: it fails with {@code outcome} in the end, or when somebody closes it before. */
    private static Channel unconnected(
            Bootstrap bootstrap, EventLoop loop, Duration end, Throwable outcome, Consumer<Throwable> failed) {
        Channel channel = bootstrap.register().channel();
        Promise<Void> attempt = loop.newPromise();
        attempt.addListener(done -> {
            failed.accept(done.cause());
            Channels.close(channel);
        });
        ScheduledFuture<?> timeUp =
                loop.schedule(() -> attempt.tryFailure(outcome), end.toNanos(), TimeUnit.NANOSECONDS);
        channel.closeFuture().addListener(closed -> {
            timeUp.cancel(false);
            attempt.tryFailure(new ClosedChannelException());
        });
        return channel;
    }

    /** Accepts connections, each with the handlers that {@code accepted} gives it. */
    public Channel listen(InetSocketAddress address, ChannelHandler accepted) throws IOException {
        ChannelFuture bound = new ServerBootstrap()
                .group(group)
                .channel(transport.serverChannel())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.ALLOCATOR, BUFFERS)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(accepted)
                .bind(address)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(
                    "cannot listen on " + address + ": " + bound.cause().getMessage(), bound.cause());
        }
        return tracked(bound.channel());
    }

    /** Has a channel closed with the load balancer: at once, if that is closed already. */
    public <C extends Channel> C tracked(C channel) {
        channels.add(channel);
        return channel;
    }

    /** Closes every connection and listener, then stops the loops, and waits until their threads are gone. */
    public void close() {
        channels.forEach(channel -> channel.pipeline().fireUserEventTriggered(Closing.NOW));
        channels.close().awaitUninterruptibly();
        group.shutdownGracefully(0, FORCED_AFTER.toMillis(), TimeUnit.MILLISECONDS)
                .awaitUninterruptibly();
    }

    /** Tells handlers that their channel is about to be closed, and by whom. */
    public enum Closing {
        NOW
    }
}

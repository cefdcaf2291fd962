package dev.resilient.loadbalancer.proxy;

import dev.resilient.loadbalancer.event.BalancerEvent;
import dev.resilient.loadbalancer.event.BalancerReason;
import dev.resilient.loadbalancer.http.BodyReader;
import dev.resilient.loadbalancer.http.HeadReader;
import dev.resilient.loadbalancer.http.MessageHead;
import dev.resilient.loadbalancer.http.RejectedException;
import dev.resilient.loadbalancer.http.ResponseHead;
import dev.resilient.loadbalancer.io.Channels;
import dev.resilient.loadbalancer.io.IdleTimer;
import dev.resilient.loadbalancer.io.Outbox;
import dev.resilient.loadbalancer.io.Workers;
import dev.resilient.loadbalancer.rotation.Retirable;
import dev.resilient.loadbalancer.rotation.RoutedTarget;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a target, which serves one exchange after another: takes its request as bytes, and reads the response for it.
 * Confined to its event loop, except for {@link #retire}.
 */
final class TargetConnection extends ChannelInboundHandlerAdapter implements Retirable {
    private final Workers workers;
    private final TargetConnectionPool pool;
    private final RoutedTarget routed;
    private final HeadReader heads = new HeadReader(HeadReader.Kind.RESPONSE);
    private final EventLoop loop;
    private @Nullable Channel channel;
    private @Nullable Outbox outbox;
    private @Nullable IdleTimer idleTimer;
    private @Nullable ProxyExchange exchange;
    private @Nullable BodyReader body;
    private ByteBuf input = Unpooled.EMPTY_BUFFER;
    private boolean connected;
    private boolean reset;
    private boolean keepAlive;

    private TargetConnection(Workers workers, EventLoop loop, TargetConnectionPool pool, RoutedTarget routed) {
        this.workers = workers;
        this.loop = loop;
        this.pool = pool;
        this.routed = routed;
    }

    /** Begins to connect. */
    static TargetConnection open(Workers workers, EventLoop loop, TargetConnectionPool pool, RoutedTarget routed) {
        TargetConnection connection = new TargetConnection(workers, loop, pool, routed);
        Channel channel = workers.connect(
                loop, routed.target().address(), workers.connectTimeout(), connection, connection::connectFailed);
        connection.channel = channel;
        connection.outbox = new Outbox(channel);
        routed.opened(connection);
        return connection;
    }

    /** Serves an exchange, which is told once there is a connection. */
    void serve(ProxyExchange newExchange) {
        exchange = newExchange;
        if (connected) {
            newExchange.connected();
        }
    }

    boolean isOpen() {
        return channel != null && channel.isActive();
    }

    boolean isConnected() {
        return connected;
    }

    boolean isWritable() {
        return channel != null && channel.isWritable();
    }

    void write(ByteBuf bytes) {
        if (outbox == null) {
            bytes.release();
        } else {
            outbox.write(bytes);
        }
    }

    void flush() {
        if (outbox != null) {
            outbox.flush();
        }
    }

    /** From now on the target may end what it sends and still receive. */
    void allowHalfClosure() {
        if (channel != null) {
            channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        }
    }

    /** Ends what is sent to the target, once all of it is on its way. */
    void shutdownOutput() {
        flush();
        if (channel instanceof DuplexChannel duplex) {
            var _ = Channels.shutdownOutput(duplex);
        }
    }

    /** Lets the target wait while its client is slower than it is. */
    void setReading(boolean reading) {
        if (channel instanceof DuplexChannel duplex) {
            Channels.setReading(duplex, reading);
        }
    }

    /** The exchange needs this connection no more, and its response is not complete. */
    void abandon() {
        exchange = null;
        close();
    }

    /** The exchange needs this connection no more, and has nothing to add to what it wrote. */
    void finish() {
        exchange = null;
        flush();
        if (channel != null) {
            Channels.closeAfterWrites(channel);
        }
    }

    /** The target is gone: whatever is in flight ends. From any thread. */
    @Override
    public void retire() {
        workers.execute(loop, () -> {
            if (exchange != null) {
                exchange.targetFailed(BalancerReason.DEREGISTRATION_DELAY_ELAPSED);
            }
            close();
        });
    }

    private void close() {
        if (channel != null) {
            Channels.close(channel);
        }
    }

    private void connectFailed(Throwable cause) {
        routed.closed(this);
        if (exchange != null) {
            exchange.targetFailed(
                    cause instanceof ConnectTimeoutException
                            ? BalancerReason.CONNECT_TIMEOUT
                            : BalancerReason.CONNECT_FAILED);
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        connected = true;
        workers.publish(new BalancerEvent.ConnectionOpened(BalancerEvent.Peer.TARGET));
        idleTimer = new IdleTimer(loop, workers.settings().idleTimeout(), () -> {
            if (exchange == null) {
                close();
            }
        });
        if (exchange == null) {
            close();
        } else {
            exchange.connected();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        input = ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(context.alloc(), input, (ByteBuf) message);
        if (exchange == null) {
            // Nobody asked for anything: whatever it is, it must not become the answer to the next request.
            close();
            return;
        }
        exchange.touch();
        try {
            readResponse(exchange);
        } catch (RejectedException malformed) {
            ProxyExchange failed = exchange;
            if (failed != null) {
                failed.targetFailed(malformed.reason());
            }
        }
        if (!input.isReadable()) {
            releaseInput();
        }
    }

    private void releaseInput() {
        input.release();
        input = Unpooled.EMPTY_BUFFER;
    }

    private void readResponse(ProxyExchange served) throws RejectedException {
        while (exchange == served && input.isReadable()) {
            BodyReader reading = body;
            if (reading == null) {
                MessageHead head = heads.read(input);
                if (head == null) {
                    return;
                }
                reading = begin(served, ResponseHead.of(head, served.isHead()));
            } else {
                served.responseBody(reading.read(input));
            }
            if (reading != null && reading.isComplete()) {
                end(served);
            }
        }
    }

    private @Nullable BodyReader begin(ProxyExchange served, ResponseHead head) throws RejectedException {
        if (head.isInterim()) {
            served.interim(head);
            return null;
        }
        keepAlive = head.keepAlive();
        body = head.isSwitch() ? served.switchProtocols(head) : served.respond(head);
        return body;
    }

    /** Makes itself free before the client is, since the client's next request may want this very connection. */
    private void end(ProxyExchange served) {
        exchange = null;
        body = null;
        boolean more = input.isReadable();
        input.release();
        input = Unpooled.EMPTY_BUFFER;
        if (keepAlive && !served.isLast() && served.isRequestSent() && !more && isOpen()) {
            setReading(true);
            if (idleTimer != null) {
                idleTimer.touch();
            }
            pool.giveBack(this, routed);
        } else {
            close();
        }
        served.responseEnded();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (exchange != null) {
            exchange.flushResponse();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (exchange != null) {
            exchange.targetWritable();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE && exchange != null) {
            exchange.targetFinished();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        reset = cause instanceof IOException;
        Channels.close(context.channel());
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (connected) {
            workers.publish(new BalancerEvent.ConnectionClosed(BalancerEvent.Peer.TARGET));
        }
        routed.closed(this);
        pool.forget(this, routed);
        if (idleTimer != null) {
            idleTimer.stop();
        }
        ProxyExchange served = exchange;
        if (served == null) {
            return;
        }
        if (body instanceof BodyReader.UntilClose untilClose && !reset) {
            served.responseBody(untilClose.end());
            end(served);
        } else {
            served.targetFailed(reset ? BalancerReason.TARGET_RESET : BalancerReason.TARGET_CLOSED);
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        releaseInput();
        if (outbox != null) {
            outbox.clear();
        }
    }
}

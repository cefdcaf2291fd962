package dev.resilient.loadbalancer.proxy;

import dev.resilient.loadbalancer.event.BalancerEvent;
import dev.resilient.loadbalancer.event.BalancerReason;
import dev.resilient.loadbalancer.event.Exchange;
import dev.resilient.loadbalancer.http.BalancerResponse;
import dev.resilient.loadbalancer.http.HeadReader;
import dev.resilient.loadbalancer.http.MessageHead;
import dev.resilient.loadbalancer.http.RejectedException;
import dev.resilient.loadbalancer.http.RequestGuard;
import dev.resilient.loadbalancer.http.RequestHead;
import dev.resilient.loadbalancer.http.ResponseEdit;
import dev.resilient.loadbalancer.http.TraceId;
import dev.resilient.loadbalancer.io.Channels;
import dev.resilient.loadbalancer.io.IdleTimer;
import dev.resilient.loadbalancer.io.Outbox;
import dev.resilient.loadbalancer.io.Workers;
import dev.resilient.loadbalancer.settings.LoadBalancerSettings;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client's connection: reads one request after another and lets what follows wait until the response before it has ended.
 * Confined to its event loop, except for {@link #listenerClosed}.
 */
public final class ClientConnection extends ChannelInboundHandlerAdapter {
    private static final Logger log = LoggerFactory.getLogger(ClientConnection.class);
    /** More than the largest head, so that one always fits. */
    private static final int MAXIMUM_WAITING = 128 * 1024;

    private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(2);
    /** Room for most heads, and for a small body behind them. */
    private static final int HEAD_AND_MORE = 2 * 1024;

    private final SocketChannel channel;
    private final Outbox outbox;
    private final Worker worker;
    private final Reception reception;
    private final Dispatcher dispatcher;
    private final HeadReader heads = new HeadReader(HeadReader.Kind.REQUEST);
    private final IdleTimer idleTimer;
    private ByteBuf input = Unpooled.EMPTY_BUFFER;
    private @Nullable ExchangeRecorder recorder;
    private @Nullable ProxyExchange exchange;
    private final Exchange.Connection connection;
    private final long keptUntilNanos;
    private boolean reading;
    private boolean lingering;

    ClientConnection(SocketChannel channel, Worker worker, Reception reception) {
        this.channel = channel;
        this.outbox = new Outbox(channel);
        this.worker = worker;
        this.reception = reception;
        this.connection =
                new Exchange.Connection(channel.remoteAddress(), channel.localAddress(), newConnectionId(worker));
        this.dispatcher = new Dispatcher(this, reception, connection);
        this.keptUntilNanos = worker.loop().ticker().nanoTime()
                + worker.all().settings().clientKeepAlive().toNanos();
        this.idleTimer = new IdleTimer(worker.loop(), worker.all().settings().idleTimeout(), this::idle);
    }

    private static String newConnectionId(Worker worker) {
        RandomGenerator random = worker.all().random();
        HexFormat hex = HexFormat.of();
        return "TID_" + hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong());
    }

    // The channel.

    @Override
    public void channelActive(ChannelHandlerContext context) {
        worker.all().publish(new BalancerEvent.ConnectionOpened(BalancerEvent.Peer.CLIENT));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        touch();
        ByteBuf bytes = (ByteBuf) message;
        if (lingering) {
            bytes.release();
            return;
        }
        input = ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(context.alloc(), input, bytes);
        readRequests();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (exchange != null) {
            exchange.flushRequest();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        touch();
        if (exchange != null) {
            exchange.clientWritable(channel.isWritable());
        } else if (channel.isWritable() && !lingering) {
            readRequests();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event == Workers.Closing.NOW) {
            balancerClosed();
        } else if (event == ChannelInputShutdownEvent.INSTANCE && exchange != null) {
            exchange.clientFinished();
        }
    }

    private void balancerClosed() {
        if (exchange != null) {
            exchange.balancerClosed();
        } else if (recorder != null) {
            record(recorder.end(BalancerReason.BALANCER_CLOSED.status(), BalancerReason.BALANCER_CLOSED));
            recorder = null;
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        log.debug("connection of {} failed", channel.remoteAddress(), cause);
        Channels.close(context.channel());
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        reception.closed(this);
        worker.all().publish(new BalancerEvent.ConnectionClosed(BalancerEvent.Peer.CLIENT));
        idleTimer.stop();
        if (exchange != null) {
            exchange.clientClosed();
            exchange = null;
        } else if (recorder != null && !lingering) {
            record(recorder.end(BalancerReason.REQUEST_INCOMPLETE.status(), BalancerReason.REQUEST_INCOMPLETE));
        }
        lingering = true;
        outbox.clear();
        input.release();
        input = Unpooled.EMPTY_BUFFER;
    }

    // Requests.

    private void readRequests() {
        if (reading) {
            return;
        }
        reading = true;
        while (!lingering && input.isReadable() && (exchange != null || (channel.isWritable() && beginExchange()))) {
            ProxyExchange current = exchange;
            if (current != null) {
                current.forwardRequest(input);
                if (exchange == current) {
                    break;
                }
            }
        }
        reading = false;
        if (!input.isReadable()) {
            // A connection that says nothing more must not hold a buffer.
            input.release();
            input = Unpooled.EMPTY_BUFFER;
        }
        // Neither is a client read that leaves its responses unread.
        boolean wanted = input.readableBytes() < MAXIMUM_WAITING
                && (exchange == null ? channel.isWritable() : exchange.wantsRequest());
        Channels.setReading(channel, lingering || wanted);
    }

    /** Whether there was a request, complete or to be refused. */
    private boolean beginExchange() {
        ExchangeRecorder current =
                recorder == null ? new ExchangeRecorder(worker.all().time(), connection) : recorder;
        recorder = current;
        try {
            MessageHead head = heads.read(input);
            if (head == null) {
                recorder = heads.isInside() ? current : null;
                return false;
            }
            recorder = null;
            current.headRead(head.length());
            LoadBalancerSettings settings = worker.all().settings();
            RequestHead request = RequestGuard.check(head, settings.desyncMode());
            String id = TraceId.create(current.accepted(), worker.all().random());
            current.requestRead(request, TraceId.forwarded(head, id), settings.dropInvalidHeaderFields());
            dispatcher.dispatch(request, settings, current);
        } catch (RejectedException rejected) {
            current.refused(rejected);
            refuse(current, rejected.reason());
        }
        return true;
    }

    /** Begins to proxy a request. */
    void begin(ProxyExchange begun) {
        exchange = begun;
        begun.begin();
    }

    /** Answers what cannot be, or need not be, understood any further. */
    private void refuse(ExchangeRecorder current, BalancerReason reason) {
        recorder = null;
        dispatcher.refuse(current, reason, false, false);
    }

    private void idle() {
        if (lingering) {
            Channels.close(channel);
        } else if (exchange != null) {
            exchange.idle();
        } else if (recorder != null) {
            refuse(recorder, BalancerReason.REQUEST_TIMEOUT);
        } else {
            Channels.close(channel);
        }
    }

    // For its exchange.

    Worker worker() {
        return worker;
    }

    ByteBufAllocator allocator() {
        return channel.alloc();
    }

    ByteBuf allocate() {
        return channel.alloc().buffer(HEAD_AND_MORE);
    }

    boolean isWritable() {
        return channel.isWritable();
    }

    void touch() {
        idleTimer.touch();
    }

    void write(ByteBuf bytes) {
        outbox.write(bytes);
    }

    void flush() {
        outbox.flush();
    }

    /** Offers what has been read to the exchange again. */
    void forwardRequest() {
        ProxyExchange current = exchange;
        if (current != null) {
            current.forwardRequest(input);
            readRequests();
        }
    }

    /** From now on the client may end what it sends and still receive. */
    void allowHalfClosure() {
        channel.config().setAllowHalfClosure(true);
    }

    /** Ends what is sent to the client, once all of it is on its way. */
    void shutdownOutput() {
        flush();
        var _ = Channels.shutdownOutput(channel);
    }

    boolean mayKeepAlive(RequestHead request) {
        return request.keepAlive()
                && reception.isOpen()
                && worker.loop().ticker().nanoTime() - keptUntilNanos < 0;
    }

    ResponseEdit responseEdit() {
        return reception.responseEdit();
    }

    /** Writes an answer of the balancer's own; gives its size. */
    int answer(BalancerResponse response, boolean keepAlive, boolean toHead) {
        ByteBuf out = response.encode(
                channel.alloc(), worker.all().time().instant(), keepAlive, toHead, reception.responseEdit());
        int size = out.readableBytes();
        touch();
        write(out);
        return size;
    }

    void record(Exchange finished) {
        worker.all().publish(new BalancerEvent.RequestFinished(finished));
    }

    /** The response has been written as a whole. */
    void exchangeEnded(boolean keepAlive) {
        exchange = null;
        flush();
        if (keepAlive && reception.isOpen()) {
            readRequests();
        } else {
            linger();
        }
    }

    /**
     * The response cannot be completed.
     *
     * @param reset whether the client would take the end of the connection for the end of the response
     */
    void abort(boolean reset) {
        exchange = null;
        lingering = true;
        flush();
        if (reset) {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
        }
        Channels.close(channel);
    }

    /** The listener accepts no more requests: a connection without one is closed, others after the response to theirs. From any thread. */
    public void listenerClosed() {
        worker.all().execute(worker.loop(), () -> {
            if (exchange == null && recorder == null && !lingering) {
                Channels.close(channel);
            }
        });
    }

    /**
     * Ends the connection such that the client can still read what it was sent: a close with unread input would reset it
     * (RFC 9112 section 9.6).
     */
    private void linger() {
        lingering = true;
        Channels.setReading(channel, true);
        Channels.shutdownOutput(channel)
                .addListener(sent -> Channels.later(worker.loop(), () -> Channels.close(channel), LINGER_NANOS));
    }
}

package dev.resilient.loadbalancer.health;

import dev.resilient.loadbalancer.http.HeadReader;
import dev.resilient.loadbalancer.http.MessageHead;
import dev.resilient.loadbalancer.http.RejectedException;
import dev.resilient.loadbalancer.http.ResponseHead;
import dev.resilient.loadbalancer.io.Channels;
import dev.resilient.loadbalancer.io.Workers;
import dev.resilient.loadbalancer.target.CheckResult;
import dev.resilient.loadbalancer.target.HealthCheck;
import dev.resilient.loadbalancer.target.Target;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One health check: one connection, one request, one result; the connection is closed whatever comes. Confined to its loop. */
public final class HealthProbe extends ChannelInboundHandlerAdapter {
    private static final Logger log = LoggerFactory.getLogger(HealthProbe.class);
    private static final int HTTP_PORT = 80;
    private final InetSocketAddress address;
    private final String path;
    private final Consumer<CheckResult> result;
    private final HeadReader heads = new HeadReader(HeadReader.Kind.RESPONSE);
    private ByteBuf input = Unpooled.EMPTY_BUFFER;
    private @Nullable Channel channel;
    private @Nullable Future<?> timeout;
    private boolean ended;

    private HealthProbe(InetSocketAddress address, String path, Consumer<CheckResult> result) {
        this.address = address;
        this.path = path;
        this.result = result;
    }

    /** Sends a check on the calling loop; {@code result} is called once, on the same loop. */
    static void send(
            Workers workers, EventLoop loop, Target target, HealthCheck settings, Consumer<CheckResult> result) {
        InetSocketAddress traffic = target.address();
        InetSocketAddress address =
                new InetSocketAddress(traffic.getAddress(), settings.port().orElse(traffic.getPort()));
        HealthProbe probe = new HealthProbe(address, settings.path(), result);
        probe.timeout = loop.schedule(
                () -> probe.end(new CheckResult.TimedOut()), settings.timeout().toNanos(), TimeUnit.NANOSECONDS);
        try {
            probe.channel = workers.connect(loop, address, settings.timeout(), probe, probe::connectFailed);
        } catch (RuntimeException failure) {
            log.warn("cannot check {}", target, failure);
            probe.end(new CheckResult.NotMade());
        }
    }

    /** A connection that takes too long is ended by the check's own timeout. */
    private void connectFailed(Throwable failure) {
        if (failure instanceof ChannelException) {
            log.warn("cannot open a connection to check {}", address, failure);
            end(new CheckResult.NotMade());
        } else if (!(failure instanceof ConnectTimeoutException)) {
            end(new CheckResult.NoAnswer());
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        String request =
                "GET " + path + " HTTP/1.1\r\nHost: " + host() + "\r\nUser-Agent: ELB-HealthChecker/2.0\r\n\r\n";
        Channels.write(context.channel(), ByteBufUtil.writeAscii(context.alloc(), request));
        context.flush();
    }

    private String host() {
        String literal = NetUtil.toAddressString(address.getAddress());
        String bracketed = literal.contains(":") ? "[" + literal + "]" : literal;
        return address.getPort() == HTTP_PORT ? bracketed : bracketed + ":" + address.getPort();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        input = ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(context.alloc(), input, (ByteBuf) message);
        if (ended) {
            return;
        }
        try {
            MessageHead head = heads.read(input);
            if (head != null) {
                end(new CheckResult.Answered(ResponseHead.statusOf(head)));
            }
        } catch (RejectedException malformed) {
            end(new CheckResult.NoAnswer());
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        end(new CheckResult.NoAnswer());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // A reset, in general: why the check failed is not told apart further.
        end(new CheckResult.NoAnswer());
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        input.release();
    }

    private void end(CheckResult outcome) {
        if (ended) {
            return;
        }
        ended = true;
        if (timeout != null) {
            timeout.cancel(false);
        }
        if (channel != null) {
            Channels.close(channel);
        }
        result.accept(outcome);
    }
}

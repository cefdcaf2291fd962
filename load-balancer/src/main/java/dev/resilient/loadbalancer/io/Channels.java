package dev.resilient.loadbalancer.io;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.DuplexChannel;
import java.util.concurrent.TimeUnit;

/** What is done with channels and loops without waiting for the outcome: a channel that fails tells its handler, and closes. */
public final class Channels {
    private Channels() {}

    public static void write(Channel channel, ByteBuf bytes) {
        var _ = channel.write(bytes, channel.voidPromise());
    }

    public static void close(Channel channel) {
        var _ = channel.close();
    }

    /** Reads or lets the other side wait; a side that has ended what it sends has nothing to be read. Costs nothing where it changes nothing. */
    public static void setReading(DuplexChannel channel, boolean reading) {
        if (channel.config().isAutoRead() != reading && !channel.isInputShutdown()) {
            channel.config().setAutoRead(reading);
        }
    }

    /** Closes when all that was written has been sent. */
    public static void closeAfterWrites(Channel channel) {
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }

    /** Ends the sending direction when all that was written has been sent, which Netty's own method does not wait for. */
    public static ChannelFuture shutdownOutput(DuplexChannel channel) {
        ChannelPromise done = channel.newPromise();
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(sent -> {
            var _ = channel.shutdownOutput(done);
        });
        return done;
    }

    /** Runs a task on the loop that calls, after a delay. */
    public static void later(EventLoop loop, Runnable task, long delayNanos) {
        var _ = loop.schedule(task, delayNanos, TimeUnit.NANOSECONDS);
    }
}

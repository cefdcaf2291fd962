package dev.resilient.loadbalancer.io;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.util.concurrent.TimeUnit;

/** What is done with channels and loops without waiting for the outcome: a channel that fails tells its handler, and closes. */
public final class Channels {
    private Channels() {}

    public static void write(Channel channel, ByteBuf bytes) {
        var _ = channel.write(bytes, channel.voidPromise());
    }

    /** Begins or stops reading, which costs nothing where it changes nothing. */
    public static void setReading(Channel channel, boolean reading) {
        if (channel.config().isAutoRead() != reading) {
            channel.config().setAutoRead(reading);
        }
    }

    public static void close(Channel channel) {
        var _ = channel.close();
    }

    /** Runs a task on the loop that calls, after a delay. */
    public static void later(EventLoop loop, Runnable task, long delayNanos) {
        var _ = loop.schedule(task, delayNanos, TimeUnit.NANOSECONDS);
    }
}

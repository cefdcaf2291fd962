package dev.resilient.loadbalancer.io;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;

/**
 * What is on its way to a channel. Nothing is sent before the flush, and a piece that fits into what is left of the buffer before it
 * is copied there: to send one buffer costs the kernel less than to gather two. Confined to its channel's event loop.
 */
public final class Outbox {
    private final Channel channel;
    private ByteBuf last = Unpooled.EMPTY_BUFFER;
    private boolean unflushed;

    public Outbox(Channel channel) {
        this.channel = channel;
    }

    /** Takes a buffer that is the caller's own, or a slice; it is released when it has been sent. */
    public void write(ByteBuf bytes) {
        unflushed = true;
        if (bytes.readableBytes() <= last.writableBytes()) {
            last.writeBytes(bytes);
            bytes.release();
        } else {
            ByteBuf before = replaceLast(bytes);
            if (before.isReadable()) {
                var _ = channel.write(before, channel.voidPromise());
            } else {
                before.release();
            }
        }
    }

    /** Sends what has been written since the last flush. */
    public void flush() {
        if (unflushed) {
            unflushed = false;
            var _ = channel.writeAndFlush(replaceLast(Unpooled.EMPTY_BUFFER), channel.voidPromise());
        }
    }

    /** Forgets what has not been flushed, since the channel is closed. */
    public void clear() {
        unflushed = false;
        replaceLast(Unpooled.EMPTY_BUFFER).release();
    }

    /** To be called before the buffer is passed on, since that may call back and write more. */
    private ByteBuf replaceLast(ByteBuf next) {
        ByteBuf before = last;
        last = next;
        return before;
    }
}

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

    /** Takes a buffer that is the caller's own or a slice, and releases it when it has been sent. */
    public void write(ByteBuf bytes) {
        unflushed = true;
        if (bytes.readableBytes() <= last.writableBytes()) {
            last.writeBytes(bytes);
            bytes.release();
        } else {
            passLast(bytes);
        }
    }

    /** Sends what has been written since the last flush. */
    public void flush() {
        if (unflushed) {
            unflushed = false;
            passLast(Unpooled.EMPTY_BUFFER);
            channel.flush();
        }
    }

    /** Forgets what has not been flushed, when the channel is closed. */
    public void clear() {
        unflushed = false;
        last.release();
        last = Unpooled.EMPTY_BUFFER;
    }

    /** Puts the next buffer in place first, since to pass one on may call back and write more. */
    private void passLast(ByteBuf next) {
        ByteBuf passed = last;
        last = next;
        if (passed.isReadable()) {
            Channels.write(channel, passed);
        } else {
            passed.release();
        }
    }
}

package dev.resilient.loadbalancer.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.CompositeByteBuf;

/** Follows one body to its end, and gives it out in the form in which it is passed on; nothing is gathered up. */
public sealed interface BodyReader permits BodyReader.Fixed, ChunkedBody, BodyReader.UntilClose {

    /**
     * Takes from {@code in} what belongs to the body.
     *
     * @return what is to be passed on, to be released by the caller; may be empty
     * @throws RejectedException if the framing is malformed; nothing has been taken then
     */
    ByteBuf read(ByteBuf in) throws RejectedException;

    /** Whether the end has been read. */
    boolean isComplete();

    /** A body of known length. */
    final class Fixed implements BodyReader {
        private long remaining;

        public Fixed(long length) {
            remaining = length;
        }

        @Override
        public ByteBuf read(ByteBuf in) {
            int length = (int) Math.min(remaining, in.readableBytes());
            remaining -= length;
            return in.readRetainedSlice(length);
        }

        @Override
        public boolean isComplete() {
            return remaining == 0;
        }
    }

    /** A body that ends with the connection, passed on as it is or as chunks. */
    final class UntilClose implements BodyReader {
        private static final int HEX = 16;
        private final boolean asChunks;
        private final ByteBufAllocator allocator;

        public UntilClose(boolean asChunks, ByteBufAllocator allocator) {
            this.asChunks = asChunks;
            this.allocator = allocator;
        }

        @Override
        public ByteBuf read(ByteBuf in) {
            int length = in.readableBytes();
            ByteBuf data = in.readRetainedSlice(length);
            if (!asChunks || length == 0) {
                return data;
            }
            CompositeByteBuf chunk = allocator.compositeBuffer(3);
            chunk.addComponent(true, ByteBufUtil.writeAscii(allocator, Integer.toString(length, HEX) + "\r\n"));
            chunk.addComponent(true, data);
            chunk.addComponent(true, ByteBufUtil.writeAscii(allocator, "\r\n"));
            return chunk;
        }

        /** What is to be passed on when the connection ends. */
        public ByteBuf end() {
            return asChunks ? ByteBufUtil.writeAscii(allocator, "0\r\n\r\n") : allocator.buffer(0);
        }

        @Override
        public boolean isComplete() {
            return false;
        }
    }
}

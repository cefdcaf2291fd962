package dev.resilient.loadbalancer.http;

import dev.resilient.loadbalancer.event.BalancerReason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * A chunked body (RFC 9112 section 7.1), read strictly: every line ends in CRLF, sizes are hexadecimal digits, extensions and
 * trailers are what the grammar says. So the framing can be passed on as it came, and no reader behind can see another end.
 */
public final class ChunkedBody implements BodyReader {
    private static final int MAXIMUM_SIZE_DIGITS = 15;
    /** Readers that count in 32 bits see another end behind a larger chunk. */
    private static final long MAXIMUM_SIZE = Integer.MAX_VALUE;

    private static final int MAXIMUM_LINE = 16 * 1024;
    private static final int HEX = 16;
    private final BalancerReason malformed;
    private final @Nullable ByteBufAllocator unframed;
    private final ChunkExtensions extensions = new ChunkExtensions();
    private final Trailers trailers = new Trailers();
    private State state = State.SIZE;
    private long remaining;
    private int lineLength;

    private ChunkedBody(BalancerReason malformed, @Nullable ByteBufAllocator unframed) {
        this.malformed = malformed;
        this.unframed = unframed;
    }

    /** Passes on chunks as they came. */
    public static ChunkedBody framed(BalancerReason malformed) {
        return new ChunkedBody(malformed, null);
    }

    /** Passes on the data within the chunks. */
    public static ChunkedBody unframed(BalancerReason malformed, ByteBufAllocator allocator) {
        return new ChunkedBody(malformed, allocator);
    }

    @Override
    public boolean isComplete() {
        return state == State.END;
    }

    @Override
    public ByteBuf read(ByteBuf in) throws RejectedException {
        ByteBuf data = unframed == null ? null : unframed.buffer(in.readableBytes());
        try {
            int taken = scan(in, data);
            if (data != null) {
                in.skipBytes(taken);
                return data;
            }
            return in.readRetainedSlice(taken);
        } catch (RejectedException rejected) {
            if (data != null) {
                data.release();
            }
            throw rejected;
        }
    }

    private int scan(ByteBuf in, @Nullable ByteBuf data) throws RejectedException {
        int at = in.readerIndex();
        int end = in.writerIndex();
        while (at < end && state != State.END) {
            if (state == State.DATA) {
                int length = (int) Math.min(remaining, end - at);
                if (data != null) {
                    data.writeBytes(in, at, length);
                }
                at += length;
                remaining -= length;
                state = remaining == 0 ? State.DATA_CR : State.DATA;
            } else {
                state = frame(in.getByte(at++));
            }
        }
        return at - in.readerIndex();
    }

    private State frame(byte b) throws RejectedException {
        lineLength = b == '\n' ? 0 : lineLength + 1;
        require(lineLength <= MAXIMUM_LINE);
        return switch (state) {
            case SIZE -> size(b);
            case EXTENSION -> extension(b);
            case SIZE_LF -> lineFeed(b, remaining == 0 ? State.TRAILER : State.DATA);
            case DATA_CR -> expect(b, '\r', State.DATA_LF);
            case DATA_LF -> lineFeed(b, State.SIZE);
            case TRAILER -> b == '\r' ? State.END_LF : trailerName(b);
            case TRAILER_NAME -> b == ':' ? trailerNamed() : trailerName(b);
            case TRAILER_VALUE -> trailerValue(b);
            case TRAILER_LF -> lineFeed(b, State.TRAILER);
            case END_LF -> lineFeed(b, State.END);
            case DATA, END -> throw new IllegalStateException("no framing in state " + state);
        };
    }

    private State size(byte b) throws RejectedException {
        int digit = Character.digit(b, HEX);
        if (digit >= 0) {
            require(lineLength <= MAXIMUM_SIZE_DIGITS);
            remaining = (lineLength == 1 ? 0 : remaining * HEX) + digit;
            require(remaining <= MAXIMUM_SIZE);
            return State.SIZE;
        }
        require(lineLength > 1);
        if (b == ';') {
            extensions.begin();
            return State.EXTENSION;
        }
        return expect(b, '\r', State.SIZE_LF);
    }

    private State extension(byte b) throws RejectedException {
        if (b == '\r') {
            require(extensions.mayEnd());
            return State.SIZE_LF;
        }
        require(extensions.accept(b));
        return State.EXTENSION;
    }

    private State trailerName(byte b) throws RejectedException {
        require(Bytes.isToken(b) && trailers.acceptByte());
        trailers.nameByte(b);
        return State.TRAILER_NAME;
    }

    private State trailerNamed() throws RejectedException {
        require(trailers.acceptByte() && trailers.acceptName());
        return State.TRAILER_VALUE;
    }

    private State trailerValue(byte b) throws RejectedException {
        require(trailers.acceptByte() && (b == '\r' || Bytes.isFieldText(b)));
        return b == '\r' ? State.TRAILER_LF : State.TRAILER_VALUE;
    }

    private State lineFeed(byte b, State next) throws RejectedException {
        return expect(b, '\n', next);
    }

    private State expect(byte b, char wanted, State next) throws RejectedException {
        require(b == wanted);
        return next;
    }

    private void require(boolean holds) throws RejectedException {
        if (!holds) {
            throw new RejectedException(malformed);
        }
    }

    private enum State {
        SIZE,
        EXTENSION,
        SIZE_LF,
        DATA,
        DATA_CR,
        DATA_LF,
        TRAILER,
        TRAILER_NAME,
        TRAILER_VALUE,
        TRAILER_LF,
        END_LF,
        END
    }
}

package dev.resilient.loadbalancer.http;

import dev.resilient.loadbalancer.event.BalancerReason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * A chunked body (RFC 9112 section 7.1), read strictly: every line ends in CRLF, sizes are hexadecimal digits, extensions and
 * trailers hold no control characters. So the framing can be passed on as it came, and no reader behind can see another end.
 */
public final class ChunkedBody implements BodyReader {
    private static final int MAXIMUM_SIZE_DIGITS = 15;
    private static final int MAXIMUM_LINE = 16 * 1024;
    private static final int HEX = 16;
    private final BalancerReason malformed;
    private final @Nullable ByteBufAllocator unframed;
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
            case EXTENSION -> lineText(b, State.EXTENSION, State.SIZE_LF);
            case SIZE_LF -> lineFeed(b, remaining == 0 ? State.TRAILER : State.DATA);
            case DATA_CR -> expect(b, '\r', State.DATA_LF);
            case DATA_LF -> lineFeed(b, State.SIZE);
            case TRAILER -> b == '\r' ? State.END_LF : trailerName(b);
            case TRAILER_NAME -> b == ':' ? State.TRAILER_VALUE : trailerName(b);
            case TRAILER_VALUE -> lineText(b, State.TRAILER_VALUE, State.TRAILER_LF);
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
            return State.SIZE;
        }
        require(lineLength > 1);
        return b == ';' ? State.EXTENSION : expect(b, '\r', State.SIZE_LF);
    }

    private State lineText(byte b, State same, State ended) throws RejectedException {
        if (b == '\r') {
            return ended;
        }
        require(Bytes.isFieldText(b));
        return same;
    }

    private State trailerName(byte b) throws RejectedException {
        require(Bytes.isToken(b));
        return State.TRAILER_NAME;
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

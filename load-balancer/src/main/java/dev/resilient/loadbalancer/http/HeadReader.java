package dev.resilient.loadbalancer.http;

import dev.resilient.loadbalancer.event.BalancerReason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import org.jspecify.annotations.Nullable;

/**
 * Finds the head of the next message in what has been read so far, looking at each byte once. Lines must end in CRLF: a bare LF, a
 * folded line or a control character is refused, since another reader might see another message there.
 */
public final class HeadReader {
    private final Kind kind;
    private int scanned;
    private int lineStart;
    private int lines;

    public HeadReader(Kind kind) {
        this.kind = kind;
    }

    /** Whether the beginning of a head has been seen, and not yet its end. */
    public boolean isInside() {
        return scanned > 0;
    }

    /**
     * Takes a head from {@code in} if it is there as a whole, and otherwise leaves it as it is.
     *
     * @return null if there is more to come
     */
    @Nullable
    public MessageHead read(ByteBuf in) throws RejectedException {
        if (scanned <= 1 && kind == Kind.REQUEST) {
            // The one byte may have been the first half of an empty line.
            scanned = 0;
            skipEmptyLines(in);
        }
        int start = in.readerIndex();
        int readable = in.readableBytes();
        while (scanned < readable) {
            int lineFeed = in.indexOf(start + scanned, start + readable, (byte) '\n') - start;
            if (lineFeed < 0) {
                scanned = readable;
                break;
            }
            scanned = lineFeed + 1;
            if (lineFeed == lineStart || in.getByte(start + lineFeed - 1) != '\r') {
                throw kind.malformed(ByteBufUtil.getBytes(in));
            }
            if (lineFeed - 1 == lineStart) {
                return take(in);
            }
            checkSize(lineFeed - 1 - lineStart);
            lineStart = scanned;
            lines++;
        }
        checkSize(readable - lineStart);
        return null;
    }

    /** A server should skip empty lines before a request line: RFC 9112 section 2.2. */
    private static void skipEmptyLines(ByteBuf in) {
        while (in.readableBytes() >= 2
                && in.getByte(in.readerIndex()) == '\r'
                && in.getByte(in.readerIndex() + 1) == '\n') {
            in.skipBytes(2);
        }
    }

    private void checkSize(int line) throws RejectedException {
        if (lines == 0 && line > kind.startLine) {
            throw new RejectedException(kind.startLineTooLong);
        }
        if ((lines > 0 && line > kind.field) || lineStart + line > kind.head) {
            throw new RejectedException(kind.fieldsTooLarge);
        }
    }

    private MessageHead take(ByteBuf in) throws RejectedException {
        byte[] bytes = new byte[scanned];
        in.readBytes(bytes);
        int fields = lines - 1;
        scanned = 0;
        lineStart = 0;
        lines = 0;
        MessageHead head = fields < 0 ? null : MessageHead.parse(bytes, fields);
        if (head == null) {
            throw kind.malformed(bytes);
        }
        return head;
    }

    /** Requests and responses have different limits, and different reasons to be refused. */
    public enum Kind {
        REQUEST(
                16 * 1024,
                16 * 1024,
                64 * 1024,
                BalancerReason.MALFORMED_REQUEST,
                BalancerReason.URI_TOO_LONG,
                BalancerReason.REQUEST_HEADERS_TOO_LARGE),
        RESPONSE(
                32 * 1024,
                32 * 1024,
                32 * 1024,
                BalancerReason.MALFORMED_RESPONSE,
                BalancerReason.MALFORMED_RESPONSE,
                BalancerReason.MALFORMED_RESPONSE);

        private final int startLine;
        private final int field;
        private final int head;
        private final BalancerReason malformed;
        private final BalancerReason startLineTooLong;
        private final BalancerReason fieldsTooLarge;

        Kind(
                int startLine,
                int field,
                int head,
                BalancerReason malformed,
                BalancerReason startLineTooLong,
                BalancerReason fieldsTooLarge) {
            this.startLine = startLine;
            this.field = field;
            this.head = head;
            this.malformed = malformed;
            this.startLineTooLong = startLineTooLong;
            this.fieldsTooLarge = fieldsTooLarge;
        }

        /** What a message of this kind that is not HTTP is refused with. */
        private RejectedException malformed(byte[] head) {
            return new RejectedException(malformed, this == REQUEST ? DesyncClassifier.classify(head) : null);
        }
    }
}

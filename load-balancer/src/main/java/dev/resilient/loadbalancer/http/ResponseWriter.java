package dev.resilient.loadbalancer.http;

import io.netty.buffer.ByteBuf;
import java.util.List;

/** Writes the head of a target's response for the client: the target's fields without those of its connection. */
public final class ResponseWriter {
    private static final int OWN_FIELDS = 64;
    private static final List<String> REPLACED =
            List.of("connection", "transfer-encoding", "keep-alive", "proxy-connection", "upgrade");

    private ResponseWriter() {}

    /**
     * The head of a final response.
     *
     * @param chunked whether the body follows as chunks
     * @param keepAlive what the client is told of its connection
     * @param cookies more fields, each as a line that ends in CRLF; empty for none
     */
    public static void write(
            ResponseHead response, boolean chunked, boolean keepAlive, ResponseEdit edit, String cookies, ByteBuf to) {
        HeadWriter out = fields(response, edit);
        out.text(edit.added()).text(cookies);
        if (chunked) {
            out.text("Transfer-Encoding: chunked\r\n");
        }
        out.text(keepAlive ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n");
        out.writeTo(to);
    }

    /** The head with which a target agrees to another protocol. */
    public static void writeSwitch(ResponseHead response, ResponseEdit edit, ByteBuf to) {
        HeadWriter out = fields(response, edit);
        out.field("Connection", "upgrade");
        out.field("Upgrade", String.join(", ", response.fields().values("upgrade")));
        out.text("\r\n").writeTo(to);
    }

    /** An interim response. */
    public static void writeInterim(ResponseHead response, ResponseEdit edit, ByteBuf to) {
        fields(response, edit).text("\r\n").writeTo(to);
    }

    private static HeadWriter fields(ResponseHead response, ResponseEdit edit) {
        MessageHead fields = response.fields();
        HeadWriter out = new HeadWriter(fields.length() + OWN_FIELDS);
        out.text("HTTP/1.1 ").text(response.phrase()).text("\r\n");
        ConnectionOptions options = ConnectionOptions.of(fields);
        for (int i = 0; i < fields.fields(); i++) {
            boolean length = fields.isNamed(i, "content-length");
            if (length
                    ? response.mayHaveLength()
                    : !(fields.isNamedAny(i, edit.hidden())
                            || fields.isNamedAny(i, REPLACED)
                            || options.contain(fields, i))) {
                fields.writeField(i, out);
            }
        }
        return out;
    }
}

package dev.resilient.loadbalancer.http;

import io.netty.buffer.ByteBuf;
import java.util.List;

/** Writes a request head for a target: the client's fields without those of its connection, and who the client is. */
public final class RequestWriter {
    private static final int OWN_FIELDS = 256;
    /** Of the client's connection, or written anew. */
    private static final List<String> REPLACED = List.of(
            "host",
            "connection",
            "content-length",
            "transfer-encoding",
            "keep-alive",
            "proxy-connection",
            "te",
            "upgrade",
            "x-forwarded-for",
            "x-forwarded-proto",
            "x-forwarded-port",
            "x-amzn-trace-id");

    /** Fields that a client cannot have removed by naming them as options of its connection. */
    private static final List<String> END_TO_END = List.of("expect", "cookie", "authorization");

    private RequestWriter() {}

    /** The head to send. */
    public static void write(RequestHead request, Forwarding forwarding, ByteBuf to) {
        MessageHead fields = request.fields();
        HeadWriter out = new HeadWriter(fields.length() + OWN_FIELDS);
        out.text(request.method()).text(" ").text(request.path()).text(" HTTP/1.1\r\n");
        // Without a host, too, since HTTP/1.1 demands the field.
        out.field("Host", forwarding.host(request));
        ConnectionOptions options = ConnectionOptions.of(fields);
        for (int i = 0; i < fields.fields(); i++) {
            if (!fields.isNamedAny(i, REPLACED) && !isOption(fields, i, options) && !forwarding.isDropped(fields, i)) {
                fields.writeField(i, out);
            }
        }
        if (request.offersUpgrade()) {
            out.field("Connection", "upgrade");
            out.field("Upgrade", request.upgrade());
        }
        switch (request.body()) {
            case BodyLength.Fixed fixed -> length(request, fixed.bytes(), out);
            case BodyLength.Chunked() -> out.field("Transfer-Encoding", "chunked");
            case BodyLength.UntilClose() -> throw new IllegalArgumentException("no request ends with its connection");
        }
        optional(out, "X-Forwarded-For", forwarding.forwardedFor(fields.values("x-forwarded-for")));
        out.field("X-Forwarded-Proto", "http");
        out.field("X-Forwarded-Port", Integer.toString(forwarding.port()));
        out.field("X-Amzn-Trace-Id", forwarding.traceId());
        out.text("\r\n");
        out.writeTo(to);
    }

    private static void optional(HeadWriter out, String name, String value) {
        if (!value.isEmpty()) {
            out.field(name, value);
        }
    }

    private static boolean isOption(MessageHead fields, int field, ConnectionOptions options) {
        return options.contain(fields, field) && !fields.isNamedAny(field, END_TO_END);
    }

    /** An explicit length of zero is passed on, since servers ask for one with POST. */
    private static void length(RequestHead request, long bytes, HeadWriter out) {
        if (bytes > 0 || !request.fields().values("content-length").isEmpty()) {
            out.field("Content-Length", Long.toString(bytes));
        }
    }
}

package dev.resilient.loadbalancer.http;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes a request head for a target: the client's fields without those of its connection, and who the client is. */
public final class RequestWriter {
    private static final int OWN_FIELDS = 512;
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
    public static void write(RequestHead request, Forwarding forwarding, ByteBuf out) {
        MessageHead fields = request.fields();
        out.ensureWritable(fields.length() + OWN_FIELDS);
        ascii(out, request.method() + " " + request.path() + " HTTP/1.1\r\n");
        optional(out, "Host", forwarding.host(request));
        List<String> options = ConnectionOptions.of(fields).options();
        for (int i = 0; i < fields.fields(); i++) {
            if (!fields.isNamedAny(i, REPLACED) && !isOption(fields, i, options) && !forwarding.isDropped(fields, i)) {
                fields.writeField(i, out);
            }
        }
        if (request.offersUpgrade()) {
            field(out, "Connection", "upgrade");
            field(out, "Upgrade", request.upgrade());
        }
        switch (request.body()) {
            case BodyLength.Fixed fixed -> length(request, fixed.bytes(), out);
            case BodyLength.Chunked() -> field(out, "Transfer-Encoding", "chunked");
            case BodyLength.UntilClose() -> throw new IllegalArgumentException("no request ends with its connection");
        }
        optional(out, "X-Forwarded-For", forwarding.forwardedFor(fields.values("x-forwarded-for")));
        field(out, "X-Forwarded-Proto", "http");
        field(out, "X-Forwarded-Port", Integer.toString(forwarding.port()));
        field(out, "X-Amzn-Trace-Id", forwarding.traceId());
        ascii(out, "\r\n");
    }

    private static void optional(ByteBuf out, String name, String value) {
        if (!value.isEmpty()) {
            field(out, name, value);
        }
    }

    private static boolean isOption(MessageHead fields, int field, List<String> options) {
        return !options.isEmpty() && fields.isNamedAny(field, options) && !fields.isNamedAny(field, END_TO_END);
    }

    /** An explicit length of zero is passed on, since servers ask for one with POST. */
    private static void length(RequestHead request, long bytes, ByteBuf out) {
        if (bytes > 0 || !request.fields().values("content-length").isEmpty()) {
            field(out, "Content-Length", Long.toString(bytes));
        }
    }

    private static void field(ByteBuf out, String name, String value) {
        ascii(out, name + ": " + value + "\r\n");
    }

    private static void ascii(ByteBuf out, String text) {
        out.writeCharSequence(text, StandardCharsets.ISO_8859_1);
    }
}

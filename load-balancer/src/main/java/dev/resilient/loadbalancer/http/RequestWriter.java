package dev.resilient.loadbalancer.http;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes a request head for a target: the client's fields without those of its connection, and who the client is. */
public final class RequestWriter {
    private static final int HTTP_PORT = 80;
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

    /**
     * The head to send.
     *
     * @param client the address of the client, as a literal
     * @param port the port of the listener
     * @param traceId a new id, {@code 1-<8 hex>-<24 hex>}
     */
    public static void write(RequestHead request, String client, int port, String traceId, ByteBuf out) {
        MessageHead fields = request.fields();
        out.ensureWritable(fields.length() + OWN_FIELDS);
        ascii(out, request.method() + " " + request.path() + " HTTP/1.1\r\n");
        // Without a host, too, since HTTP/1.1 demands the field.
        field(
                out,
                "Host",
                port == HTTP_PORT || request.host().isEmpty() ? request.host() : request.host() + ":" + port);
        ConnectionOptions options = ConnectionOptions.of(fields);
        for (int i = 0; i < fields.fields(); i++) {
            if (!fields.isNamedAny(i, REPLACED) && !isOption(fields, i, options)) {
                fields.writeField(i, out);
            }
        }
        switch (request.body()) {
            case BodyLength.Fixed fixed -> length(request, fixed.bytes(), out);
            case BodyLength.Chunked() -> field(out, "Transfer-Encoding", "chunked");
            case BodyLength.UntilClose() -> throw new IllegalArgumentException("no request ends with its connection");
        }
        String forwardedFor = String.join(", ", fields.values("x-forwarded-for"));
        field(out, "X-Forwarded-For", forwardedFor.isEmpty() ? client : forwardedFor + ", " + client);
        field(out, "X-Forwarded-Proto", "http");
        field(out, "X-Forwarded-Port", Integer.toString(port));
        field(out, "X-Amzn-Trace-Id", TraceId.forwarded(fields.values("x-amzn-trace-id"), traceId));
        ascii(out, "\r\n");
    }

    private static boolean isOption(MessageHead fields, int field, ConnectionOptions options) {
        return options.contain(fields, field) && !fields.isNamedAny(field, END_TO_END);
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

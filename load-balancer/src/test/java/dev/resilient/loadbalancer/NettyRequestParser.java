package dev.resilient.loadbalancer;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayList;
import java.util.List;

/** Netty's own codec, which the balancer does not use. */
final class NettyRequestParser implements RequestParser {
    private final EmbeddedChannel channel = new EmbeddedChannel(new HttpRequestDecoder(
            new HttpDecoderConfig().setMaxInitialLineLength(1 << 20).setMaxHeaderSize(1 << 20)));
    private final List<Parsed> requests = new ArrayList<>();
    private String line = "";
    private long body;
    private boolean malformed;

    @Override
    public void feed(byte[] bytes) {
        channel.writeInbound(Unpooled.wrappedBuffer(bytes));
        for (HttpObject part = channel.readInbound(); part != null; part = channel.readInbound()) {
            read(part);
            ReferenceCountUtil.release(part);
        }
    }

    private void read(HttpObject part) {
        malformed |= part.decoderResult().isFailure();
        if (malformed) {
            return;
        }
        if (part instanceof HttpRequest request) {
            line = request.method() + " " + request.uri();
            body = 0;
        }
        if (part instanceof HttpContent content) {
            body += content.content().readableBytes();
        }
        if (part instanceof LastHttpContent) {
            requests.add(new Parsed(line, body));
        }
    }

    @Override
    public List<Parsed> requests() {
        return requests;
    }

    @Override
    public boolean isMalformed() {
        return malformed;
    }

    /** Gives its buffers back. */
    void close() {
        channel.finishAndReleaseAll();
    }
}

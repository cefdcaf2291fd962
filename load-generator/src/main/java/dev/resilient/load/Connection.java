package dev.resilient.load;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A connection that is opened for a first request and kept for others, one at a time. Confined to its event loop. */
@SuppressWarnings("FutureReturnValueIgnored") // what becomes of writing and closing is heard of in channelInactive
final class Connection extends SimpleChannelInboundHandler<HttpObject> {
    private final Sender sender;
    private final ByteBuf head;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private @Nullable ChannelHandlerContext context;
    private @Nullable Request current;
    private @Nullable HttpResponse answer;
    private boolean kept;

    /** @param head what every request consists of */
    Connection(Sender sender, ByteBuf head, Request first) {
        this.sender = sender;
        this.head = head;
        this.current = first;
    }

    /** Sends a request on a connection that is open and has none. */
    void send(Request request) {
        current = request;
        ChannelHandlerContext open = context;
        if (open != null) {
            open.writeAndFlush(head.retainedDuplicate(), open.voidPromise());
        }
    }

    /** Whether it carries this request. */
    boolean carries(Request request) {
        return current == request;
    }

    void close() {
        ChannelHandlerContext open = context;
        if (open != null) {
            open.close();
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext opened) {
        context = opened;
        Request first = current;
        if (first == null || first.hasEnded()) {
            opened.close();
        } else {
            send(first);
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext open, HttpObject part) {
        if (part.decoderResult().isFailure()) {
            end(new Outcome.Broken("no HTTP: " + part.decoderResult().cause().getMessage()));
            open.close();
            return;
        }
        if (part instanceof HttpResponse begun) {
            answer = begun;
            body.reset();
        }
        if (part instanceof HttpContent content) {
            append(content.content());
        }
        HttpResponse whole = answer;
        if (part instanceof LastHttpContent && whole != null) {
            answer = null;
            answered(open, whole);
        }
    }

    private void append(ByteBuf bytes) {
        byte[] some = new byte[bytes.readableBytes()];
        bytes.readBytes(some);
        body.writeBytes(some);
    }

    private void answered(ChannelHandlerContext open, HttpResponse response) {
        if (response.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
            return;
        }
        boolean asked = end(new Outcome.Response(
                response.status().code(),
                response.headers().get(HttpHeaderNames.SERVER, ""),
                body.toString(StandardCharsets.UTF_8)));
        kept = true;
        if (asked && HttpUtil.isKeepAlive(response)) {
            sender.free(this);
        } else {
            open.close();
        }
    }

    /** A kept connection that turns out to have been closed meanwhile makes no failure: RFC 9112, section 9.3.1. */
    @Override
    public void channelInactive(ChannelHandlerContext closed) {
        sender.closed(this);
        Request cut = current;
        if (cut != null && kept && answer == null && !cut.hasEnded() && cut.repeat()) {
            current = null;
            sender.begin(cut);
        } else {
            end(new Outcome.Broken("the connection ended before the answer did"));
        }
        sender.next();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext open, Throwable failure) {
        open.close();
    }

    /** Tells the sender what became of the current request; false if there is none. */
    private boolean end(Outcome outcome) {
        Request ending = current;
        current = null;
        if (ending != null) {
            sender.ended(ending, outcome);
        }
        return ending != null;
    }
}

package dev.resilient.loadbalancer.proxy;

import dev.resilient.loadbalancer.event.BalancerReason;
import dev.resilient.loadbalancer.http.BalancerResponse;
import dev.resilient.loadbalancer.http.BodyLength;
import dev.resilient.loadbalancer.http.BodyReader;
import dev.resilient.loadbalancer.http.ChunkedBody;
import dev.resilient.loadbalancer.http.RejectedException;
import dev.resilient.loadbalancer.http.RequestHead;
import dev.resilient.loadbalancer.http.ResponseHead;
import dev.resilient.loadbalancer.http.ResponseWriter;
import dev.resilient.loadbalancer.rotation.Choice;
import dev.resilient.loadbalancer.rotation.RoutedTarget;
import dev.resilient.loadbalancer.rotation.SetCookies;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way through: from the choice of a target to the end of its response. Sits between a client's and a target's
 * connection, passes bytes on in both directions as they come, and lets the faster side wait for the slower one. Confined to their
 * event loop.
 */
final class ProxyExchange {
    private static final int FIRST_SERVER_ERROR = 500;
    private final ClientConnection client;
    private final RequestHead request;
    private final ExchangeRecorder recorder;
    private final RoutedTarget routed;
    private final SetCookies cookies;
    private BodyReader requestBody;
    private final TargetConnection target;
    private ByteBuf requestHead;
    private int status;
    private boolean requestSent;
    private boolean keepAlive;
    private boolean endsWithConnection;
    private boolean ended;
    private @Nullable Tunnel tunnel;

    /**
     * Begins at once.
     *
     * @param requestHead the head for the target
     */
    ProxyExchange(
            ClientConnection client,
            RequestHead request,
            ByteBuf requestHead,
            ExchangeRecorder recorder,
            Choice choice) {
        this.client = client;
        this.request = request;
        this.requestHead = requestHead;
        this.recorder = recorder;
        this.routed = choice.routed();
        this.cookies = choice.cookies();
        this.requestBody = switch (request.body()) {
            case BodyLength.Fixed fixed -> new BodyReader.Fixed(fixed.bytes());
            case BodyLength.Chunked() -> ChunkedBody.framed(BalancerReason.MALFORMED_REQUEST);
            case BodyLength.UntilClose() -> throw new IllegalArgumentException("no request ends with its connection");
        };
        recorder.targetChosen(routed.target());
        routed.requestBegan();
        this.target = client.worker().pool().take(routed);
    }

    /** Asks for the connection, which may be there already. */
    void begin() {
        target.serve(this);
    }

    boolean isHead() {
        return request.isHead();
    }

    /** Whether the target has been sent all of the request. */
    boolean isRequestSent() {
        return requestSent;
    }

    /** Whether its connection to the target may not be used again. */
    boolean isLast() {
        return request.isLast();
    }

    /** Something happened: neither side is idle. */
    void touch() {
        client.touch();
    }

    // From the client.

    /** Passes on what there is of the request's body. */
    void forwardRequest(ByteBuf in) {
        if (!target.isConnected() || requestSent || ended) {
            return;
        }
        try {
            if (!requestBody.isComplete() && in.isReadable()) {
                int before = in.readableBytes();
                ByteBuf piece = requestBody.read(in);
                recorder.received(before - in.readableBytes());
                target.write(piece);
            }
            requestSent = requestBody.isComplete();
        } catch (RejectedException malformed) {
            fail(malformed.reason());
        }
    }

    /** Whether reading more of the request is of use now. */
    boolean wantsRequest() {
        return requestSent || !target.isConnected() || target.isWritable();
    }

    void flushRequest() {
        target.flush();
    }

    void clientWritable(boolean writable) {
        target.setReading(writable);
    }

    /** The client sends no more, and may still receive. */
    void clientFinished() {
        if (tunnel != null) {
            target.shutdownOutput();
            tunnel.clientFinished();
        }
    }

    void clientClosed() {
        if (tunnel != null) {
            endTunnel();
        } else if (hasResponded()) {
            end(status, BalancerReason.RESPONSE_ABANDONED);
        } else {
            BalancerReason reason =
                    requestSent || requestIsRead() ? BalancerReason.CLIENT_CLOSED : BalancerReason.REQUEST_INCOMPLETE;
            end(reason.status(), reason);
        }
    }

    /** The load balancer closes: nobody gets an answer any more. */
    void balancerClosed() {
        BalancerReason reason = hasResponded() ? BalancerReason.RESPONSE_CUT : BalancerReason.BALANCER_CLOSED;
        end(hasResponded() ? status : reason.status(), reason);
        client.abort(endsWithConnection);
    }

    /** Nothing has happened for the idle timeout. */
    void idle() {
        if (tunnel != null) {
            endTunnel();
        } else if (hasResponded()) {
            cut(client.isWritable() ? BalancerReason.RESPONSE_CUT : BalancerReason.RESPONSE_ABANDONED);
        } else if (target.isConnected() && target.isWritable() && !requestSent) {
            fail(BalancerReason.REQUEST_TIMEOUT);
        } else {
            fail(BalancerReason.TARGET_TIMEOUT);
        }
    }

    private boolean requestIsRead() {
        return !request.hasBody();
    }

    // From the target.

    void connected() {
        recorder.connected();
        target.write(requestHead);
        requestHead = Unpooled.EMPTY_BUFFER;
        client.forwardRequest();
        target.flush();
    }

    void targetWritable() {
        client.forwardRequest();
        target.flush();
    }

    void interim(ResponseHead head) {
        if (request.http11()) {
            ByteBuf out = client.allocate();
            ResponseWriter.writeInterim(head, client.responseEdit(), out);
            write(out);
        }
    }

    /** Passes on the head; gives the reader of the body. */
    BodyReader respond(ResponseHead head) {
        status = head.status();
        recorder.responseBegan(status);
        boolean chunked = request.http11() && !(head.body() instanceof BodyLength.Fixed);
        endsWithConnection = !chunked && !(head.body() instanceof BodyLength.Fixed);
        keepAlive = requestSent && client.mayKeepAlive(request) && !endsWithConnection;
        ByteBuf out = client.allocate();
        ResponseWriter.write(head, chunked, keepAlive, client.responseEdit(), cookies.lines(head), out);
        write(out);
        return switch (head.body()) {
            case BodyLength.Fixed fixed -> new BodyReader.Fixed(fixed.bytes());
            case BodyLength.Chunked() ->
                chunked
                        ? ChunkedBody.framed(BalancerReason.MALFORMED_RESPONSE)
                        : ChunkedBody.unframed(BalancerReason.MALFORMED_RESPONSE, client.allocator());
            case BodyLength.UntilClose() -> new BodyReader.UntilClose(chunked, client.allocator());
        };
    }

    /** The target agrees to another protocol: from now on bytes pass as they are, until either side has had enough. */
    BodyReader switchProtocols(ResponseHead head) throws RejectedException {
        head.checkSwitch(request.offersUpgrade());
        status = head.status();
        recorder.responseBegan(status);
        endsWithConnection = true;
        ByteBuf out = client.allocate();
        ResponseWriter.writeSwitch(head, client.responseEdit(), out);
        write(out);
        tunnel = new Tunnel(this::endTunnel);
        requestBody = new BodyReader.UntilClose(false, client.allocator());
        requestSent = false;
        client.allowHalfClosure();
        target.allowHalfClosure();
        client.forwardRequest();
        target.flush();
        return new BodyReader.UntilClose(false, client.allocator());
    }

    /** The target sends no more, and may still receive. */
    void targetFinished() {
        if (tunnel != null) {
            client.shutdownOutput();
            tunnel.targetFinished();
        }
    }

    private void endTunnel() {
        end(status, null);
        target.finish();
        client.exchangeEnded(false);
    }

    void responseBody(ByteBuf piece) {
        write(piece);
        if (!client.isWritable()) {
            target.setReading(false);
        }
    }

    void flushResponse() {
        client.flush();
    }

    void responseEnded() {
        end(status, null);
        client.exchangeEnded(keepAlive);
    }

    void targetFailed(BalancerReason reason) {
        fail(reason);
    }

    // Both.

    private void write(ByteBuf out) {
        recorder.sent(out.readableBytes());
        client.write(out);
    }

    private boolean hasResponded() {
        return status != 0;
    }

    private void fail(BalancerReason reason) {
        if (ended) {
            return;
        }
        if (hasResponded()) {
            cut(BalancerReason.RESPONSE_CUT);
            return;
        }
        boolean mayKeepAlive = (requestSent || requestIsRead()) && client.mayKeepAlive(request);
        recorder.sent(client.answer(BalancerResponse.of(reason), mayKeepAlive, isHead()));
        end(reason.status(), reason);
        client.exchangeEnded(mayKeepAlive);
    }

    private void cut(BalancerReason reason) {
        end(status, reason);
        client.abort(endsWithConnection);
    }

    private boolean isByTheTargetsFault(@Nullable BalancerReason reason) {
        return reason == null ? status >= FIRST_SERVER_ERROR : reason.blame() == BalancerReason.Blame.TARGET;
    }

    private void end(int finalStatus, @Nullable BalancerReason reason) {
        if (ended) {
            return;
        }
        ended = true;
        requestHead.release();
        requestHead = Unpooled.EMPTY_BUFFER;
        routed.requestEnded(isByTheTargetsFault(reason));
        if (reason != null) {
            target.abandon();
        }
        client.record(recorder.end(finalStatus, reason));
    }
}

package dev.resilient.loadbalancer.proxy;

import dev.resilient.loadbalancer.event.BalancerReason;
import dev.resilient.loadbalancer.event.DesyncReason;
import dev.resilient.loadbalancer.event.Exchange;
import dev.resilient.loadbalancer.http.RejectedException;
import dev.resilient.loadbalancer.http.RequestHead;
import dev.resilient.loadbalancer.target.Target;
import dev.resilient.time.TimeSource;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Keeps the record of one request while it happens. Confined to the event loop of its connection. */
final class ExchangeRecorder {
    private static final long NOT_YET = -1;
    private final TimeSource time;
    private final Exchange.Connection connection;
    private final Instant accepted;
    private final long startNanos;
    private @Nullable RequestHead request;
    private String traceId = "";
    private boolean dropsInvalidFields;
    private Optional<DesyncReason> desync = Optional.empty();
    private Exchange.@Nullable Decision decision;
    private @Nullable Target target;
    private int targetStatus;
    private long ruledNanos = NOT_YET;
    private long targetChosenNanos = NOT_YET;
    private long connectedNanos = NOT_YET;
    private long firstByteNanos = NOT_YET;
    private long receivedBytes;
    private long sentBytes;

    ExchangeRecorder(TimeSource time, Exchange.Connection connection) {
        this.time = time;
        this.connection = connection;
        this.accepted = time.instant();
        this.startNanos = time.nanoTime();
    }

    Instant accepted() {
        return accepted;
    }

    /** The value of X-Amzn-Trace-Id for the target. */
    String traceId() {
        return traceId;
    }

    /** The head has been read, as {@code headBytes} bytes. */
    void headRead(int headBytes) {
        receivedBytes = headBytes;
    }

    void requestRead(RequestHead read, String newTraceId, boolean dropsInvalid) {
        request = read;
        traceId = newTraceId;
        dropsInvalidFields = dropsInvalid;
        desync = Optional.ofNullable(read.desync());
    }

    /** Why the request is not what it should be. */
    void refused(RejectedException rejected) {
        desync = rejected.desync();
    }

    void decided(Exchange.Decision made) {
        decision = made;
        ruledNanos = elapsed();
    }

    void targetChosen(Target chosen) {
        target = chosen;
        targetChosenNanos = elapsed();
    }

    void connected() {
        connectedNanos = elapsed();
    }

    void responseBegan(int status) {
        targetStatus = status;
        firstByteNanos = elapsed();
    }

    void received(long bytes) {
        receivedBytes += bytes;
    }

    void sent(long bytes) {
        sentBytes += bytes;
    }

    Exchange end(int status, @Nullable BalancerReason reason) {
        return new Exchange(
                connection,
                request == null ? Exchange.Request.unreadable(desync) : asked(request),
                Optional.ofNullable(decision),
                Optional.ofNullable(target),
                status,
                targetStatus == 0 ? OptionalInt.empty() : OptionalInt.of(targetStatus),
                Optional.ofNullable(reason),
                new Exchange.Timeline(
                        accepted,
                        step(ruledNanos),
                        step(targetChosenNanos),
                        step(connectedNanos),
                        step(firstByteNanos),
                        elapsed()),
                new Exchange.Traffic(receivedBytes, sentBytes));
    }

    private Exchange.Request asked(RequestHead head) {
        return new Exchange.Request(
                head.method(),
                head.uri(),
                head.path(),
                head.host(),
                head.http11() ? "HTTP/1.1" : "HTTP/1.0",
                head.userAgent(),
                traceId,
                head.upgrade(),
                invalidFields(head),
                desync);
    }

    private Exchange.InvalidFields invalidFields(RequestHead head) {
        if (!head.fields().hasUnusualNames()) {
            return Exchange.InvalidFields.NONE;
        }
        return dropsInvalidFields ? Exchange.InvalidFields.DROPPED : Exchange.InvalidFields.FORWARDED;
    }

    private long elapsed() {
        return time.nanoTime() - startNanos;
    }

    private static OptionalLong step(long nanos) {
        return nanos == NOT_YET ? OptionalLong.empty() : OptionalLong.of(nanos);
    }
}

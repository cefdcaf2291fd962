package dev.resilient.loadbalancer.proxy;

import dev.resilient.loadbalancer.event.BalancerReason;
import dev.resilient.loadbalancer.event.DesyncReason;
import dev.resilient.loadbalancer.event.Exchange;
import dev.resilient.loadbalancer.http.RejectedException;
import dev.resilient.loadbalancer.http.RequestHead;
import dev.resilient.loadbalancer.target.Target;
import dev.resilient.time.TimeSource;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Keeps the record of one request while it happens. Confined to the event loop of its connection. */
final class ExchangeRecorder {
    private static final long NOT_YET = -1;
    private final TimeSource time;
    private final InetSocketAddress client;
    private final Instant accepted;
    private final long startNanos;
    private String method = "-";
    private String uri = "-";
    private Optional<DesyncReason> desync = Optional.empty();
    private OptionalInt rulePriority = OptionalInt.empty();
    private @Nullable Target target;
    private long targetChosenNanos = NOT_YET;
    private long connectedNanos = NOT_YET;
    private long firstByteNanos = NOT_YET;
    private long receivedBytes;
    private long sentBytes;

    ExchangeRecorder(TimeSource time, InetSocketAddress client) {
        this.time = time;
        this.client = client;
        this.accepted = time.instant();
        this.startNanos = time.nanoTime();
    }

    Instant accepted() {
        return accepted;
    }

    void requestRead(RequestHead request) {
        method = request.method();
        uri = request.uri();
        desync = Optional.ofNullable(request.desync());
        receivedBytes = request.fields().length();
    }

    /** Why the request is not what it should be. */
    void refused(RejectedException rejected) {
        desync = rejected.desync();
    }

    void ruleMatched(int priority) {
        rulePriority = OptionalInt.of(priority);
    }

    void targetChosen(Target chosen) {
        target = chosen;
        targetChosenNanos = elapsed();
    }

    void connected() {
        connectedNanos = elapsed();
    }

    void responseBegan() {
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
                client,
                method,
                uri,
                desync,
                rulePriority,
                Optional.ofNullable(target),
                status,
                Optional.ofNullable(reason),
                new Exchange.Timeline(
                        accepted, step(targetChosenNanos), step(connectedNanos), step(firstByteNanos), elapsed()),
                new Exchange.Traffic(receivedBytes, sentBytes));
    }

    private long elapsed() {
        return time.nanoTime() - startNanos;
    }

    private static OptionalLong step(long nanos) {
        return nanos == NOT_YET ? OptionalLong.empty() : OptionalLong.of(nanos);
    }
}

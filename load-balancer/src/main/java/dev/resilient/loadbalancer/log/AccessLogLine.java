package dev.resilient.loadbalancer.log;

import dev.resilient.loadbalancer.event.BalancerReason;
import dev.resilient.loadbalancer.event.DesyncReason;
import dev.resilient.loadbalancer.event.Exchange;
import dev.resilient.loadbalancer.target.Target;
import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The line of an access log for an exchange: the fields that AWS documents, in its order. What is absent is {@code -}, a duration of
 * a step that did not happen {@code -1}.
 */
public final class AccessLogLine {
    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
    private static final String ABSENT = "-";
    private static final int SWITCHED = 101;
    private static final int LONGEST_USER_AGENT = 8 * 1024;
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long MILLIS_PER_SECOND = 1_000;
    private final StringBuilder line = new StringBuilder(512);

    private AccessLogLine() {}

    /**
     * The line, without a line end.
     *
     * @param loadBalancer what the log calls the load balancer: on AWS {@code app/name/id}
     */
    public static String of(Exchange exchange, String loadBalancer) {
        AccessLogLine writer = new AccessLogLine();
        writer.who(exchange, loadBalancer);
        writer.howLong(exchange.timeline(), exchange.targetStatus());
        writer.howMuch(exchange);
        writer.what(exchange);
        writer.decided(exchange);
        writer.target(exchange);
        writer.classified(exchange);
        return writer.line.toString();
    }

    private void who(Exchange exchange, String loadBalancer) {
        line.append(exchange.status() == SWITCHED ? "ws" : "http");
        Instant accepted = exchange.timeline().accepted();
        plain(MICROS.format(accepted.plusNanos(exchange.timeline().lastByteNanos())));
        plain(loadBalancer);
        plain(literal(exchange.client()));
        plain(exchange.target().map(Target::address).map(AccessLogLine::literal).orElse(ABSENT));
    }

    private void howLong(Exchange.Timeline timeline, OptionalInt targetStatus) {
        boolean dispatched = timeline.connectedNanos().isPresent();
        boolean answered = dispatched && targetStatus.isPresent();
        long sent = timeline.connectedNanos().orElse(0);
        plain(dispatched ? seconds(sent) : "-1");
        plain(answered ? seconds(timeline.firstByteNanos().orElse(sent) - sent) : "-1");
        // A head is passed on as soon as it has been read.
        plain(answered ? seconds(0) : "-1");
    }

    private void howMuch(Exchange exchange) {
        plain(Integer.toString(exchange.status()));
        plain(optional(exchange.targetStatus()));
        plain(Long.toString(exchange.traffic().receivedBytes()));
        plain(Long.toString(exchange.traffic().sentBytes()));
    }

    private void what(Exchange exchange) {
        Exchange.Request request = exchange.request();
        InetSocketAddress listener = exchange.connection().listener();
        String host = request.host().isEmpty() ? NetUtil.toAddressString(listener.getAddress()) : request.host();
        boolean readable = !request.protocol().equals(ABSENT);
        quoted(request.method() + " http://" + host + ":" + listener.getPort() + (readable ? request.path() : ABSENT)
                + " " + request.protocol());
        String agent = request.userAgent();
        quoted(agent.length() > LONGEST_USER_AGENT ? agent.substring(0, LONGEST_USER_AGENT) : agent);
        plain(ABSENT);
        plain(ABSENT);
        plain(exchange.decision().flatMap(Exchange.Decision::group).orElse(ABSENT));
        quoted(request.traceId());
        quoted(ABSENT);
        quoted(ABSENT);
    }

    private void decided(Exchange exchange) {
        plain(optional(exchange.rulePriority()));
        plain(MICROS.format(exchange.timeline().accepted().truncatedTo(ChronoUnit.MILLIS)));
        quoted(exchange.decision().map(Exchange.Decision::action).map(Exchange.Action::wireName));
        quoted(exchange.decision().flatMap(Exchange.Decision::redirectUrl));
        quoted(exchange.reason().map(AccessLogLine::name));
    }

    private void target(Exchange exchange) {
        quoted(exchange.target().map(Target::address).map(AccessLogLine::literal));
        quoted(optional(exchange.targetStatus()));
    }

    private void classified(Exchange exchange) {
        quoted(exchange.desync().map(DesyncReason::severity).map(DesyncReason.Severity::wireName));
        quoted(exchange.desync().map(DesyncReason::wireName));
        plain(exchange.connection().traceId());
        quoted(ABSENT);
        quoted(ABSENT);
        quoted(ABSENT);
    }

    private static String optional(OptionalInt number) {
        return number.isPresent() ? Integer.toString(number.getAsInt()) : ABSENT;
    }

    private static String literal(InetSocketAddress address) {
        String host = NetUtil.toAddressString(address.getAddress());
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.getPort();
    }

    /** Seconds with three decimals, cut off and not rounded. */
    private static String seconds(long nanos) {
        long millis = nanos / NANOS_PER_MILLI;
        return millis / MILLIS_PER_SECOND + "."
                + Long.toString(MILLIS_PER_SECOND + millis % MILLIS_PER_SECOND).substring(1);
    }

    /** A reason as AWS writes its own: {@code TargetClosed}. */
    private static String name(BalancerReason reason) {
        StringBuilder name = new StringBuilder();
        for (String word : reason.name().split("_")) {
            name.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
        }
        return name.toString();
    }

    private void plain(String field) {
        line.append(' ').append(field);
    }

    private void quoted(Optional<String> field) {
        quoted(field.orElse(ABSENT));
    }

    /** A quote, a backslash and whatever is not printable are written as {@code \x22}, so that a field ends at the next quote. */
    private void quoted(String field) {
        line.append(" \"");
        if (field.isEmpty()) {
            line.append(ABSENT);
        }
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                line.append("\\x").append("%02X".formatted((int) c));
            } else {
                line.append(c);
            }
        }
        line.append('"');
    }
}

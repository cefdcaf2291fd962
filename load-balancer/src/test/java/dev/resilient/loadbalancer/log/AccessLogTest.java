package dev.resilient.loadbalancer.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.loadbalancer.event.BalancerEvent;
import dev.resilient.loadbalancer.event.BalancerReason;
import dev.resilient.loadbalancer.event.DesyncReason;
import dev.resilient.loadbalancer.event.Exchange;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** The line for an exchange, and how lines come into a sink. */
class AccessLogTest {
    private static final String NAME = "app/my-loadbalancer/50dc6c495c0c9188";
    private static final String EXAMPLE = "http 2018-07-02T22:23:00.186641Z app/my-loadbalancer/50dc6c495c0c9188"
            + " 192.168.131.39:2817 10.0.0.1:80 0.000 0.001 0.000 200 200 34 366"
            + " \"GET http://www.example.com:80/ HTTP/1.1\" \"curl/7.46.0\" - - "
            + "arn:aws:elasticloadbalancing:us-east-2:123456789012:targetgroup/my-targets/73e2d6bc24d8a067"
            + " \"Root=1-58337262-36d228ad5d99923122bbe354\" \"-\" \"-\" 0 2018-07-02T22:22:48.364000Z"
            + " \"forward\" \"-\" \"-\" \"10.0.0.1:80\" \"200\" \"-\" \"-\"";
    private static final String SINCE_THEN = " TID_0123456789abcdef0123456789abcdef \"-\" \"-\" \"-\"";

    @Test
    void the_line_is_AWSs_example_with_the_fields_that_came_later() {
        assertThat(line(Exchanges.example().get())).isEqualTo(EXAMPLE + SINCE_THEN);
    }

    @Test
    void a_target_that_closed_early_has_no_status_and_no_time() {
        assertThat(line(Exchanges.example()
                        .answered(BalancerReason.TARGET_CLOSED, true, true)
                        .get()))
                .contains(" 10.0.0.1:80 0.000 -1 -1 502 - 34 366 ", " \"-\" \"TargetClosed\" \"10.0.0.1:80\" \"-\" ");
    }

    @Test
    void a_request_that_was_never_sent_has_no_times() {
        assertThat(line(Exchanges.example()
                        .answered(BalancerReason.CONNECT_FAILED, false, true)
                        .get()))
                .contains(" 10.0.0.1:80 -1 -1 -1 502 - ");
        assertThat(line(Exchanges.example()
                        .answered(BalancerReason.NO_TARGETS, false, false)
                        .get()))
                .contains(" 192.168.131.39:2817 - -1 -1 -1 503 - ", " \"forward\" \"-\" \"NoTargets\" \"-\" \"-\" ");
    }

    @Test
    void a_request_that_could_not_be_read_is_all_absent() {
        Exchanges malformed = Exchanges.example()
                .with(Exchange.Request.unreadable(Optional.of(DesyncReason.BAD_METHOD)))
                .answered(BalancerReason.MALFORMED_REQUEST, false, false);
        Exchange exchange = new Exchanges(
                        malformed.request(),
                        Optional.empty(),
                        Optional.empty(),
                        400,
                        OptionalInt.empty(),
                        malformed.reason(),
                        malformed.timeline())
                .get();
        assertThat(line(exchange))
                .contains(
                        " 400 - 34 366 \"- http://10.9.9.9:80- -\" \"-\" - - - \"-\" \"-\" \"-\" - 2018",
                        "000Z \"-\" \"-\" \"MalformedRequest\" \"-\" \"-\" \"Severe\" \"BadMethod\" TID_");
    }

    @Test
    void a_field_cannot_end_before_its_quote_nor_a_line_before_its_end() {
        Exchanges hostile =
                Exchanges.example().with(Exchanges.request("/?bar=\"", "a\" \\ \u00e9\n", Optional.empty()));
        assertThat(line(hostile.get()))
                .contains("\"GET http://www.example.com:80/?bar=\\x22 HTTP/1.1\" \"a\\x22 \\x5C \\xE9\\x0A\" - -");
    }

    @Test
    void an_IPv6_address_is_in_brackets_and_a_tunnel_is_a_ws() {
        assertThat(line(Exchanges.example().from("2001:db8::1"))).contains(" [2001:db8::1]:2817 ");
        Exchanges example = Exchanges.example();
        Exchange tunnel = new Exchanges(
                        example.request(),
                        example.decision(),
                        example.target(),
                        101,
                        OptionalInt.of(101),
                        Optional.empty(),
                        example.timeline())
                .get();
        assertThat(line(tunnel)).startsWith("ws 2018").contains(" 101 101 34 366 ");
    }

    @Test
    void every_reason_is_visible_in_its_line() {
        for (BalancerReason reason : BalancerReason.values()) {
            String line = line(Exchanges.example().answered(reason, true, true).get());
            assertThat(line.toUpperCase(Locale.ROOT))
                    .contains("\"" + reason.name().replace("_", "") + "\"");
        }
    }

    @Test
    void what_was_accepted_is_written_before_the_log_is_closed() throws Exception {
        StringWriter sink = new StringWriter();
        AccessLog log = new AccessLog(NAME, sink, 16);
        try (log) {
            for (int i = 0; i < 3; i++) {
                log.accept(finished());
            }
            log.accept(new BalancerEvent.ConnectionOpened(BalancerEvent.Peer.CLIENT));
        }
        assertThat(sink.toString()).isEqualTo((EXAMPLE + SINCE_THEN + "\n").repeat(3));
        assertThat(log.dropped()).isZero();
        log.accept(finished());
        assertThat(log.dropped()).isOne();
        log.close();
    }

    @Test
    void a_sink_that_is_slow_costs_lines_and_nobody_waits_for_it() throws Exception {
        CountDownLatch writing = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        StringWriter lines = new StringWriter();
        AccessLog log = new AccessLog(NAME, sink(lines, writing, gate), 2);
        try (log) {
            log.accept(finished());
            writing.await();
            for (int i = 0; i < 5; i++) {
                log.accept(finished());
            }
            assertThat(log.dropped()).isEqualTo(3);
            gate.countDown();
        }
        assertThat(lines.toString().lines()).hasSize(3);
    }

    @Test
    void a_sink_that_fails_costs_its_lines_and_not_the_log() throws Exception {
        AccessLog log = new AccessLog(NAME, sink(null, new CountDownLatch(1), new CountDownLatch(0)), 4);
        try (log) {
            log.accept(finished());
            log.accept(finished());
        }
        assertThat(log.dropped()).isEqualTo(2);
    }

    /** Writes once the gate is open; fails if there is nowhere to write. */
    private static Writer sink(StringWriter lines, CountDownLatch writing, CountDownLatch gate) {
        return new Writer() {
            @Override
            public void write(char[] chars, int from, int length) throws IOException {
                writing.countDown();
                try {
                    gate.await();
                } catch (InterruptedException interrupted) {
                    throw new IOException(interrupted);
                }
                if (lines == null) {
                    throw new IOException("no space left");
                }
                lines.write(chars, from, length);
            }

            @Override
            public void flush() {
                // Nothing is held back.
            }

            @Override
            public void close() {
                // Nothing to be given back.
            }
        };
    }

    private static BalancerEvent finished() {
        return new BalancerEvent.RequestFinished(Exchanges.example().get());
    }

    private static String line(Exchange exchange) {
        return AccessLogLine.of(exchange, NAME);
    }
}

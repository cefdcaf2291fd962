package dev.resilient.loadbalancer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.loadbalancer.RawTarget.Connection;
import dev.resilient.loadbalancer.event.BalancerReason;
import dev.resilient.loadbalancer.event.Exchange;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The fault matrix: what the other side sees, what is recorded, and that nothing stays in flight. */
class FaultTest {
    private static final Duration IDLE = Duration.ofMillis(400);

    /** What goes wrong, as the peer of the balancer does it. */
    enum Fault {
        CLOSE(BalancerReason.TARGET_CLOSED) {
            @Override
            void strike(Connection connection, CountDownLatch over) throws IOException {
                connection.close();
            }
        },
        RESET(BalancerReason.TARGET_RESET) {
            @Override
            void strike(Connection connection, CountDownLatch over) throws IOException {
                connection.reset();
            }
        },
        STALL(BalancerReason.TARGET_TIMEOUT) {
            @Override
            void strike(Connection connection, CountDownLatch over) throws InterruptedException {
                over.await();
            }
        },
        ILLEGAL_BYTES(BalancerReason.MALFORMED_RESPONSE) {
            @Override
            void strike(Connection connection, CountDownLatch over) throws IOException {
                connection.write("\0\r\n\r\n");
            }
        };

        private final BalancerReason beforeResponse;

        Fault(BalancerReason beforeResponse) {
            this.beforeResponse = beforeResponse;
        }

        abstract void strike(Connection connection, CountDownLatch over) throws IOException, InterruptedException;
    }

    /** How a body is framed. */
    enum Framing {
        LENGTH("Content-Length: 10", "hello"),
        CHUNKED("Transfer-Encoding: chunked", "5\r\nhello\r\n");

        private final String field;
        private final String half;

        Framing(String field, String half) {
            this.field = field;
            this.half = half;
        }
    }

    static Stream<Arguments> cells() {
        return Arrays.stream(Fault.values())
                .flatMap(fault -> Arrays.stream(Framing.values()).map(framing -> Arguments.of(fault, framing)));
    }

    @ParameterizedTest
    @MethodSource("cells")
    void a_target_fails_before_its_response(Fault fault, Framing framing) throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        String body = framing.half + (framing == Framing.LENGTH ? "world" : "0\r\n\r\n");
        try (RawTarget target = RawTarget.start((head, connection) -> {
                    connection.read(body.length());
                    fault.strike(connection, over);
                });
                Stage stage = stage(target);
                RawClient client = RawClient.connect(stage.address())) {
            client.send(Http.head("POST / HTTP/1.1", "Host: a", framing.field) + body);
            int status = client.response().status();
            over.countDown();
            assertThat(status).isEqualTo(fault.beforeResponse.status());
            Exchange exchange = stage.exchange();
            assertThat(exchange.reason()).contains(fault.beforeResponse);
            assertThat(exchange.status()).isEqualTo(status);
            assertThat(stage.group().requestsInFlight(target.as("i-0"))).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("cells")
    void a_target_fails_in_the_head_of_its_response(Fault fault, Framing framing) throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        try (RawTarget target = RawTarget.start((head, connection) -> {
                    connection.write("HTTP/1.1 200 OK\r\n" + framing.field + "\r\nX: ");
                    fault.strike(connection, over);
                });
                Stage stage = stage(target);
                RawClient client = RawClient.connect(stage.address())) {
            assertThat(client.send(Http.get()).response().status()).isEqualTo(fault.beforeResponse.status());
            over.countDown();
            assertThat(stage.exchange().reason()).contains(fault.beforeResponse);
            assertThat(stage.group().requestsInFlight(target.as("i-0"))).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("cells")
    void a_target_fails_in_the_body_of_its_response(Fault fault, Framing framing) throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        CountDownLatch received = new CountDownLatch(1);
        try (RawTarget target = RawTarget.start((head, connection) -> {
                    connection.write(Http.head("HTTP/1.1 200 OK", framing.field) + framing.half);
                    received.await();
                    fault.strike(connection, over);
                });
                Stage stage = stage(target);
                RawClient client = RawClient.connect(stage.address())) {
            client.send(Http.get());
            assertThat(client.head()).startsWith("HTTP/1.1 200 OK\r\n");
            assertThat(client.bytes(framing.half.length())).isEqualTo(framing.half);
            received.countDown();
            if (fault == Fault.ILLEGAL_BYTES && framing == Framing.LENGTH) {
                // Within a length any byte is legal: five of them complete the body.
                assertThat(client.bytes(5)).isEqualTo("\0\r\n\r\n");
                assertThat(stage.exchange().reason()).isEmpty();
            } else {
                assertThat(client.rest()).isEmpty();
                Exchange exchange = stage.exchange();
                assertThat(exchange.reason()).contains(BalancerReason.RESPONSE_CUT);
                assertThat(exchange.status()).isEqualTo(200);
            }
            over.countDown();
            assertThat(stage.group().requestsInFlight(target.as("i-0"))).isZero();
        }
    }

    @Test
    void bytes_after_a_response_are_not_the_answer_to_the_next_request() throws Exception {
        String ok = Http.head("HTTP/1.1 200 OK", "Content-Length: 0");
        try (RawTarget target = RawTarget.start((head, connection) ->
                        connection.write(ok + Http.head("HTTP/1.1 999 Smuggled", "Content-Length: 0")));
                Stage stage = stage(target);
                RawClient client = RawClient.connect(stage.address())) {
            for (int i = 0; i < 3; i++) {
                assertThat(client.send(Http.get()).response().status()).isEqualTo(200);
            }
        }
    }

    @Test
    void a_client_that_leaves_before_the_response_is_recorded_as_460() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        try (RawTarget target = RawTarget.start((head, connection) -> over.await());
                Stage stage = Stage.with(target)) {
            try (RawClient client = RawClient.connect(stage.address())) {
                client.send(Http.get());
                target.request();
            }
            Exchange exchange = stage.exchange();
            assertThat(exchange.status()).isEqualTo(460);
            assertThat(exchange.reason()).contains(BalancerReason.CLIENT_CLOSED);
            over.countDown();
        }
    }

    @ParameterizedTest
    @MethodSource("framings")
    void a_client_that_leaves_in_its_body_is_recorded_as_400_and_the_target_sees_the_end(Framing framing)
            throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        try (RawTarget target = RawTarget.start((head, connection) -> {
                    connection.read(framing.half.length());
                    assertThat(connection.head()).isEmpty();
                    ended.countDown();
                });
                Stage stage = Stage.with(target)) {
            try (RawClient client = RawClient.connect(stage.address())) {
                client.send(Http.head("POST / HTTP/1.1", "Host: a", framing.field) + framing.half);
                target.request();
            }
            assertThat(stage.exchange().reason()).contains(BalancerReason.REQUEST_INCOMPLETE);
            ended.await();
        }
    }

    @Test
    void a_client_that_resets_in_the_response_frees_the_target() throws Exception {
        CountDownLatch reset = new CountDownLatch(1);
        try (RawTarget target = RawTarget.start((head, connection) -> {
                    connection.write(Http.head("HTTP/1.1 200 OK", "Content-Length: 10") + "hello");
                    reset.await();
                    assertThat(connection.head()).isEmpty();
                });
                Stage stage = Stage.with(target)) {
            RawClient client = RawClient.connect(stage.address());
            client.send(Http.get()).head();
            client.reset();
            Exchange exchange = stage.exchange();
            reset.countDown();
            assertThat(exchange.reason()).contains(BalancerReason.RESPONSE_ABANDONED);
            assertThat(exchange.status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @MethodSource("stalls")
    void a_client_that_stalls_in_its_request_is_answered_408(String beginning) throws Exception {
        try (RawTarget target = RawTarget.start((head, connection) -> connection.head());
                Stage stage = stage(target);
                RawClient client = RawClient.connect(stage.address())) {
            assertThat(client.send(beginning).rest()).startsWith("HTTP/1.1 408 Request Time-out\r\n");
            assertThat(stage.exchange().reason()).contains(BalancerReason.REQUEST_TIMEOUT);
        }
    }

    @Test
    void a_connection_without_a_request_is_closed_after_the_idle_timeout_without_a_byte() throws Exception {
        try (Stage stage = stage();
                RawClient client = RawClient.connect(stage.address())) {
            assertThat(client.rest()).isEmpty();
        }
    }

    static Stream<Framing> framings() {
        return Arrays.stream(Framing.values());
    }

    static Stream<String> stalls() {
        return Stream.of(
                "GET / HT",
                "GET / HTTP/1.1\r\nHost: a\r\n",
                Http.head("POST / HTTP/1.1", "Host: a", "Content-Length: 10") + "half",
                Http.head("POST / HTTP/1.1", "Host: a", "Transfer-Encoding: chunked") + "5\r\nhe");
    }

    private static Stage stage(RawTarget... targets) throws IOException {
        return Stage.with(builder -> builder.idleTimeout(IDLE), Stage.QUICK, targets);
    }
}

package dev.resilient.loadbalancer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.loadbalancer.RawTarget.Script;
import dev.resilient.loadbalancer.http.Forwarding;
import dev.resilient.loadbalancer.http.HeadReader;
import dev.resilient.loadbalancer.http.RequestGuard;
import dev.resilient.loadbalancer.http.RequestHead;
import dev.resilient.loadbalancer.http.RequestWriter;
import dev.resilient.loadbalancer.settings.DesyncMode;
import dev.resilient.loadbalancer.settings.LoadBalancerSettings;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that are slow, endless or greedy cost little and keep nobody else waiting. */
class HostileClientTest {
    private static final Forwarding FORWARDING = new Forwarding(
            LoadBalancerSettings.DEFAULT,
            new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 5000),
            80,
            "Root=1-0-0");

    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
    private static final String LAST = Http.head("GET / HTTP/1.1", "Host: a", "Connection: close");
    private static final long LITTLE_MEMORY = 1 << 20;
    /** More than what a probe needs, and less than what makes the balancer stop reading. */
    private static final long WAITING = 12 << 10;

    @Test
    void a_head_may_come_byte_by_byte() throws Exception {
        try (RawTarget target = RawTarget.start(Script.body("hello"));
                Stage stage = onOneLoop(target);
                RawClient client = RawClient.connect(stage.address())) {
            String request = Http.get();
            for (int i = 0; i < request.length(); i++) {
                client.send(request.substring(i, i + 1));
                settle(stage, 1);
            }
            assertThat(client.response().body()).isEqualTo("hello");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    Content-Length: 26         | abcdefghijklmnopqrstuvwxyz
                    Transfer-Encoding: chunked | 1;a="b"~X~5~hello~0~Y: z~~
                    """)
    void a_body_may_come_byte_by_byte_and_each_byte_goes_on_at_once(String field, String shown) throws Exception {
        String body = shown.replace("~", "\r\n");
        BlockingQueue<String> arrived = new LinkedBlockingQueue<>();
        Script script = (head, connection) -> {
            for (int i = 0; i < body.length(); i++) {
                arrived.add(connection.read(1));
            }
            connection.write(FaultStage.OK);
        };
        try (RawTarget target = RawTarget.start(script);
                Stage stage = Stage.with(target);
                RawClient client = RawClient.connect(stage.address())) {
            client.send(Http.head("POST / HTTP/1.1", "Host: a", field));
            for (int i = 0; i < body.length(); i++) {
                String next = body.substring(i, i + 1);
                client.send(next);
                assertThat(arrived.poll(20, TimeUnit.SECONDS)).isEqualTo(next);
            }
            assertThat(client.response().status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    a request line       | 414 | GET /                                                            | a
                    a field              | 400 | GET / HTTP/1.1~Host: a~X:                                        | a
                    fields               | 400 | GET / HTTP/1.1~Host: a~                                          | X: y~
                    empty lines and CR   | 414 | ~~~~                                                             | ^
                    a chunk size         | 400 | POST / HTTP/1.1~Host: a~Transfer-Encoding: chunked~~             | 0
                    a chunk extension    | 400 | POST / HTTP/1.1~Host: a~Transfer-Encoding: chunked~~1;           | a
                    chunk extensions     | 400 | POST / HTTP/1.1~Host: a~Transfer-Encoding: chunked~~1            | ;a
                    a trailer            | 400 | POST / HTTP/1.1~Host: a~Transfer-Encoding: chunked~~0~X:         | a
                    trailers             | 400 | POST / HTTP/1.1~Host: a~Transfer-Encoding: chunked~~0~           | X: y~
                    garbage              | 400 | !                                                                | ~
                    """)
    void what_does_not_end_is_refused_early(String what, int status, String beginning, String repeated)
            throws Exception {
        try (RawTarget target = RawTarget.start((head, connection) -> connection.head());
                Stage stage = Stage.with(target);
                FaultClient client = FaultClient.connect(stage.address())) {
            long before = LeavesNoBuffers.memoryInUse();
            client.send(beginning.replace("~", "\r\n"));
            Thread.ofVirtual()
                    .start(() -> client.flood(repeated.replace("~", "\r\n").replace('^', '\r')));
            assertThat(client.rest()).as(what).startsWith("HTTP/1.1 " + status + " ");
            assertThat(LeavesNoBuffers.memoryInUse() - before).isLessThan(LITTLE_MEMORY);
        }
    }

    @Test
    void garbage_without_end_behind_a_request_does_not_harm_the_request() throws Exception {
        try (RawTarget target = RawTarget.start(Script.body("hello"));
                Stage stage = Stage.with(target);
                FaultClient client = FaultClient.connect(stage.address())) {
            client.send(Http.get());
            Thread.ofVirtual().start(() -> client.flood("\0\r\n\r\n"));
            assertThat(Http.statuses(client.rest())).containsExactly("200", "400");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a:\r\n", "Connection: a\r\n", "X-Amzn-Trace-Id: ;\r\n"})
    void many_small_fields_are_passed_on(String field) throws Exception {
        String fields = field.repeat(65_000 / field.length());
        try (RawTarget target = RawTarget.start(Script.body("hello"));
                Stage stage = onOneLoop(target)) {
            for (int i = 0; i < 3; i++) {
                assertThat(RawClient.exchange(stage.address(), "GET / HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n")
                                .status())
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void many_addresses_are_refused_as_many_and_not_as_large() throws Exception {
        String fields = "X-Forwarded-For: a\r\n".repeat(3_000);
        try (RawTarget target = RawTarget.start(Script.body("hello"));
                Stage stage = onOneLoop(target)) {
            assertThat(RawClient.exchange(stage.address(), "GET / HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n")
                            .status())
                    .isEqualTo(463);
        }
    }

    @Test
    @Timeout(2)
    void many_options_of_the_connection_among_many_fields_are_told_apart_in_no_time() throws Exception {
        String options = ("Connection: " + "ab,".repeat(5_000) + "\r\n").repeat(2) + "ac:\r\n".repeat(6_500);
        for (int i = 0; i < 20; i++) {
            ByteBuf in = Unpooled.copiedBuffer(
                    "GET / HTTP/1.1\r\nHost: a\r\n" + options + "\r\n", StandardCharsets.US_ASCII);
            ByteBuf out = Unpooled.buffer();
            RequestHead head =
                    RequestGuard.check(new HeadReader(HeadReader.Kind.REQUEST).read(in), DesyncMode.DEFENSIVE);
            RequestWriter.write(head, FORWARDING, out);
            assertThat(out.toString(StandardCharsets.US_ASCII))
                    .contains("ac: \r\n")
                    .doesNotContain("ab");
            in.release();
            out.release();
        }
    }

    @Test
    void a_client_that_reads_no_response_before_its_last_request_fills_no_memory_and_misses_none() throws Exception {
        int requests = 20_000;
        try (RawTarget target = RawTarget.start(Script.body("hello"));
                Stage stage = onOneLoop(target);
                Listener fixed = listenForFixedResponses(stage);
                FaultClient client = FaultClient.connectNarrow(fixed.address())) {
            long before = LeavesNoBuffers.memoryInUse();
            Thread sender = Thread.ofVirtual().start(() -> sendAll(client, requests));
            settle(stage, 100);
            assertThat(LeavesNoBuffers.memoryInUse() - before).isLessThan(LITTLE_MEMORY);
            assertThat(Http.statuses(client.rest())).hasSize(requests).containsOnly("200");
            sender.join();
        }
    }

    @Test
    void the_last_response_is_not_lost_where_it_has_to_wait_for_the_client() throws Exception {
        try (RawTarget target = RawTarget.start(Script.body("hello"));
                Stage stage = onOneLoop(target);
                Listener fixed = listenForFixedResponses(stage);
                FaultClient client = FaultClient.connectNarrow(fixed.address())) {
            long before = LeavesNoBuffers.memoryInUse();
            int sent = 0;
            // Until the sockets are full, and the next responses wait within the balancer.
            while (LeavesNoBuffers.memoryInUse() - before < WAITING) {
                client.send(Http.get().repeat(20));
                settle(stage, 2);
                sent += 20;
            }
            client.send(LAST);
            settle(stage, 2);
            assertThat(Http.statuses(client.rest())).hasSize(sent + 1).containsOnly("200");
        }
    }

    private static Listener listenForFixedResponses(Stage stage) throws IOException {
        return stage.balancer().listen(ANY_PORT, new Action.FixedResponse(200, "text/plain", "x".repeat(1024)));
    }

    private static void sendAll(FaultClient client, int requests) {
        try {
            client.send(Http.get().repeat(requests - 1) + LAST);
        } catch (IOException ended) {
            throw new AssertionError(ended);
        }
    }

    private static Stage onOneLoop(RawTarget target) throws IOException {
        return Stage.with(builder -> builder.workerThreads(1), Stage.QUICK, target);
    }

    /** The loop has come round so often, reading whatever there was to read. */
    private static void settle(Stage stage, int rounds) throws Exception {
        try (RawClient client = RawClient.connect(stage.address())) {
            for (int i = 0; i < rounds; i++) {
                client.send(Http.get()).response();
                stage.exchange();
            }
        }
    }
}

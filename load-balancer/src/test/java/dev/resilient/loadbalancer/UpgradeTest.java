package dev.resilient.loadbalancer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.loadbalancer.RawTarget.Script;
import dev.resilient.loadbalancer.event.BalancerReason;
import dev.resilient.loadbalancer.event.Exchange;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

/** A request that leads to another protocol: the two connections become one tunnel, recorded as one exchange. */
class UpgradeTest {
    private static final String OFFER = Http.head(
            "GET /chat HTTP/1.1",
            "Host: a",
            "Connection: keep-alive, Upgrade",
            "Upgrade: websocket",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
    private static final String AGREED =
            Http.head("HTTP/1.1 101 Switching Protocols", "Upgrade: websocket", "Connection: Upgrade", "X-Target: yes");

    @Test
    void both_sides_agree_and_bytes_pass_as_they_are_in_both_directions() throws Exception {
        Script echo = (head, connection) -> {
            connection.write(AGREED);
            assertThat(connection.read(5)).isEqualTo("\0\r\n\r\n");
            connection.write("GET / HTTP/1.1\r\n\r\n");
            assertThat(connection.read(3)).isEqualTo("bye");
            connection.close();
        };
        try (RawTarget target = RawTarget.start(echo);
                Stage stage = Stage.with(target);
                RawClient client = RawClient.connect(stage.address())) {
            client.send(OFFER);
            assertThat(client.head())
                    .isEqualTo(Http.head(
                            "HTTP/1.1 101 Switching Protocols",
                            "X-Target: yes",
                            "Connection: upgrade",
                            "Upgrade: websocket"));
            assertThat(target.request())
                    .contains("Connection: upgrade\r\nUpgrade: websocket\r\n", "Sec-WebSocket-Key: dGhl");
            assertThat(client.send("\0\r\n\r\n").bytes(18)).isEqualTo("GET / HTTP/1.1\r\n\r\n");
            assertThat(client.send("bye").rest()).isEmpty();
            client.finish();
            Exchange exchange = stage.exchange();
            assertThat(exchange.status()).isEqualTo(101);
            assertThat(exchange.reason()).isEmpty();
            assertThat(exchange.traffic().receivedBytes()).isEqualTo(OFFER.length() + 8);
            assertThat(target.requestsSoFar()).isZero();
            assertThat(stage.group().requestsInFlight(target.as("i-0"))).isZero();
        }
    }

    @Test
    void what_the_client_sends_early_waits_for_the_agreement() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        Script script = (head, connection) -> {
            gate.await();
            connection.write(AGREED);
            connection.write(connection.read(5));
            connection.close();
        };
        try (RawTarget target = RawTarget.start(script);
                Stage stage = Stage.with(target);
                RawClient client = RawClient.connect(stage.address())) {
            client.send(OFFER + "early");
            target.request();
            gate.countDown();
            client.head();
            assertThat(client.rest()).isEqualTo("early");
        }
    }

    @Test
    void a_target_that_does_not_agree_answers_as_ever_and_the_connection_goes_on() throws Exception {
        try (RawTarget target = RawTarget.start(Script.body("no"));
                Stage stage = Stage.with(target);
                RawClient client = RawClient.connect(stage.address())) {
            assertThat(client.send(OFFER + Http.get()).response().body()).isEqualTo("no");
            assertThat(client.response().body()).isEqualTo("no");
            target.request();
            assertThat(target.request()).startsWith("GET / HTTP/1.1\r\n").doesNotContain("pgrade");
        }
    }

    @Test
    void a_client_that_has_sent_everything_still_receives() throws Exception {
        Script script = (head, connection) -> {
            connection.write(AGREED);
            assertThat(connection.head()).isEmpty();
            connection.write("after the end");
            connection.close();
        };
        try (RawTarget target = RawTarget.start(script);
                Stage stage = Stage.with(target);
                RawClient client = RawClient.connect(stage.address())) {
            client.send(OFFER).head();
            client.finish();
            assertThat(client.rest()).isEqualTo("after the end");
            assertThat(stage.exchange().reason()).isEmpty();
        }
    }

    @Test
    void a_target_that_has_sent_everything_still_receives() throws Exception {
        BlockingQueue<String> received = new LinkedBlockingQueue<>();
        Script script = (head, connection) -> {
            connection.write(AGREED + "all");
            connection.finish();
            received.add(connection.read(13));
        };
        try (RawTarget target = RawTarget.start(script);
                Stage stage = Stage.with(target);
                RawClient client = RawClient.connect(stage.address())) {
            client.send(OFFER).head();
            assertThat(client.rest()).isEqualTo("all");
            client.send("after the end").finish();
            assertThat(received.take()).isEqualTo("after the end");
            assertThat(stage.exchange().status()).isEqualTo(101);
        }
    }

    @Test
    void the_faster_side_waits_for_the_slower_one_and_everything_arrives() throws Exception {
        int size = 20_000_000;
        CountDownLatch written = new CountDownLatch(1);
        Script script = (head, connection) -> {
            connection.write(AGREED);
            connection.write("d".repeat(size));
            written.countDown();
            connection.write(Integer.toString(connection.read(size).length()));
            connection.close();
        };
        try (RawTarget target = RawTarget.start(script);
                Stage stage = Stage.with(target);
                RawClient client = RawClient.connect(stage.address())) {
            client.send(OFFER).head();
            assertThat(written.getCount()).isOne();
            assertThat(client.bytes(size)).hasSize(size);
            written.await();
            client.send("u".repeat(size)).finish();
            String answer = client.rest();
            Exchange exchange = stage.exchange();
            assertThat(answer).isEqualTo("20000000");
            assertThat(exchange.traffic().receivedBytes()).isEqualTo(OFFER.length() + size);
        }
    }

    @Test
    void a_silent_tunnel_is_closed_after_the_idle_timeout() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        Script script = (head, connection) -> {
            connection.write(AGREED);
            assertThat(connection.head()).isEmpty();
            ended.countDown();
        };
        try (RawTarget target = RawTarget.start(script);
                Stage stage = Stage.with(builder -> builder.idleTimeout(Duration.ofMillis(300)), Stage.QUICK, target);
                RawClient client = RawClient.connect(stage.address())) {
            client.send(OFFER).head();
            assertThat(client.rest()).isEmpty();
            ended.await();
            assertThat(stage.exchange().reason()).isEmpty();
        }
    }

    @Test
    void a_client_that_resets_ends_the_tunnel_for_the_target() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        Script script = (head, connection) -> {
            connection.write(AGREED);
            assertThat(connection.head()).isEmpty();
            ended.countDown();
        };
        try (RawTarget target = RawTarget.start(script);
                Stage stage = Stage.with(target)) {
            RawClient client = RawClient.connect(stage.address());
            client.send(OFFER).head();
            client.reset();
            ended.await();
            assertThat(stage.exchange().status()).isEqualTo(101);
        }
    }

    @Test
    void a_target_that_switches_without_being_asked_is_answered_502() throws Exception {
        try (RawTarget target = RawTarget.start(Script.bytes(AGREED));
                Stage stage = Stage.with(target)) {
            assertThat(RawClient.get(stage.address()).status()).isEqualTo(502);
            assertThat(stage.exchange().reason()).contains(BalancerReason.MALFORMED_RESPONSE);
        }
    }

    @Test
    void HTTP_2_is_not_offered_on_since_nobody_but_the_target_would_see_its_requests() throws Exception {
        try (RawTarget target = RawTarget.start(Script.status(200));
                Stage stage = Stage.with(target)) {
            String offer = Http.head(
                    "GET / HTTP/1.1",
                    "Host: a",
                    "Connection: Upgrade, HTTP2-Settings",
                    "Upgrade: h2c",
                    "HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA");
            assertThat(RawClient.exchange(stage.address(), offer).status()).isEqualTo(200);
            assertThat(target.request()).doesNotContainIgnoringCase("upgrade", "http2");
        }
    }
}

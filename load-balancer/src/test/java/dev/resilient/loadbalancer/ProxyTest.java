package dev.resilient.loadbalancer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.resilient.loadbalancer.RawTarget.Script;
import dev.resilient.loadbalancer.event.Exchange;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of a request and its response on their way through. */
class ProxyTest {
    private static final Script HELLO = Script.body("hello");

    @Test
    void a_request_reaches_the_target_with_the_forwarded_fields() throws Exception {
        try (RawTarget target = RawTarget.start(HELLO);
                Stage stage = Stage.with(target)) {
            RawClient.Response response = RawClient.exchange(
                    stage.address(), "GET /a?b HTTP/1.1\r\nHost: example.com\r\nAccept: x\r\nKeep-Alive: 5\r\n\r\n");
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.body()).isEqualTo("hello");
            assertThat(target.request())
                    .matches("GET /a\\?b HTTP/1.1\r\nHost: example.com:"
                            + stage.address().getPort()
                            + "\r\nAccept: x\r\nX-Forwarded-For: 127.0.0.1\r\nX-Forwarded-Proto: http\r\nX-Forwarded-Port: "
                            + stage.address().getPort()
                            + "\r\nX-Amzn-Trace-Id: Root=1-[0-9a-f]{8}-[0-9a-f]{24}\r\n\r\n");
            Exchange exchange = stage.exchange();
            assertThat(exchange.status()).isEqualTo(200);
            assertThat(exchange.reason()).isEmpty();
            assertThat(exchange.uri()).isEqualTo("/a?b");
            assertThat(exchange.target().orElseThrow().id()).isEqualTo("i-0");
            Exchange.Timeline timeline = exchange.timeline();
            assertThat(List.of(
                            0L,
                            timeline.targetChosenNanos().orElseThrow(),
                            timeline.connectedNanos().orElseThrow(),
                            timeline.firstByteNanos().orElseThrow(),
                            timeline.lastByteNanos()))
                    .isSorted();
        }
    }

    @Test
    void addresses_are_appended_to_those_that_came() throws Exception {
        try (RawTarget target = RawTarget.start(HELLO);
                Stage stage = Stage.with(target)) {
            RawClient.exchange(
                    stage.address(),
                    Http.head(
                            "GET / HTTP/1.1",
                            "Host: a",
                            "X-Forwarded-For: 1.2.3.4",
                            "X-Forwarded-For: 5.6.7.8",
                            "X-Forwarded-Proto: https"));
            assertThat(target.request())
                    .contains("X-Forwarded-For: 1.2.3.4, 5.6.7.8, 127.0.0.1\r\n")
                    .contains("X-Forwarded-Proto: http\r\n")
                    .doesNotContain("https");
        }
    }

    @Test
    void fields_of_the_connection_stay_on_it_in_both_directions() throws Exception {
        Script script = Script.bytes(Http.head(
                        "HTTP/1.1 200 OK",
                        "Content-Length: 2",
                        "Connection: X-Private",
                        "X-Private: 1",
                        "Keep-Alive: timeout=5",
                        "Content-Encoding: utf-8",
                        "Server: mine")
                + "hi");
        try (RawTarget target = RawTarget.start(script);
                Stage stage = Stage.with(target)) {
            RawClient.Response response = RawClient.exchange(
                    stage.address(),
                    Http.head(
                            "GET / HTTP/1.1",
                            "Host: a",
                            "Connection: x-secret, keep-alive",
                            "X-Secret: 1",
                            "TE: trailers",
                            "Upgrade: h2c",
                            "Proxy-Connection: close"));
            assertThat(target.request()).doesNotContainIgnoringCase("secret", "TE:", "Upgrade", "Connection");
            assertThat(response.head())
                    .isEqualTo(Http.head(
                            "HTTP/1.1 200 OK",
                            "Content-Length: 2",
                            "Content-Encoding: utf-8",
                            "Server: mine",
                            "Connection: keep-alive"));
        }
    }

    @Test
    void an_absolute_request_target_names_the_host() throws Exception {
        try (RawTarget target = RawTarget.start(HELLO);
                Stage stage = Stage.with(target)) {
            RawClient.exchange(stage.address(), "GET http://real.example/x HTTP/1.1\r\nHost: example.com\r\n\r\n");
            assertThat(target.request())
                    .startsWith("GET /x HTTP/1.1\r\nHost: real.example:"
                            + stage.address().getPort() + "\r\n");
        }
    }

    @Test
    void both_connections_are_kept_alive_and_pipelined_requests_answered_in_order() throws Exception {
        Script echo = (head, connection) -> {
            String path = head.split(" ")[1];
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: " + path.length() + "\r\n\r\n" + path);
        };
        try (RawTarget target = RawTarget.start(echo);
                Stage stage = Stage.with(builder -> builder, Stage.patient(), target);
                RawClient client = RawClient.connect(stage.address())) {
            int connections = target.connections();
            client.send("GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\nGET /3 HTTP/1.1\r\nHo");
            assertThat(client.response().body()).isEqualTo("/1");
            assertThat(client.response().body()).isEqualTo("/2");
            client.send("st: a\r\n\r\n");
            assertThat(client.response().body()).isEqualTo("/3");
            assertThat(target.connections()).isEqualTo(connections + 1);
        }
    }

    @Test
    void a_target_that_closes_after_its_response_gets_a_new_connection_each_time() throws Exception {
        Script closing = (head, connection) -> {
            connection.write("HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\nold");
            connection.close();
        };
        try (RawTarget target = RawTarget.start(closing);
                Stage stage = Stage.with(builder -> builder, Stage.patient(), target);
                RawClient client = RawClient.connect(stage.address())) {
            for (int i = 0; i < 5; i++) {
                RawClient.Response response = client.send(Http.get()).response();
                assertThat(response.body()).isEqualTo("old");
                assertThat(response.field("Transfer-Encoding")).isEqualTo("chunked");
            }
        }
    }

    @Test
    void a_kept_alive_connection_that_the_target_closed_is_not_used_again() throws Exception {
        Script closing = (head, connection) -> {
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok");
            connection.close();
        };
        try (RawTarget target = RawTarget.start(closing);
                Stage stage = Stage.with(target);
                RawClient client = RawClient.connect(stage.address())) {
            for (int i = 0; i < 5; i++) {
                assertThat(client.send(Http.get()).response().status()).isEqualTo(200);
            }
        }
    }

    @Test
    void bodies_pass_in_both_directions_by_length_and_by_chunks() throws Exception {
        Script script = (head, connection) -> {
            if (head.contains("Content-Length: 5")) {
                assertThat(connection.read(5)).isEqualTo("hello");
                connection.write(
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\nX-Trailer: 1\r\n\r\n");
            } else {
                assertThat(connection.read(19)).isEqualTo("5;x=y\r\nhello\r\n0\r\n\r\n");
                connection.write("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nyes");
            }
        };
        try (RawTarget target = RawTarget.start(script);
                Stage stage = Stage.with(target);
                RawClient client = RawClient.connect(stage.address())) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello");
            assertThat(client.response().body()).isEqualTo("hi");
            client.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5;x=y\r\nhello\r\n0\r\n\r\n");
            assertThat(client.response().body()).isEqualTo("yes");
        }
    }

    @Test
    void a_client_that_expects_100_continue_hears_it_from_the_target() throws Exception {
        Script script = (head, connection) -> {
            connection.write("HTTP/1.1 100 Continue\r\n\r\n");
            assertThat(connection.read(2)).isEqualTo("ok");
            connection.write("HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n");
        };
        try (RawTarget target = RawTarget.start(script);
                Stage stage = Stage.with(target);
                RawClient client = RawClient.connect(stage.address())) {
            client.send("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
            assertThat(client.response().head()).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
            assertThat(target.request()).contains("Expect: 100-continue\r\n");
            assertThat(client.send("ok").response().status()).isEqualTo(201);
        }
    }

    @Test
    void an_answer_to_HEAD_keeps_its_length_and_has_no_body() throws Exception {
        try (RawTarget target = RawTarget.start(Script.bytes("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"));
                Stage stage = Stage.with(target);
                RawClient client = RawClient.connect(stage.address())) {
            for (int i = 0; i < 2; i++) {
                client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n");
                assertThat(client.responseTo("HEAD").field("Content-Length")).isEqualTo("1000");
            }
        }
    }

    @Test
    void a_client_of_HTTP_1_0_gets_a_chunked_response_without_chunks_and_a_closed_connection() throws Exception {
        Script chunked =
                Script.bytes("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
        try (RawTarget target = RawTarget.start(chunked);
                Stage stage = Stage.with(target);
                RawClient client = RawClient.connect(stage.address())) {
            client.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
            assertThat(client.rest()).isEqualTo("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nabcde");
            assertThat(target.request()).startsWith("GET / HTTP/1.1\r\nHost: \r\nX-Forwarded-For:");
        }
    }

    @Test
    void a_client_of_HTTP_1_0_may_keep_its_connection() throws Exception {
        try (RawTarget target = RawTarget.start(HELLO);
                Stage stage = Stage.with(target);
                RawClient client = RawClient.connect(stage.address())) {
            for (int i = 0; i < 2; i++) {
                client.send("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n");
                assertThat(client.response().field("Connection")).isEqualTo("keep-alive");
            }
            client.send("GET / HTTP/1.0\r\n\r\n");
            assertThat(client.rest()).endsWith("Connection: close\r\n\r\nhello");
        }
    }

    @Test
    void a_response_much_larger_than_any_buffer_waits_for_a_slow_client_and_arrives_whole() throws Exception {
        int size = 20_000_000;
        Script large = (head, connection) -> {
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: " + size + "\r\n\r\n");
            String block = "0123456789".repeat(10_000);
            for (int sent = 0; sent < size; sent += block.length()) {
                connection.write(block);
            }
        };
        try (RawTarget target = RawTarget.start(large);
                Stage stage = Stage.with(target);
                RawClient client = RawClient.connect(stage.address())) {
            client.send(Http.get());
            target.request();
            assertThat(client.response().body()).hasSize(size).endsWith("0123456789");
        }
    }

    @Test
    void a_request_much_larger_than_any_buffer_waits_for_a_slow_target_and_arrives_whole() throws Exception {
        int size = 20_000_000;
        Script script = (head, connection) -> {
            int read = connection.read(size).length();
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n" + read);
        };
        try (RawTarget target = RawTarget.start(script);
                Stage stage = Stage.with(target);
                RawClient client = RawClient.connect(stage.address())) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + size + "\r\n\r\n");
            client.send("x".repeat(size));
            assertThat(client.response().body()).isEqualTo("20000000");
            assertThat(stage.exchange().traffic().receivedBytes()).isGreaterThan(size);
        }
    }

    @Test
    void a_response_that_comes_before_the_request_is_complete_is_passed_on_and_ends_the_connection() throws Exception {
        try (RawTarget target = RawTarget.start(Script.bytes("HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n"));
                Stage stage = Stage.with(target);
                RawClient client = RawClient.connect(stage.address())) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\nsome");
            assertThat(client.rest()).startsWith("HTTP/1.1 413 Too Large\r\n").contains("Connection: close");
        }
    }

    @Test
    void trailers_pass_in_both_directions() throws Exception {
        String body = "3\r\nabc\r\n0\r\nX-Checksum: 1\r\nX-More: 2\r\n\r\n";
        Script script = (head, connection) -> {
            assertThat(connection.read(body.length())).isEqualTo(body);
            connection.write("HTTP/1.1 200 OK\r\nTrailer: X-Checksum\r\nTransfer-Encoding: chunked\r\n\r\n" + body);
        };
        try (RawTarget target = RawTarget.start(script);
                Stage stage = Stage.with(target);
                RawClient client = RawClient.connect(stage.address())) {
            client.send(Http.head("POST / HTTP/1.1", "Host: a", "Transfer-Encoding: chunked", "Trailer: X-Checksum")
                    + body);
            assertThat(client.head()).contains("Trailer: X-Checksum\r\n", "Transfer-Encoding: chunked\r\n");
            assertThat(client.bytes(body.length())).isEqualTo(body);
            assertThat(target.request()).contains("Trailer: X-Checksum\r\n");
        }
    }

    @Test
    void a_refused_expectation_ends_the_request() throws Exception {
        try (RawTarget target = RawTarget.start(Script.bytes("HTTP/1.1 417 No\r\nContent-Length: 0\r\n\r\n"));
                Stage stage = Stage.with(target);
                RawClient client = RawClient.connect(stage.address())) {
            client.send(Http.head("PUT / HTTP/1.1", "Host: a", "Content-Length: 2", "Expect: 100-continue"));
            assertThat(client.rest()).startsWith("HTTP/1.1 417 No\r\n").contains("Connection: close");
        }
    }

    @Test
    void a_target_of_HTTP_1_0_that_names_a_length_gets_a_new_connection_each_time() throws Exception {
        Script old = (head, connection) -> {
            connection.write("HTTP/1.0 200 OK\r\nContent-Length: 3\r\nConnection: keep-alive\r\n\r\nold");
            connection.close();
        };
        try (RawTarget target = RawTarget.start(old);
                Stage stage = Stage.with(target);
                RawClient client = RawClient.connect(stage.address())) {
            for (int i = 0; i < 3; i++) {
                RawClient.Response response = client.send(Http.get()).response();
                assertThat(response.head()).startsWith("HTTP/1.1 200 OK\r\n");
                assertThat(response.body()).isEqualTo("old");
            }
        }
    }

    @Test
    void addresses_may_be_of_IPv6_everywhere() throws Exception {
        InetAddress loopback = InetAddress.ofLiteral("::1");
        assumeTrue(canBind(loopback), "this machine has no ::1");
        try (RawTarget target = RawTarget.start("::1", HELLO);
                Stage stage = Stage.at(new InetSocketAddress(loopback, 0), builder -> builder, Stage.QUICK, target)) {
            assertThat(target.healthCheck()).contains("Host: [::1]:" + target.port() + "\r\n");
            String request = Http.head("GET / HTTP/1.1", "Host: [::1]", "X-Forwarded-For: 2001:db8::1");
            assertThat(RawClient.exchange(stage.address(), request).body()).isEqualTo("hello");
            assertThat(target.request())
                    .contains(
                            "Host: [::1]:" + stage.address().getPort() + "\r\n",
                            "X-Forwarded-For: 2001:db8::1, ::1\r\n");
            assertThat(stage.exchange().client().getAddress()).isEqualTo(loopback);
        }
    }

    private static boolean canBind(InetAddress address) {
        try (ServerSocket socket = new ServerSocket(0, 1, address)) {
            return socket.isBound();
        } catch (IOException refused) {
            return false;
        }
    }
}

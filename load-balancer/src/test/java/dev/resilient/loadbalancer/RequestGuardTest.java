package dev.resilient.loadbalancer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.loadbalancer.RawTarget.Script;
import dev.resilient.loadbalancer.event.BalancerReason;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests that two readers could understand in two ways are answered by the balancer, and no byte of them reaches a target. */
class RequestGuardTest {
    private static final String SMUGGLED = "0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n";

    static Stream<Arguments> refused() {
        return Stream.of(
                request("both lengths", 400, with("Content-Length: 4", "Transfer-Encoding: chunked")),
                request(
                        "both lengths, the other way round",
                        400,
                        with("Transfer-Encoding: chunked", "Content-Length: 4")),
                request("two lengths", 400, with("Content-Length: 4", "Content-Length: 5")),
                request("the same length twice", 400, with("Content-Length: 4", "Content-Length: 4")),
                request("a list of lengths", 400, with("Content-Length: 4, 4")),
                request("a signed length", 400, with("Content-Length: +4")),
                request("a negative length", 400, with("Content-Length: -4")),
                request("a hexadecimal length", 400, with("Content-Length: 0x4")),
                request("an empty length", 400, with("Content-Length: ")),
                request("an overlong length", 400, with("Content-Length: 9999999999999999999")),
                request("two encodings", 400, with("Transfer-Encoding: chunked", "Transfer-Encoding: chunked")),
                request("an unknown encoding", 501, with("Transfer-Encoding: xchunked")),
                request("a list of encodings", 501, with("Transfer-Encoding: gzip, chunked")),
                request("chunked by a wrong name", 501, with("Transfer-Encoding: chunked, identity")),
                request("a vertical tab before chunked", 400, with("Transfer-Encoding: \u000bchunked")),
                request("an empty encoding", 400, with("Transfer-Encoding:")),
                request("a blank before the colon", 400, with("Transfer-Encoding : chunked")),
                request("a folded field", 400, with("X: y", " Transfer-Encoding: chunked")),
                request("a field folded by a tab", 400, with("X: y", "\tz")),
                request("a field without a name", 400, with(": x")),
                request("a field without a colon", 400, with("X")),
                request("a NUL in a value", 400, with("X: a\0b")),
                request("a NUL in a name", 400, with("X\0: ab")),
                request("a bare CR in a value", 400, with("X: a\rTransfer-Encoding: chunked")),
                request("a bare LF", 400, with("X: a\nTransfer-Encoding: chunked")),
                request("two hosts", 400, with("Host: b")),
                request("no host", 400, "GET / HTTP/1.1\r\n\r\n"),
                request("a host that is none", 400, "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n"),
                request("a host with a user", 400, "GET / HTTP/1.1\r\nHost: u@a\r\n\r\n"),
                request("an authority with a user", 400, "GET http://u@b/ HTTP/1.1\r\nHost: a\r\n\r\n"),
                request("an absolute target without a host", 400, "GET http:///x HTTP/1.1\r\nHost: a\r\n\r\n"),
                request("a target of another scheme", 400, "GET ftp://a/ HTTP/1.1\r\nHost: a\r\n\r\n"),
                request("a relative target", 400, "GET x HTTP/1.1\r\nHost: a\r\n\r\n"),
                request("an asterisk with GET", 400, "GET * HTTP/1.1\r\nHost: a\r\n\r\n"),
                request("a control character in the target", 400, "GET /\u0001 HTTP/1.1\r\nHost: a\r\n\r\n"),
                request("a blank in the target", 400, "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n"),
                request("two blanks after the method", 400, "GET  / HTTP/1.1\r\nHost: a\r\n\r\n"),
                request("a method that is none", 400, "G@T / HTTP/1.1\r\nHost: a\r\n\r\n"),
                request("CONNECT", 400, "CONNECT a:80 HTTP/1.1\r\nHost: a\r\n\r\n"),
                request("TRACE", 405, "TRACE / HTTP/1.1\r\nHost: a\r\n\r\n"),
                request("no version", 400, "GET /\r\nHost: a\r\n\r\n"),
                request("a version that is none", 400, "GET / HTTP/1.1x\r\nHost: a\r\n\r\n"),
                request("a version in small letters", 400, "GET / http/1.1\r\nHost: a\r\n\r\n"),
                request("HTTP/2.0", 505, "GET / HTTP/2.0\r\nHost: a\r\n\r\n"),
                request("chunks in HTTP/1.0", 400, "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n"),
                request("a request line too long", 414, "GET /" + "a".repeat(17_000) + " HTTP/1.1\r\nHost: a\r\n\r\n"),
                request("a header too large", 400, with("X: " + "a".repeat(17_000))),
                request(
                        "headers too large together",
                        400,
                        with(("X: " + "a".repeat(10_000) + "\r\n").repeat(7) + "X: y")));
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @MethodSource("refused")
    void a_request_is_refused_and_its_connection_closed(String name, int status, String request) throws Exception {
        try (RawTarget target = RawTarget.start(Script.status(200));
                Stage stage = Stage.with(target);
                RawClient client = RawClient.connect(stage.address())) {
            client.send(request);
            String all = client.rest();
            assertThat(all).startsWith("HTTP/1.1 " + status + " ").contains("\r\nConnection: close\r\n");
            assertThat(all.indexOf("HTTP/1.1", 1)).isEqualTo(-1);
            assertThat(stage.exchange().reason().orElseThrow().status()).isEqualTo(status);
            assertThat(target.requestsSoFar()).isZero();
        }
    }

    static Stream<Arguments> badChunks() {
        return Stream.of(
                request("no digits", 400, "\r\nhello"),
                request("a sign", 400, "+5\r\nhello"),
                request("a prefix", 400, "0x5\r\nhello"),
                request("a blank", 400, "5 \r\nhello"),
                request("a bare LF after the size", 400, "5\nhello"),
                request("a bare LF in an extension", 400, "5;a\nhello"),
                request("a size too large", 400, "fffffffffffffffff\r\nhello"),
                request("more data than its size", 400, "4\r\nhello\r\n"),
                request("a trailer that is none", 400, "0\r\nX y\r\n\r\n"),
                request("a folded trailer", 400, "0\r\nX: y\r\n z\r\n\r\n"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badChunks")
    void malformed_chunks_are_not_passed_on(String name, int status, String chunks) throws Exception {
        try (RawTarget target = RawTarget.start(
                        (head, connection) -> assertThat(connection.head()).isEmpty());
                Stage stage = Stage.with(target);
                RawClient client = RawClient.connect(stage.address())) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks);
            assertThat(client.rest()).startsWith("HTTP/1.1 " + status + " ");
            assertThat(stage.exchange().reason()).contains(BalancerReason.MALFORMED_REQUEST);
        }
    }

    @Test
    void what_follows_a_complete_request_is_the_next_request_and_nothing_else() throws Exception {
        try (RawTarget target = RawTarget.start((head, connection) -> {
                    connection.read(head.contains("Content-Length: 5") ? 5 : 0);
                    connection.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                });
                Stage stage = Stage.with(target);
                RawClient client = RawClient.connect(stage.address())) {
            client.send("POST /1 HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nGET /" + Http.get());
            assertThat(client.response().status()).isEqualTo(200);
            assertThat(client.response().status()).isEqualTo(200);
            assertThat(target.request()).startsWith("POST /1 ");
            assertThat(target.request()).startsWith("GET / ");
        }
    }

    private static Arguments request(String name, int status, String request) {
        return Arguments.of(name, status, request);
    }

    private static String with(String... fields) {
        return "POST / HTTP/1.1\r\nHost: a\r\n" + String.join("\r\n", fields) + "\r\n\r\n" + SMUGGLED;
    }
}

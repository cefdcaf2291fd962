package dev.resilient.scenario.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.time.SystemTime;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceProbeTest {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String METADATA =
            "\"Metadata\":{\"InstanceId\":\"i-05387127cb2ebbea1\",\"AvailabilityZone\":\"us-west-2c\"}";
    private static final String RECOMMENDATION =
            "{\"Title\":{\"S\":\"Mirrorball\"},\"Creator\":{\"S\":\"Elbow\"},\"ItemId\":{\"N\":\"2\"}," + METADATA
                    + "}";
    private static final String STATIC =
            "{\"MediaType\":{\"S\":\"Book\"},\"ItemId\":{\"N\":\"0\"},\"Title\":{\"S\":\"404 Not Found: A Coloring Book\"},"
                    + "\"Creator\":{\"S\":\"The Oatmeal\"}," + METADATA + "}";

    @Test
    void an_item_is_a_recommendation_from_its_instance() throws IOException {
        Answer answer = answerTo(http("200 OK", RECOMMENDATION));
        assertThat(answer.kind()).isEqualTo(ResponseKind.RECOMMENDATION);
        assertThat(answer.status()).hasValue(200);
        assertThat(answer.instanceId()).contains("i-05387127cb2ebbea1");
        assertThat(answer.zone()).contains("us-west-2c");
        assertThat(answer.text()).isEqualTo(RECOMMENDATION);
        assertThat(answer.summary()).isEqualTo("recommendation from i-05387127cb2ebbea1");
    }

    @Test
    void the_coloring_book_is_static() throws IOException {
        assertThat(answerTo(http("200 OK", STATIC)).kind()).isEqualTo(ResponseKind.STATIC);
    }

    @Test
    void a_502_is_an_error_whatever_its_body() throws IOException {
        Answer answer = answerTo(http("502 Bad Gateway", RECOMMENDATION));
        assertThat(answer.kind()).isEqualTo(ResponseKind.ERROR);
        assertThat(answer.status()).hasValue(502);
        assertThat(answer.summary()).isEqualTo("status 502");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>It works!</html>", "{}", "[]", "null", "{\"Title\":{\"S\":\"Mirrorball\"}}"})
    void a_200_that_is_neither_is_an_error(String body) throws IOException {
        assertThat(answerTo(http("200 OK", body)).kind()).isEqualTo(ResponseKind.ERROR);
    }

    @Test
    void a_chunked_answer_is_put_together() throws IOException {
        String half = RECOMMENDATION.substring(0, 20);
        String rest = RECOMMENDATION.substring(20);
        Answer answer = answerTo("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n14\r\n" + half + "\r\n"
                + Integer.toHexString(rest.length()) + ";note=x\r\n" + rest + "\r\n0\r\nTrailer: x\r\n\r\n");
        assertThat(answer.kind()).isEqualTo(ResponseKind.RECOMMENDATION);
    }

    @Test
    void an_answer_may_end_with_its_connection() throws IOException {
        assertThat(answerTo("HTTP/1.0 200 OK\r\n\r\n" + RECOMMENDATION).kind()).isEqualTo(ResponseKind.RECOMMENDATION);
    }

    @Test
    void a_connection_closed_without_an_answer_is_an_error_and_not_tried_again() throws IOException {
        try (var server = new RawServer(List.of(List.of(RawServer.CLOSE), List.of(http("200 OK", RECOMMENDATION))));
                var probe = probe(server.endpoint(), PATIENCE)) {
            Answer answer = probe.sendOnFreshConnection();
            assertThat(answer.kind()).isEqualTo(ResponseKind.ERROR);
            assertThat(answer.status()).isEmpty();
            assertThat(answer.summary()).isEqualTo("no answer (the connection was closed without an answer)");
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void an_answer_cut_off_in_its_body_is_an_error() throws IOException {
        assertThat(answerTo("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n" + RECOMMENDATION)
                        .summary())
                .isEqualTo("no answer (the answer ends in the middle of its body)");
    }

    @Test
    void something_that_is_not_http_is_an_error() throws IOException {
        assertThat(answerTo("SSH-2.0-OpenSSH_9.9\r\n").summary())
                .isEqualTo("no answer (the answer does not begin like HTTP)");
    }

    @Test
    void a_refused_connection_is_an_error() throws IOException {
        URI nobody;
        try (var listener = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            nobody = URI.create("http://127.0.0.1:" + listener.getLocalPort());
        }
        try (var probe = probe(nobody, PATIENCE)) {
            assertThat(probe.sendOnFreshConnection().summary()).contains("no answer", "refused");
            assertThat(probe.sendOnKeptConnection().summary()).contains("no answer", "refused");
        }
    }

    @Test
    void a_silent_server_is_waited_for_no_longer_than_patience() throws IOException {
        try (var server = new RawServer(List.of(List.of(RawServer.SILENCE)));
                var probe = probe(server.endpoint(), Duration.ofMillis(200))) {
            Answer answer = probe.sendOnFreshConnection();
            assertThat(answer.kind()).isEqualTo(ResponseKind.ERROR);
            assertThat(answer.took()).isBetween(Duration.ofMillis(150), Duration.ofSeconds(4));
        }
    }

    @Test
    void a_kept_connection_serves_several_requests_and_a_fresh_one_only_one() throws IOException {
        String answer = http("200 OK", RECOMMENDATION);
        try (var server = new RawServer(List.of(List.of(answer, answer), List.of(answer)));
                var probe = probe(server.endpoint(), PATIENCE)) {
            assertThat(probe.sendOnKeptConnection().is(ResponseKind.RECOMMENDATION))
                    .isTrue();
            assertThat(probe.sendOnKeptConnection().is(ResponseKind.RECOMMENDATION))
                    .isTrue();
            assertThat(server.connections()).isEqualTo(1);
            assertThat(probe.sendOnFreshConnection().is(ResponseKind.RECOMMENDATION))
                    .isTrue();
            assertThat(server.connections()).isEqualTo(2);
            assertThat(server.requests().getFirst()).contains("Connection: keep-alive");
            assertThat(server.requests().getLast()).contains("Connection: close");
        }
    }

    @Test
    void a_kept_connection_that_was_closed_meanwhile_makes_no_failure() throws IOException {
        String answer = http("200 OK", RECOMMENDATION);
        try (var server = new RawServer(List.of(List.of(answer), List.of(answer)));
                var probe = probe(server.endpoint(), PATIENCE)) {
            probe.sendOnKeptConnection();
            assertThat(probe.sendOnKeptConnection().is(ResponseKind.RECOMMENDATION))
                    .isTrue();
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void a_kept_connection_that_breaks_in_the_middle_of_an_answer_does() throws IOException {
        String answer = http("200 OK", RECOMMENDATION);
        try (var server = new RawServer(List.of(List.of(answer, "HTTP/1.1 200 OK\r\nContent-Le"), List.of(answer)));
                var probe = probe(server.endpoint(), PATIENCE)) {
            probe.sendOnKeptConnection();
            assertThat(probe.sendOnKeptConnection().is(ResponseKind.ERROR)).isTrue();
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    private static Answer answerTo(String response) throws IOException {
        try (var server = new RawServer(List.of(List.of(response)));
                var probe = probe(server.endpoint(), PATIENCE)) {
            return probe.sendOnFreshConnection();
        }
    }

    private static ServiceProbe probe(URI endpoint, Duration patience) {
        return new ServiceProbe(endpoint, patience, SystemTime.INSTANCE);
    }

    private static String http(String status, String body) {
        return "HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\nContent-Length: "
                + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body;
    }
}

package dev.resilient.loadbalancer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.loadbalancer.event.BalancerReason;
import dev.resilient.loadbalancer.event.Exchange;
import dev.resilient.loadbalancer.http.BalancerResponse;
import dev.resilient.loadbalancer.target.HealthCheck;
import dev.resilient.loadbalancer.target.Target;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The answers that the balancer makes itself. */
class BalancerResponseTest {
    private static final Instant NOW = Instant.parse("2026-04-25T16:45:16Z");

    @Test
    void a_503_is_byte_for_byte_that_of_an_application_load_balancer() {
        String page = """
            <html>
            <head><title>503 Service Temporarily Unavailable</title></head>
            <body>
            <center><h1>503 Service Temporarily Unavailable</h1></center>
            </body>
            </html>
            """.replace("\n", "\r\n");
        assertThat(encoded(BalancerReason.NO_TARGETS, false))
                .isEqualTo(Http.head(
                                "HTTP/1.1 503 Service Temporarily Unavailable",
                                "Server: awselb/2.0",
                                "Date: Sat, 25 Apr 2026 16:45:16 GMT",
                                "Content-Type: text/html",
                                "Content-Length: 162",
                                "Connection: keep-alive")
                        + page);
    }

    @Test
    void a_502_and_a_504_have_the_lengths_that_were_captured() {
        assertThat(encoded(BalancerReason.TARGET_CLOSED, false))
                .contains("502 Bad Gateway\r\n", "Content-Length: 122\r\n");
        assertThat(encoded(BalancerReason.TARGET_TIMEOUT, false))
                .contains("504 Gateway Time-out\r\n", "Content-Length: 132\r\n");
    }

    @ParameterizedTest
    @CsvSource({
        "MALFORMED_REQUEST, 400 Bad Request, 122",
        "DESYNC_MITIGATION, 400 Bad Request, 122",
        "METHOD_NOT_ALLOWED, 405 Not Allowed, 122",
        "REQUEST_TIMEOUT, 408 Request Time-out, 132",
        "URI_TOO_LONG, 414 Request-URI Too Large, 142",
        "TOO_MANY_FORWARDED_ADDRESSES, '463 ', 100",
        "UNSUPPORTED_TRANSFER_ENCODING, 501 Not Implemented, 130",
        "CONNECT_FAILED, 502 Bad Gateway, 122",
        "NO_TARGETS, 503 Service Temporarily Unavailable, 162",
        "CONNECT_TIMEOUT, 504 Gateway Time-out, 132",
        "UNSUPPORTED_VERSION, 505 HTTP Version Not Supported, 152",
    })
    void every_answer_is_made_by_one_template(BalancerReason reason, String line, int length) {
        String answer = encoded(reason, false);
        assertThat(answer).startsWith("HTTP/1.1 " + line + "\r\nServer: awselb/2.0\r\n");
        int body = answer.indexOf("\r\n\r\n") + 4;
        assertThat(answer.substring(body))
                .hasSize(length)
                .isEqualTo("<html>\r\n<head><title>" + line + "</title></head>\r\n<body>\r\n<center><h1>" + line
                        + "</h1></center>\r\n</body>\r\n</html>\r\n");
        assertThat(answer).contains("Content-Length: " + length + "\r\n");
    }

    @Test
    void an_answer_to_HEAD_is_the_head_alone() {
        assertThat(encoded(BalancerReason.NO_TARGETS, true))
                .contains("Content-Length: 162\r\n")
                .endsWith("\r\n\r\n");
    }

    @ParameterizedTest
    @EnumSource(BalancerReason.class)
    void every_reason_fixes_a_status_that_fits_the_blame(BalancerReason reason) {
        if (reason.status() == BalancerReason.STATUS_OF_TARGET) {
            assertThat(Set.of(BalancerReason.RESPONSE_CUT, BalancerReason.RESPONSE_ABANDONED))
                    .contains(reason);
        } else if (reason.blame() == BalancerReason.Blame.CLIENT) {
            assertThat(reason.status())
                    .matches(
                            status -> status / 100 == 4 || Set.of(501, 505, 507).contains(status));
        } else {
            assertThat(reason.status()).isBetween(502, 504);
        }
    }

    @Test
    void a_group_without_targets_answers_503() throws Exception {
        try (Stage stage = Stage.with()) {
            assertThat(RawClient.get(stage.address()).status()).isEqualTo(503);
            Exchange exchange = stage.exchange();
            assertThat(exchange.reason()).contains(BalancerReason.NO_TARGETS);
            assertThat(exchange.target()).isEmpty();
            assertThat(exchange.timeline().connectedNanos()).isEmpty();
        }
    }

    @Test
    void a_refused_connection_is_answered_502() throws Exception {
        try (Stage stage = Stage.with()) {
            stage.group().register(List.of(new Target("i-gone", "zone-a", closedPort())));
            assertThat(RawClient.get(stage.address()).status()).isEqualTo(502);
            assertThat(stage.exchange().reason()).contains(BalancerReason.CONNECT_FAILED);
        }
    }

    @Test
    void a_connection_that_is_not_accepted_in_time_is_answered_504() throws Exception {
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
                RawClient first = RawClient.connect((InetSocketAddress) full.getLocalSocketAddress());
                RawClient second = RawClient.connect((InetSocketAddress) full.getLocalSocketAddress());
                Stage stage = Stage.with(
                        builder -> builder.connectTimeout(Duration.ofMillis(100)),
                        Stage.QUICK.withHealthCheck(HealthCheck.DEFAULT))) {
            assertThat(first.localPort()).isNotEqualTo(second.localPort());
            stage.group()
                    .register(List.of(new Target("i-full", "a", (InetSocketAddress) full.getLocalSocketAddress())));
            assertThat(RawClient.get(stage.address()).status()).isEqualTo(504);
            assertThat(stage.exchange().reason()).contains(BalancerReason.CONNECT_TIMEOUT);
        }
    }

    @Test
    void a_fixed_response_is_sent_as_it_is() throws Exception {
        try (Stage stage = Stage.with()) {
            stage.listener().setDefaultAction(new Action.FixedResponse(404, "text/plain", "nothing here"));
            RawClient.Response response = RawClient.get(stage.address());
            assertThat(response.head())
                    .startsWith("HTTP/1.1 404 Not Found\r\n")
                    .contains("Content-Type: text/plain\r\n");
            assertThat(response.body()).isEqualTo("nothing here");
            assertThat(stage.exchange().reason()).isEmpty();
        }
    }

    private static InetSocketAddress closedPort() throws Exception {
        try (ServerSocket once = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return (InetSocketAddress) once.getLocalSocketAddress();
        }
    }

    private static String encoded(BalancerReason reason, boolean toHead) {
        ByteBuf bytes = BalancerResponse.of(reason).encode(UnpooledByteBufAllocator.DEFAULT, NOW, true, toHead, true);
        String text = bytes.toString(StandardCharsets.US_ASCII);
        bytes.release();
        return text;
    }
}

package dev.resilient.loadbalancer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.loadbalancer.RawTarget.Script;
import dev.resilient.loadbalancer.event.BalancerReason;
import dev.resilient.loadbalancer.event.DesyncReason;
import dev.resilient.loadbalancer.event.Exchange;
import dev.resilient.loadbalancer.settings.DesyncMode;
import dev.resilient.loadbalancer.settings.LoadBalancerSettings;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each mode does with the requests of each class. */
class DesyncTest {

    @ParameterizedTest
    @CsvSource({
        // compliant, acceptable, ambiguous, severe
        "MONITOR,    'POST / HTTP/1.1|Content-Length: 5',      ,                                   200, keep-alive",
        "DEFENSIVE,  'POST / HTTP/1.1|Content-Length: 5',      ,                                   200, keep-alive",
        "STRICTEST,  'POST / HTTP/1.1|Content-Length: 5',      ,                                   200, keep-alive",
        "MONITOR,    'GET / HTTP/1.1|Content-Length: 0',       GET_HEAD_ZERO_CONTENT_LENGTH,       200, keep-alive",
        "DEFENSIVE,  'GET / HTTP/1.1|Content-Length: 0',       GET_HEAD_ZERO_CONTENT_LENGTH,       200, keep-alive",
        "STRICTEST,  'GET / HTTP/1.1|Content-Length: 0',       GET_HEAD_ZERO_CONTENT_LENGTH,       400, close",
        "MONITOR,    'GET / HTTP/1.1|Content-Length: 5',       UNDEFINED_CONTENT_LENGTH_SEMANTICS, 200, keep-alive",
        "DEFENSIVE,  'GET / HTTP/1.1|Content-Length: 5',       UNDEFINED_CONTENT_LENGTH_SEMANTICS, 200, close",
        "STRICTEST,  'GET / HTTP/1.1|Content-Length: 5',       UNDEFINED_CONTENT_LENGTH_SEMANTICS, 400, close",
        "MONITOR,    'POST / HTTP/1.1|Transfer_Encoding: x',   SUSPICIOUS_HEADER,                  200, keep-alive",
        "DEFENSIVE,  'POST / HTTP/1.1|Transfer_Encoding: x',   SUSPICIOUS_HEADER,                  200, close",
        "STRICTEST,  'POST / HTTP/1.1|Transfer_Encoding: x',   SUSPICIOUS_HEADER,                  400, close",
        "MONITOR,    'POST / HTTP/1.1|Content-Length: x',      BAD_CONTENT_LENGTH,                 400, close",
        "DEFENSIVE,  'POST / HTTP/1.1|Content-Length: x',      BAD_CONTENT_LENGTH,                 400, close",
        "STRICTEST,  'POST / HTTP/1.1|Content-Length: x',      BAD_CONTENT_LENGTH,                 400, close",
        "MONITOR,    'POST / HTTP/1.1|Transfer-Encoding : x',  SUSPICIOUS_HEADER,                  400, close",
        "DEFENSIVE,  'GET / HTTP/1.1|X: a\nY: b',              NON_COMPLIANT_HEADER,               400, close",
    })
    void a_mode_treats_a_class_as_AWS_says_or_more_strictly(
            DesyncMode mode, String head, DesyncReason reason, int status, String connection) throws Exception {
        String request = Http.head((head + "|Host: a").split("\\|"));
        try (RawTarget target = RawTarget.start(DesyncTest::answer);
                Stage stage = Stage.with(
                        builder -> builder.settings(LoadBalancerSettings.DEFAULT.withDesyncMode(mode)),
                        Stage.QUICK,
                        target)) {
            RawClient.Response response =
                    RawClient.exchange(stage.address(), request + (head.contains("Length: 5") ? "hello" : ""));
            assertThat(response.status()).isEqualTo(status);
            assertThat(response.field("Connection")).isEqualTo(connection);
            Exchange exchange = stage.exchange();
            assertThat(exchange.desync().orElse(null)).isEqualTo(reason);
            assertThat(exchange.reason().isPresent()).isEqualTo(status == 400);
            assertThat(target.requestsSoFar()).isEqualTo(status == 400 ? 0 : 1);
            if (mode == DesyncMode.STRICTEST && reason != null && reason != DesyncReason.BAD_CONTENT_LENGTH) {
                assertThat(exchange.reason()).contains(BalancerReason.DESYNC_MITIGATION);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"MONITOR, 1", "DEFENSIVE, 2"})
    void an_ambiguous_request_is_the_last_on_its_connection_to_the_target(DesyncMode mode, int connections)
            throws Exception {
        String ambiguous = Http.head("GET / HTTP/1.1", "Host: a", "Content-Length: 5") + "hello";
        try (RawTarget target = RawTarget.start(DesyncTest::answer);
                Stage stage = Stage.with(
                        builder -> builder.workerThreads(1).settings(LoadBalancerSettings.DEFAULT.withDesyncMode(mode)),
                        Stage.patient(),
                        target)) {
            int before = target.connections();
            RawClient.exchange(stage.address(), ambiguous);
            RawClient.exchange(stage.address(), Http.get());
            assertThat(target.connections() - before).isEqualTo(connections);
        }
    }

    private static void answer(String head, RawTarget.Connection connection) throws IOException, InterruptedException {
        connection.read(head.contains("Length: 5") ? 5 : 0);
        Script.status(200).answer(head, connection);
    }
}

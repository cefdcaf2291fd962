package dev.resilient.loadbalancer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.loadbalancer.RawTarget.Script;
import dev.resilient.loadbalancer.event.BalancerReason;
import dev.resilient.loadbalancer.metric.Metric;
import dev.resilient.loadbalancer.metric.MetricsSnapshot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What still gets through, and what one byte more is answered with. */
class LimitsTest {
    private static final int KIB = 1024;
    private static final int AROUND_PATH = "GET / HTTP/1.1".length();

    @ParameterizedTest
    @CsvSource({"0, 200,", "1, 414, URI_TOO_LONG"})
    void a_request_line_has_at_most_16_KiB(int more, int status, BalancerReason reason) throws Exception {
        String path = "/" + "a".repeat(16 * KIB - AROUND_PATH + more);
        assertAnswer(Http.head("GET " + path + " HTTP/1.1", "Host: a"), status, reason);
    }

    @ParameterizedTest
    @CsvSource({"0, 200,", "1, 400, REQUEST_HEADERS_TOO_LARGE"})
    void a_header_has_at_most_16_KiB(int more, int status, BalancerReason reason) throws Exception {
        assertAnswer(Http.head("GET / HTTP/1.1", "Host: a", "X: " + "a".repeat(16 * KIB - 3 + more)), status, reason);
    }

    @ParameterizedTest
    @CsvSource({"0, 200,", "1, 400, REQUEST_HEADERS_TOO_LARGE"})
    void all_headers_together_have_at_most_64_KiB(int more, int status, BalancerReason reason) throws Exception {
        String begin =
                Http.head("GET / HTTP/1.1", "Host: a", "W: " + "a".repeat(15 * KIB), "X: " + "a".repeat(15 * KIB));
        String both = begin.substring(0, begin.length() - 2) + "Y: " + "a".repeat(15 * KIB) + "\r\nZ1: "
                + "a".repeat(15 * KIB) + "\r\nZ: ";
        // The limit is of the lines; the last line end and the empty line are not part of it.
        String all = both + "a".repeat(64 * KIB - both.length() + more) + "\r\n\r\n";
        assertAnswer(all, status, reason);
    }

    @ParameterizedTest
    @CsvSource({"0, 200,", "1, 502, MALFORMED_RESPONSE"})
    void the_headers_of_a_response_have_at_most_32_KiB(int more, int status, BalancerReason reason) throws Exception {
        String begin = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nX: " + "a".repeat(16 * KIB) + "\r\nY: ";
        String response = begin + "a".repeat(32 * KIB - begin.length() + more) + "\r\n\r\n";
        try (RawTarget target = RawTarget.start(Script.bytes(response));
                Stage stage = Stage.with(target)) {
            assertThat(RawClient.get(stage.address()).status()).isEqualTo(status);
            assertThat(stage.exchange().reason().orElse(null)).isEqualTo(reason);
        }
    }

    @Test
    void what_was_answered_is_counted_by_its_reason_and_its_status() throws Exception {
        try (RawTarget target = RawTarget.start(Script.status(204));
                Stage stage = Stage.with(target)) {
            RawClient.get(stage.address());
            stage.exchange();
            RawClient.exchange(stage.address(), "TRACE / HTTP/1.1\r\nHost: a\r\n\r\n");
            stage.exchange();
            MetricsSnapshot all = stage.metrics().ofLoadBalancer();
            assertThat(all.count(BalancerReason.METHOD_NOT_ALLOWED)).isOne();
            assertThat(all.count(Metric.ELB_4XX_COUNT)).isOne();
            MetricsSnapshot group = stage.metrics().ofGroup(stage.group().name(), "zone-a");
            assertThat(group.count(Metric.REQUEST_COUNT)).isOne();
            assertThat(group.count(Metric.TARGET_2XX_COUNT)).isOne();
            assertThat(group.count(Metric.HEALTHY_HOST_COUNT)).isOne();
        }
    }

    private static void assertAnswer(String request, int status, BalancerReason reason) throws Exception {
        try (RawTarget target = RawTarget.start(Script.status(200));
                Stage stage = Stage.with(target)) {
            assertThat(RawClient.exchange(stage.address(), request).status()).isEqualTo(status);
            assertThat(stage.exchange().reason().orElse(null)).isEqualTo(reason);
        }
    }
}

package dev.resilient.loadbalancer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.loadbalancer.RawTarget.Script;
import dev.resilient.loadbalancer.event.BalancerEvent;
import dev.resilient.loadbalancer.event.BalancerEvent.Peer;
import dev.resilient.loadbalancer.event.BalancerReason;
import dev.resilient.loadbalancer.event.Exchange;
import dev.resilient.loadbalancer.settings.LoadBalancerSettings;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The one record that is kept of a request. */
class ExchangeTest {

    @Test
    void a_forwarded_request_is_recorded_from_its_first_byte_to_the_last_of_its_response() throws Exception {
        String answer = "HTTP/1.1 404 Nothing\r\nContent-Length: 2\r\n\r\nno";
        String request = Http.head(
                "POST http://b.example:99/x?y HTTP/1.1",
                "Host: a",
                "User-Agent: curl/7.46.0",
                "X-Amzn-Trace-Id: Root=1-2-3",
                "Content-Length: 5");
        try (RawTarget target = RawTarget.start((head, connection) -> {
                    connection.read(5);
                    connection.write(answer);
                });
                Stage stage = Stage.with(target);
                RawClient client = RawClient.connect(stage.address())) {
            RawClient.Response response = client.send(request + "hello").response();
            String sent = target.request();
            Exchange exchange = stage.exchange();
            assertThat(exchange.connection().client().getPort()).isEqualTo(client.localPort());
            assertThat(exchange.connection().listener()).isEqualTo(stage.address());
            assertThat(exchange.connection().traceId()).matches("TID_[0-9a-f]{32}");
            assertThat(exchange.request())
                    .isEqualTo(new Exchange.Request(
                            "POST",
                            "http://b.example:99/x?y",
                            "/x?y",
                            "b.example",
                            "HTTP/1.1",
                            "curl/7.46.0",
                            sent.lines()
                                    .filter(line -> line.startsWith("X-Amzn-Trace-Id: "))
                                    .findFirst()
                                    .orElseThrow()
                                    .substring(17),
                            "",
                            Exchange.InvalidFields.NONE,
                            Optional.empty()));
            assertThat(exchange.request().traceId()).matches("Self=1-[0-9a-f]{8}-[0-9a-f]{24};Root=1-2-3");
            assertThat(exchange.decision())
                    .contains(new Exchange.Decision(
                            0,
                            0,
                            Exchange.Action.FORWARD,
                            Optional.of(stage.group().name()),
                            false,
                            Optional.empty()));
            assertThat(exchange.status()).isEqualTo(404);
            assertThat(exchange.targetStatus()).hasValue(404);
            assertThat(exchange.traffic())
                    .isEqualTo(new Exchange.Traffic(
                            request.length() + 5, response.head().length() + 2));
            Exchange.Timeline timeline = exchange.timeline();
            assertThat(List.of(
                            timeline.ruledNanos().orElseThrow(),
                            timeline.targetChosenNanos().orElseThrow(),
                            timeline.connectedNanos().orElseThrow(),
                            timeline.firstByteNanos().orElseThrow(),
                            timeline.lastByteNanos()))
                    .isSorted();
        }
    }

    @Test
    void a_request_that_cannot_be_read_has_no_decision() throws Exception {
        try (Stage stage = Stage.with()) {
            RawClient.exchange(stage.address(), "nonsense\r\n\r\n");
            Exchange exchange = stage.exchange();
            assertThat(exchange.request()).isEqualTo(Exchange.Request.unreadable(exchange.desync()));
            assertThat(exchange.decision()).isEmpty();
            assertThat(exchange.targetStatus()).isEmpty();
            assertThat(exchange.reason()).contains(BalancerReason.MALFORMED_REQUEST);
            assertThat(exchange.traffic().receivedBytes()).isEqualTo("nonsense\r\n\r\n".length());
        }
    }

    @Test
    void a_fixed_response_is_a_decision_of_its_own() throws Exception {
        try (Stage stage = Stage.with()) {
            stage.listener().setDefaultAction(new Action.FixedResponse(200, "text/plain", "hi"));
            RawClient.get(stage.address());
            Exchange exchange = stage.exchange();
            assertThat(exchange.decision())
                    .contains(new Exchange.Decision(
                            0, 0, Exchange.Action.FIXED_RESPONSE, Optional.empty(), false, Optional.empty()));
            assertThat(exchange.request().traceId()).startsWith("Root=1-");
            assertThat(exchange.targetStatus()).isEmpty();
        }
    }

    @Test
    void fields_of_unusual_names_are_recorded_as_what_became_of_them() throws Exception {
        String request = Http.head("GET / HTTP/1.1", "Host: a", "X_Y: z");
        try (RawTarget target = RawTarget.start(Script.status(200));
                Stage stage = Stage.with(target)) {
            RawClient.exchange(stage.address(), request);
            assertThat(stage.exchange().request().invalidFields()).isEqualTo(Exchange.InvalidFields.FORWARDED);
            stage.balancer().setSettings(LoadBalancerSettings.DEFAULT.withDropInvalidHeaderFields(true));
            RawClient.exchange(stage.address(), request);
            assertThat(stage.exchange().request().invalidFields()).isEqualTo(Exchange.InvalidFields.DROPPED);
        }
    }

    @Test
    void connections_of_clients_and_to_targets_are_told_of() throws Exception {
        Script closing = Script.bytes("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        try (RawTarget target = RawTarget.start(closing);
                Stage stage = Stage.with(target)) {
            try (RawClient client = RawClient.connect(stage.address())) {
                assertThat(stage.connection()).isEqualTo(new BalancerEvent.ConnectionOpened(Peer.CLIENT));
                client.send(Http.get()).response();
                assertThat(stage.connection()).isEqualTo(new BalancerEvent.ConnectionOpened(Peer.TARGET));
                assertThat(stage.connection()).isEqualTo(new BalancerEvent.ConnectionClosed(Peer.TARGET));
            }
            assertThat(stage.connection()).isEqualTo(new BalancerEvent.ConnectionClosed(Peer.CLIENT));
        }
    }
}

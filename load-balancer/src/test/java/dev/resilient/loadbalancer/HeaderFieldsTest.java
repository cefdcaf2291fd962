package dev.resilient.loadbalancer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resilient.loadbalancer.RawTarget.Script;
import dev.resilient.loadbalancer.event.BalancerReason;
import dev.resilient.loadbalancer.settings.ForwardedForMode;
import dev.resilient.loadbalancer.settings.ListenerSettings;
import dev.resilient.loadbalancer.settings.LoadBalancerSettings;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Settings that decide about fields, on their way from the load balancer to the wire; each rule has a test of its own in {@code http}. */
class HeaderFieldsTest {

    @Test
    void new_settings_hold_from_the_next_request_on_a_connection_that_exists() throws Exception {
        try (RawTarget target = RawTarget.start(Script.body("hello"));
                Stage stage = Stage.with(target);
                RawClient client = RawClient.connect(stage.address())) {
            String request = Http.head("GET / HTTP/1.1", "Host: a:1", "X_Y: z");
            client.send(request).response();
            assertThat(target.request())
                    .contains(
                            "Host: a:" + stage.address().getPort() + "\r\n",
                            "X_Y: z\r\n",
                            "X-Forwarded-For: 127.0.0.1\r\n");
            stage.balancer()
                    .setSettings(LoadBalancerSettings.DEFAULT
                            .withPreserveHost(true)
                            .withDropInvalidHeaderFields(true)
                            .withForwardedFor(ForwardedForMode.APPEND, true));
            client.send(request).response();
            assertThat(target.request())
                    .contains("Host: a:1\r\n", "X-Forwarded-For: 127.0.0.1:" + client.localPort() + "\r\n")
                    .doesNotContain("X_Y");
        }
    }

    @Test
    void more_than_thirty_forwarded_addresses_are_answered_463() throws Exception {
        try (RawTarget target = RawTarget.start(Script.status(200));
                Stage stage = Stage.with(target)) {
            String request =
                    Http.head("GET / HTTP/1.1", "Host: a", "X-Forwarded-For: " + "1.1.1.1, ".repeat(30) + "1.1.1.1");
            RawClient.Response response = RawClient.exchange(stage.address(), request);
            assertThat(response.head()).startsWith("HTTP/1.1 463 \r\nServer: awselb/2.0\r\n");
            assertThat(stage.exchange().reason()).contains(BalancerReason.TOO_MANY_FORWARDED_ADDRESSES);
            assertThat(target.requestsSoFar()).isZero();
        }
    }

    @Test
    void a_listener_can_keep_to_itself_who_makes_responses() throws Exception {
        Script script = Script.bytes("HTTP/1.1 200 OK\r\nServer: mine\r\nContent-Length: 0\r\n\r\n");
        try (RawTarget target = RawTarget.start(script);
                Stage stage = Stage.with(target)) {
            assertThat(RawClient.get(stage.address()).field("Server")).isEqualTo("mine");
            stage.listener().setSettings(new ListenerSettings(false, Map.of()));
            assertThat(RawClient.get(stage.address()).head()).doesNotContain("Server");
            stage.listener().setDefaultAction(new Action.FixedResponse(200, "text/plain", "hi"));
            assertThat(RawClient.get(stage.address()).head()).doesNotContain("Server");
            stage.listener().setSettings(ListenerSettings.DEFAULT);
            assertThat(RawClient.get(stage.address()).field("Server")).isEqualTo("awselb/2.0");
        }
    }

    @Test
    void a_listener_adds_fields_to_every_response_in_place_of_the_targets_own() throws Exception {
        Script script =
                Script.bytes("HTTP/1.1 200 OK\r\nx-frame-options: mine\r\nX-Other: o\r\nContent-Length: 0\r\n\r\n");
        try (RawTarget target = RawTarget.start(script);
                Stage stage = Stage.with(target)) {
            stage.listener()
                    .setSettings(new ListenerSettings(
                            true, Map.of("X-Frame-Options", "DENY", "Access-Control-Allow-Origin", "*")));
            assertThat(RawClient.get(stage.address()).head())
                    .contains("X-Other: o\r\n", "\r\nAccess-Control-Allow-Origin: *\r\nX-Frame-Options: DENY\r\n")
                    .doesNotContain("mine");
            stage.listener().setDefaultAction(new Action.FixedResponse(200, "text/plain", "hi"));
            assertThat(RawClient.get(stage.address()).head())
                    .contains("\r\nAccess-Control-Allow-Origin: *\r\nX-Frame-Options: DENY\r\n\r\n");
        }
        assertThatThrownBy(() -> new ListenerSettings(true, Map.of("X-A", "b\r\nc: d")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_connection_that_was_kept_for_long_enough_serves_one_more_request() throws Exception {
        LoadBalancerSettings brief = LoadBalancerSettings.DEFAULT.withClientKeepAlive(Duration.ofNanos(1));
        try (RawTarget target = RawTarget.start(Script.body("hello"));
                Stage stage = Stage.with(builder -> builder.settings(brief), Stage.QUICK, target);
                RawClient client = RawClient.connect(stage.address())) {
            assertThat(client.send(Http.get()).rest())
                    .contains("Connection: close\r\n")
                    .endsWith("hello");
            stage.balancer().setSettings(LoadBalancerSettings.DEFAULT);
            assertThat(RawClient.get(stage.address()).field("Connection")).isEqualTo("keep-alive");
        }
    }
}

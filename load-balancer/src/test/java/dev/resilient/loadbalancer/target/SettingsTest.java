package dev.resilient.loadbalancer.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resilient.loadbalancer.Action;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be chosen, and what cannot. */
class SettingsTest {

    @ParameterizedTest
    @CsvSource({
        "'200', 200, true",
        "'200', 201, false",
        "'200,202', 202, true",
        "'200,202', 201, false",
        "'200-299', 299, true",
        "'200-299', 300, false",
        "'200,300-302', 301, true"
    })
    void a_matcher_knows_its_codes(String text, int status, boolean matches) {
        assertThat(StatusMatcher.parse(text).matches(status)).isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "20", "2000", "200,", "200-", "-200", "200 ", "600", "299-200", "abc", "200;201"})
    void a_malformed_matcher_is_refused_by_name(String text) {
        assertThatThrownBy(() -> StatusMatcher.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'");
    }

    @Test
    void a_health_check_refuses_what_cannot_be() {
        HealthCheck check = HealthCheck.DEFAULT;
        assertThatThrownBy(() -> check.withPath("no-slash")).hasMessageContaining("path");
        assertThatThrownBy(() -> check.withPath("/a\r\nb")).hasMessageContaining("path");
        assertThatThrownBy(() -> check.withPort(0)).hasMessageContaining("port");
        assertThatThrownBy(() -> check.withTiming(Duration.ZERO, Duration.ofSeconds(1)))
                .hasMessageContaining("interval");
        assertThatThrownBy(() -> check.withTiming(Duration.ofSeconds(1), Duration.ofSeconds(-1)))
                .hasMessageContaining("timeout");
        assertThatThrownBy(() -> check.withThresholds(0, 1)).hasMessageContaining("healthy threshold");
        assertThatThrownBy(() -> check.withThresholds(1, 0)).hasMessageContaining("unhealthy threshold");
    }

    @Test
    void a_fixed_response_refuses_what_an_application_load_balancer_refuses() {
        assertThatThrownBy(() -> new Action.FixedResponse(301, "text/plain", ""))
                .hasMessageContaining("301");
        assertThatThrownBy(() -> new Action.FixedResponse(200, "image/png", "")).hasMessageContaining("image/png");
        assertThatThrownBy(() -> new Action.FixedResponse(200, "text/plain", "é".repeat(513)))
                .hasMessageContaining("1026 bytes");
    }
}

package dev.resilient.loadbalancer.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LoadBalancerSettingsTest {

    @Test
    void the_defaults_are_those_of_an_application_load_balancer() {
        assertThat(LoadBalancerSettings.DEFAULT)
                .isEqualTo(new LoadBalancerSettings(
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(3600),
                        DesyncMode.DEFENSIVE,
                        false,
                        ForwardedForMode.APPEND,
                        false,
                        false));
    }

    @Test
    void each_setting_can_be_changed_alone() {
        LoadBalancerSettings all = LoadBalancerSettings.DEFAULT
                .withIdleTimeout(Duration.ofSeconds(4000))
                .withClientKeepAlive(Duration.ofSeconds(604_800))
                .withDesyncMode(DesyncMode.STRICTEST)
                .withDropInvalidHeaderFields(true)
                .withForwardedFor(ForwardedForMode.REMOVE, true)
                .withPreserveHost(true);
        assertThat(all)
                .isEqualTo(new LoadBalancerSettings(
                        Duration.ofSeconds(4000),
                        Duration.ofDays(7),
                        DesyncMode.STRICTEST,
                        true,
                        ForwardedForMode.REMOVE,
                        true,
                        true));
    }

    @Test
    void a_duration_outside_its_range_is_refused_by_name() {
        LoadBalancerSettings settings = LoadBalancerSettings.DEFAULT;
        assertThatThrownBy(() -> settings.withIdleTimeout(Duration.ZERO)).hasMessageContaining("idle timeout");
        assertThatThrownBy(() -> settings.withIdleTimeout(Duration.ofSeconds(4001)))
                .hasMessageContaining("idle timeout");
        assertThatThrownBy(() -> settings.withClientKeepAlive(Duration.ofSeconds(-1)))
                .hasMessageContaining("client keep alive");
        assertThatThrownBy(() -> settings.withClientKeepAlive(Duration.ofSeconds(604_801)))
                .hasMessageContaining("client keep alive");
    }
}

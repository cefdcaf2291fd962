package dev.resilient.cloud.elb.attribute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resilient.cloud.elb.resource.LoadBalancerRecord;
import dev.resilient.loadbalancer.settings.DesyncMode;
import dev.resilient.loadbalancer.settings.ForwardedForMode;
import dev.resilient.loadbalancer.settings.LoadBalancerSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;

/** The attributes of a load balancer as the settings by which requests are treated. */
class LoadBalancerAttributesTest {

    @Test
    void a_load_balancer_whose_attributes_nobody_changed_has_the_default_settings() {
        assertThat(LoadBalancerAttributes.settings(record(Map.of()))).isEqualTo(LoadBalancerSettings.DEFAULT);
    }

    @Test
    void every_attribute_that_can_be_changed_reaches_the_settings() {
        Map<String, String> changes = Map.of(
                "idle_timeout.timeout_seconds", "4000",
                "client_keep_alive.seconds", "604800",
                "routing.http.desync_mitigation_mode", "strictest",
                "routing.http.drop_invalid_header_fields.enabled", "true",
                "routing.http.preserve_host_header.enabled", "true",
                "routing.http.xff_client_port.enabled", "true",
                "routing.http.xff_header_processing.mode", "remove");
        assertThat(LoadBalancerAttributes.settings(record(LoadBalancerAttributes.ATTRIBUTES.change(Map.of(), changes))))
                .isEqualTo(new LoadBalancerSettings(
                        Duration.ofSeconds(4000),
                        Duration.ofSeconds(604_800),
                        DesyncMode.STRICTEST,
                        true,
                        ForwardedForMode.REMOVE,
                        true,
                        true));
    }

    @ParameterizedTest
    @CsvSource({
        "client_keep_alive.seconds, 59",
        "client_keep_alive.seconds, 604801",
        "idle_timeout.timeout_seconds, 0",
        "routing.http.desync_mitigation_mode, Defensive",
        "routing.http.drop_invalid_header_fields.enabled, yes",
        "routing.http.xff_header_processing.mode, replace"
    })
    void a_value_that_AWS_refuses_is_refused(String key, String value) {
        assertThatThrownBy(() -> LoadBalancerAttributes.ATTRIBUTES.change(Map.of(), Map.of(key, value)))
                .hasMessageContaining("Load balancer attribute '" + key + "' cannot be set to '" + value + "'");
    }

    private static LoadBalancerRecord record(Map<String, String> attributes) {
        return new LoadBalancerRecord(LoadBalancer.builder().build(), attributes, Instant.EPOCH);
    }
}

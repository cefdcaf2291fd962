package dev.resilient.cloud.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.resilient.wire.ServiceError;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaultTest {
    @Test
    void is_made_of_a_delay_and_shares_in_any_order() {
        assertThat(Fault.parse("delay 1500ms")).isEqualTo(new Fault(Duration.ofMillis(1500), 0, 0));
        assertThat(Fault.parse(" error 0.25;delay 2s ; throttle 1.0"))
                .isEqualTo(new Fault(Duration.ofSeconds(2), 1, 0.25));
        assertThat(Fault.parse("throttle 1")).isEqualTo(new Fault(Duration.ZERO, 1, 0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "delay",
                "delay 5",
                "delay 1.5s",
                "delay 61s",
                "delay -1s",
                "throttle 1.1",
                "throttle -0.1",
                "throttle NaN",
                "error 50%",
                "delay 1s;",
                "delay 1s; delay 2s",
                "error 0.1; error 0.2",
                "slow"
            })
    void anything_else_is_refused_with_what_would_be_right(String text) {
        assertThatExceptionOfType(ServiceError.class)
                .isThrownBy(() -> Fault.parse(text))
                .satisfies(error -> {
                    assertThat(error.code()).isEqualTo("ValidationException");
                    assertThat(error.getMessage())
                            .startsWith("The fault \"" + text + "\" is not understood")
                            .contains("delay 1500ms", "throttle 0.5", "error 0.1");
                });
    }
}

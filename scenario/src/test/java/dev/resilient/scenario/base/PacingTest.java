package dev.resilient.scenario.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PacingTest {

    @Test
    void a_limit_scales_the_waiting_and_not_the_work() {
        assertThat(new Pacing(10).limit(Duration.ofSeconds(15), Duration.ofSeconds(40)))
                .isEqualTo(Duration.ofSeconds(19));
        assertThat(new Pacing(1).limit(Duration.ofSeconds(15), Duration.ofSeconds(40)))
                .isEqualTo(Duration.ofSeconds(55));
    }

    @Test
    void it_looks_every_two_seconds_on_aws_and_five_times_a_second_locally() {
        assertThat(new Pacing(1).pollInterval()).isEqualTo(Duration.ofSeconds(2));
        assertThat(new Pacing(10).pollInterval()).isEqualTo(Duration.ofMillis(200));
        assertThat(new Pacing(1000).pollInterval()).isEqualTo(Duration.ofMillis(100));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.5, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void nothing_is_slower_than_aws(double factor) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Pacing(factor))
                .withMessageStartingWith("The pace must be a number of at least 1");
    }
}

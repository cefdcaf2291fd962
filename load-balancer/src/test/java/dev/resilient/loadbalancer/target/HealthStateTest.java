package dev.resilient.loadbalancer.target;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthStateTest {
    private static final HealthCheck SETTINGS = HealthCheck.DEFAULT.withThresholds(3, 2);

    @ParameterizedTest(name = "{0} -> {1} {2}")
    @CsvSource(
            nullValues = "-",
            value = {
                "'', initial, Elb.RegistrationInProgress",
                "'s', initial, Elb.InitialHealthChecking",
                "'s 200', healthy, -",
                "'s 503', initial, Elb.InitialHealthChecking",
                "'s 503 200', healthy, -",
                "'s 503 503', unhealthy, Target.ResponseCodeMismatch",
                "'s timeout timeout', unhealthy, Target.Timeout",
                "'s none none', unhealthy, Target.FailedHealthChecks",
                "'s internal internal', unhealthy, Elb.InternalError",
                "'s none 503', unhealthy, Target.ResponseCodeMismatch",
                "'s 200 503', healthy, -",
                "'s 200 503 200 503', healthy, -",
                "'s 200 503 none', unhealthy, Target.FailedHealthChecks",
                "'none none 200 200', unhealthy, Target.FailedHealthChecks",
                "'none none 200 200 200', healthy, -",
                "'none none 200 200 503 200 200', unhealthy, Target.ResponseCodeMismatch",
                "'none none timeout', unhealthy, Target.Timeout",
                "'none none s', unhealthy, Target.FailedHealthChecks",
            })
    void steps_lead_to_a_state_and_a_reason(String steps, String state, String reason) {
        HealthState health = after(HealthState.REGISTERED, steps);
        assertThat(health.health().state().wireName()).isEqualTo(state);
        assertThat(health.health().reason().map(TargetReason::wireName).orElse(null))
                .isEqualTo(reason);
    }

    @Test
    void a_mismatch_names_the_code_as_an_application_load_balancer_does() {
        TargetHealth health = after(HealthState.REGISTERED, "503 503").health();
        assertThat(health.description()).contains("Health checks failed with these codes: [503]");
    }

    @Test
    void other_reasons_are_described_as_an_application_load_balancer_does() {
        assertThat(after(HealthState.REGISTERED, "timeout timeout").health().description())
                .contains("Request timed out");
        assertThat(after(HealthState.REGISTERED, "none none").health().description())
                .contains("Health checks failed");
        assertThat(after(HealthState.REGISTERED, "internal internal").health().description())
                .contains("Health checks failed due to an internal error");
        assertThat(HealthState.DRAINING.health().description()).contains("Target deregistration is in progress");
        assertThat(after(HealthState.REGISTERED, "200").health().description()).isEmpty();
    }

    @Test
    void a_draining_or_unused_target_stays_what_it_is() {
        assertThat(after(HealthState.DRAINING, "s 200 503 503")).isEqualTo(HealthState.DRAINING);
        assertThat(after(HealthState.NOT_IN_USE, "s 200 503 503")).isEqualTo(HealthState.NOT_IN_USE);
    }

    private static HealthState after(HealthState start, String steps) {
        HealthState health = start;
        for (String step : steps.isEmpty() ? new String[0] : steps.split(" ")) {
            health = switch (step) {
                case "s" -> health.checkStarted();
                case "timeout" -> health.checked(new CheckResult.TimedOut(), SETTINGS);
                case "internal" -> health.checked(new CheckResult.NotMade(), SETTINGS);
                case "none" -> health.checked(new CheckResult.NoAnswer(), SETTINGS);
                default -> health.checked(new CheckResult.Answered(Integer.parseInt(step)), SETTINGS);
            };
        }
        return health;
    }
}

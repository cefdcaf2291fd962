package dev.resilient.scenario.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.scenario.event.ScenarioEvent.AlarmEnded;
import dev.resilient.scenario.event.ScenarioEvent.AlarmRaised;
import dev.resilient.scenario.event.ScenarioEvent.InstanceJudged;
import dev.resilient.scenario.event.ScenarioEvent.ServiceChanged;
import org.junit.jupiter.api.Test;

class GuardServiceTest {
    @Test
    void an_instances_console_is_told_what_the_guard_decides_and_what_somebody_should_look_at() {
        assertThat(GuardService.line(new InstanceJudged("i-1", true, "it fails")))
                .hasValue("guard: replace i-1: it fails");
        assertThat(GuardService.line(new InstanceJudged("i-1", false, "all fail")))
                .hasValue("guard: leave i-1: all fail");
        assertThat(GuardService.line(new AlarmRaised("look"))).hasValue("guard: alarm: look");
        assertThat(GuardService.line(new AlarmEnded("it sees"))).hasValue("guard: over: it sees");
        assertThat(GuardService.line(new ServiceChanged("something else"))).isEmpty();
    }
}

package dev.resilient.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.scenario.event.ScenarioEvent.Expected;
import dev.resilient.scenario.event.ScenarioEvent.PhaseBegan;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PhaseIntroductionTest {
    @Test
    void a_phase_says_in_advance_what_must_become_true_and_within_what_time() {
        var written = new ByteArrayOutputStream();
        var out = new PrintStream(written, true, StandardCharsets.UTF_8);
        new EventPrinter(new Page(out, new Style(false, false), 40))
                .accept(new PhaseBegan(
                        "initial",
                        1,
                        7,
                        "Everything works",
                        "Three instances.",
                        List.of(
                                new Expected("All three targets are healthy", Duration.ofSeconds(16)),
                                new Expected("Every request gets it", Duration.ofMinutes(4)))));
        assertThat(written.toString(StandardCharsets.UTF_8)).contains("""
              Three instances.

              Must become true:
                within 16.0 s  All three targets are
                               healthy
                within 4 min 0 s  Every request gets
                                  it

            """);
    }
}

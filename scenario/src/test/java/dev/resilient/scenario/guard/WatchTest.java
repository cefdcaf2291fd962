package dev.resilient.scenario.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.scenario.guard.Evidence.InService;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class WatchTest {
    private static final Duration RHYTHM = Duration.ofSeconds(10);
    private static final List<InService> FLEET =
            List.of(new InService("i-1", "a", true), new InService("i-2", "b", true), new InService("i-3", "c", true));

    private Watch watch = Watch.beginning(RHYTHM, GuardLimits.DEFAULT);

    /** Looks at this second; instances that are named say that they fail, the others that they work. */
    private Watch.Look look(int second, String... failing) {
        List<Heartbeat> heartbeats = FLEET.stream()
                .map(instance -> new Heartbeat(
                        instance.instanceId(),
                        instance.zone(),
                        second,
                        !List.of(failing).contains(instance.instanceId()),
                        OwnView.UNKNOWN))
                .toList();
        Watch.Look look = watch.look(Duration.ofSeconds(second).toNanos(), FLEET, heartbeats);
        watch = look.watch();
        return look;
    }

    private void looks(int from, int to, String... failing) {
        for (int second = from; second < to; second += 10) {
            assertThat(look(second, failing).replacements()).isEmpty();
        }
    }

    @Test
    void whoever_was_replaced_counts_for_a_period_and_no_longer() {
        looks(0, 130);
        looks(130, 160, "i-1");
        assertThat(look(160, "i-1").replacements()).hasSize(1);
        looks(170, 460, "i-1");
        assertThat(look(460, "i-1").replacements()).hasSize(1);
    }

    @Test
    void a_guard_that_takes_over_lets_its_predecessors_replacements_count_for_a_whole_period() {
        watch = watch.takingOver(1, 0);
        looks(0, 300, "i-1");
        assertThat(look(300, "i-1").replacements()).hasSize(1);
    }
}

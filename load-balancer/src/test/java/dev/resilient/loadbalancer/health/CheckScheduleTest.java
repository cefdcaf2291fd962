package dev.resilient.loadbalancer.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A thousand targets that are registered together, checked every five seconds. */
class CheckScheduleTest {
    private static final long SEED = 11;
    private static final int TARGETS = 1_000;
    private static final int WINDOWS = 50;
    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final int MEAN = TARGETS / WINDOWS;
    private final Random random = new Random(SEED);
    private final List<CheckSchedule> schedules = IntStream.range(0, TARGETS)
            .mapToObj(i -> CheckSchedule.draw(INTERVAL, random))
            .toList();

    @Test
    void each_is_checked_soon_and_then_once_per_interval() {
        assertThat(schedules).allSatisfy(schedule -> {
            assertThat(schedule.firstNanos()).isBetween(0L, INTERVAL.toNanos() / 10);
            assertThat(schedule.secondNanos() - schedule.firstNanos()).isBetween(0L, INTERVAL.toNanos() - 1);
            assertThat(schedule.intervalNanos()).isEqualTo(INTERVAL.toNanos());
        });
    }

    /** The phase of a target is the same in every interval, so one interval tells about all of them. */
    @Test
    void they_do_not_bunch_up_in_any_part_of_the_interval() {
        int[] counts = new int[WINDOWS];
        for (CheckSchedule schedule : schedules) {
            long phase = schedule.secondNanos() % schedule.intervalNanos();
            counts[(int) (phase * WINDOWS / schedule.intervalNanos())]++;
        }
        assertThat(IntStream.of(counts).boxed())
                .as("checks in each fiftieth of the interval, seed %s", SEED)
                .allSatisfy(count -> assertThat(count).isBetween(MEAN / 4, MEAN * 2));
    }

    @Test
    void their_first_checks_do_not_bunch_up_in_their_tenth() {
        long tenth = INTERVAL.toNanos() / 10 + 1;
        int[] counts = new int[WINDOWS];
        schedules.forEach(schedule -> counts[(int) (schedule.firstNanos() * WINDOWS / tenth)]++);
        assertThat(IntStream.of(counts).boxed())
                .as("first checks in each fiftieth of the tenth, seed %s", SEED)
                .allSatisfy(count -> assertThat(count).isBetween(MEAN / 4, MEAN * 2));
    }
}

package dev.resilient.cloud.autoscaling.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.cloud.autoscaling.plan.Turnover.Bounds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TurnoverTest {

    @ParameterizedTest(name = "desired {0}, {1} there, {2} ready, {3} to be replaced, {4} to {5} %")
    @CsvSource({
        // nothing to replace
        "3, 0, 0, 0,  90, 100,  0, 3, 0",
        "3, 2, 1, 0,  90, 100,  0, 1, 0",
        "3, 5, 5, 0,  90, 100,  0, 0, 2",
        // launch before terminating
        "10, 10, 10, 3,  100, 110,  0, 1, 0",
        "10, 11, 10, 3,  100, 110,  0, 0, 0",
        "10, 11, 11, 3,  100, 110,  1, 1, 0",
        "3,  3,  3,  1,  100, 110,  0, 1, 0",
        // terminate before launching
        "10, 10, 10, 3,  90, 100,  1, 1, 0",
        "10, 10, 9,  3,  90, 100,  0, 0, 0",
        "10, 10, 10, 10, 0,  100,  10, 10, 0",
        "10, 10, 10, 10, 50, 150,  5, 10, 0",
        // no room between the bounds: one after the other
        "3,  3,  3,  3,  90,  100,  1, 1, 0",
        "3,  3,  2,  2,  90,  100,  0, 0, 0",
        "10, 10, 10, 4,  100, 100,  1, 1, 0",
        // a group that gets smaller meanwhile loses those that were to be replaced first
        "5, 10, 10, 4,  100, 110,  4, 0, 1",
    })
    void what_goes_and_comes_now(
            int desired,
            int there,
            int ready,
            int doomed,
            int least,
            int most,
            int leaving,
            int launching,
            int excess) {
        assertThat(Turnover.of(desired, there, ready, doomed, new Bounds(least, most)))
                .isEqualTo(new Turnover(leaving, launching, excess));
    }

    @Test
    void everything_is_replaced_in_the_end_and_the_bounds_hold_on_the_way() {
        for (int desired = 1; desired <= 12; desired++) {
            for (Bounds bounds : new Bounds[] {
                new Bounds(90, 100), new Bounds(100, 100), new Bounds(100, 110), new Bounds(0, 100), new Bounds(50, 150)
            }) {
                replaceAll(desired, bounds);
            }
        }
    }

    private static void replaceAll(int desired, Bounds bounds) {
        boolean room = bounds.least(desired) < bounds.most(desired);
        int least = room ? bounds.least(desired) : desired - 1;
        int doomed = desired;
        int fresh = 0;
        for (int round = 0; round < 4 * desired && (doomed > 0 || fresh < desired); round++) {
            Turnover turnover = Turnover.of(desired, doomed + fresh, doomed + fresh, doomed, bounds);
            doomed -= turnover.leaving();
            String scene = "desired %d, %s, round %d".formatted(desired, bounds, round);
            assertThat(doomed + fresh).as(scene).isGreaterThanOrEqualTo(least);
            fresh += turnover.launching();
            assertThat(doomed + fresh).as(scene).isLessThanOrEqualTo(bounds.most(desired));
            assertThat(turnover.excess()).as(scene).isZero();
        }
        assertThat(doomed).as("desired %d, %s", desired, bounds).isZero();
        assertThat(fresh).isEqualTo(desired);
    }
}

package dev.resilient.cloud.realism;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.cloud.fault.Refusal;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DiceTest {
    private static final String ACTION = "ec2:DescribeInstances";
    private static final int MANY = 100_000;

    private static Dice seed(long seed) {
        return new Dice(new Chance(seed));
    }

    private static List<Optional<Refusal>> refusals(long seed, String action, int calls) {
        Dice dice = seed(seed);
        return IntStream.range(0, calls)
                .mapToObj(count -> dice.refusal(action, count))
                .toList();
    }

    @Test
    void equal_seeds_decide_alike_and_others_do_not() {
        assertThat(refusals(7, ACTION, 1000)).isEqualTo(refusals(7, ACTION, 1000));
        assertThat(refusals(7, ACTION, 1000)).isNotEqualTo(refusals(8, ACTION, 1000));
        assertThat(refusals(7, ACTION, 1000)).isNotEqualTo(refusals(7, "ec2:RunInstances", 1000));
    }

    @Test
    void a_decision_stays_what_it_is_from_one_version_to_the_next() {
        // Worked out by another program.
        assertThat(new Chance(1).draw(ACTION, 0)).isEqualTo(0.20769108149388216);
        assertThat(new Chance(-1).draw("", Long.MAX_VALUE)).isEqualTo(0.3883216640867785);
    }

    @Test
    void draws_are_spread_evenly_over_counts_over_seeds_and_over_subjects() {
        assertEven(count -> new Chance(42).draw(ACTION, count));
        assertEven(seed -> new Chance(seed).draw(ACTION, 0));
        assertEven(number -> new Chance(42).draw("subject " + number, 0));
    }

    private static void assertEven(Function<Long, Double> draw) {
        long[] tenths = new long[10];
        LongStream.range(0, MANY).forEach(number -> tenths[(int) (draw.apply(number) * 10)]++);
        // Six standard deviations of a binomial distribution.
        assertThat(Arrays.stream(tenths).boxed())
                .allSatisfy(tenth -> assertThat(tenth).isBetween(MANY / 10 - 570L, MANY / 10 + 570L));
    }

    @Test
    void throttling_comes_in_bursts_of_one_to_four() {
        int longest = 0;
        int throttled = 0;
        int inARow = 0;
        for (Optional<Refusal> refusal : refusals(3, ACTION, MANY)) {
            boolean isThrottled = refusal.filter(Refusal.THROTTLED::equals).isPresent();
            inARow = isThrottled ? inARow + 1 : 0;
            throttled += isThrottled ? 1 : 0;
            longest = Math.max(longest, inARow);
        }
        // Two bursts may meet where one stretch of calls follows another.
        assertThat(longest).isBetween(4, 8);
        assertThat((double) throttled / MANY).isBetween(0.07, 0.09);
    }

    @Test
    void now_and_then_something_is_broken_or_unavailable() {
        List<Optional<Refusal>> refusals = refusals(3, ACTION, MANY);
        for (Refusal refusal : List.of(Refusal.BROKEN, Refusal.UNAVAILABLE)) {
            long count = refusals.stream()
                    .filter(each -> each.filter(refusal::equals).isPresent())
                    .count();
            assertThat((double) count / MANY).isBetween(0.008, 0.011);
        }
    }

    @Test
    void every_duration_and_size_is_within_its_range() {
        LongStream.range(0, 10_000).forEach(number -> {
            Dice dice = seed(number);
            assertThat(dice.lag(ACTION, number)).isBetween(Duration.ofMillis(500), Duration.ofSeconds(3));
            assertThat(dice.page(ACTION, number)).isBetween(1, 5);
            assertThat(dice.propagation("ec2")).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(8));
            assertThat(dice.lingering("role")).isBetween(Duration.ofSeconds(10), Dice.FURTHEST);
            assertThat(dice.slowness("table", number)).isGreaterThanOrEqualTo(1).isLessThan(6);
        });
    }
}

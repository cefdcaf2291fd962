package dev.resilient.scenario.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.scenario.guard.Evidence.InService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiPredicate;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

/** Whole days of a fleet under the guard, in a moment: every look of every day is played. */
class DayOfFaultsTest {
    private static final Duration RHYTHM = Duration.ofSeconds(10);
    private static final int LOOKS = (int) (Duration.ofDays(1).toSeconds() / RHYTHM.toSeconds());
    private static final int BOOT_LOOKS = 9;
    private static final GuardLimits LIMITS = GuardLimits.DEFAULT;

    /** What is wrong at which look, for which instance; instances are numbered, and those that replace others go on counting. */
    private record Faults(
            BiPredicate<Integer, Integer> failing,
            BiPredicate<Integer, Integer> crashed,
            IntPredicate tableDown,
            IntPredicate guardAway) {
        static Faults none() {
            return new Faults((_, _) -> false, (_, _) -> false, _ -> false, _ -> false);
        }

        Faults failing(BiPredicate<Integer, Integer> value) {
            return new Faults(value, crashed, tableDown, guardAway);
        }

        Faults crashed(BiPredicate<Integer, Integer> value) {
            return new Faults(failing, value, tableDown, guardAway);
        }

        Faults tableDown(IntPredicate value) {
            return new Faults(failing, crashed, value, guardAway);
        }

        Faults guardAway(IntPredicate value) {
            return new Faults(failing, crashed, tableDown, value);
        }
    }

    /** One instance; it writes once it has booted. */
    private record Instance(int number, String zone, int startedAt) {}

    /** A fleet of {@code size} in three zones, whose replaced instances come back as new ones. Gives the numbers of those replaced, by look. */
    private static List<int[]> replaced(int size, Faults faults) {
        List<Instance> fleet = new ArrayList<>();
        for (int number = 0; number < size; number++) {
            fleet.add(new Instance(number, "zone-" + number % 3, -100));
        }
        int next = size;
        List<int[]> replaced = new ArrayList<>();
        Map<String, Heartbeat> table = new HashMap<>();
        Watch watch = Watch.beginning(RHYTHM, LIMITS);
        for (int look = 0; look < LOOKS; look++) {
            int now = look;
            if (!faults.tableDown().test(look)) {
                for (Instance instance : fleet) {
                    boolean crashed = faults.crashed().test(look, instance.number());
                    if (look - instance.startedAt() >= BOOT_LOOKS && !crashed) {
                        boolean failing = faults.failing().test(look, instance.number());
                        table.put(
                                id(instance),
                                new Heartbeat(id(instance), instance.zone(), look, !failing, OwnView.UNKNOWN));
                    }
                }
            }
            if (faults.tableDown().test(look) || faults.guardAway().test(look)) {
                continue;
            }
            List<InService> inService = fleet.stream()
                    .map(instance -> new InService(
                            id(instance),
                            instance.zone(),
                            now - instance.startedAt() >= BOOT_LOOKS
                                    && !faults.crashed().test(now, instance.number())))
                    .toList();
            Watch.Look seen = watch.look(RHYTHM.toNanos() * look, inService, List.copyOf(table.values()));
            watch = seen.watch();
            for (Decision.Replace replace : seen.replacements()) {
                Optional<Instance> gone = fleet.stream()
                        .filter(instance -> id(instance).equals(replace.instanceId()))
                        .findFirst();
                fleet.remove(gone.orElseThrow());
                fleet.add(new Instance(next++, gone.get().zone(), look));
                replaced.add(new int[] {look, gone.get().number()});
            }
        }
        return replaced;
    }

    private static String id(Instance instance) {
        return "i-" + instance.number();
    }

    private static int at(int hour) {
        return LOOKS / 24 * hour;
    }

    @Test
    void a_quiet_day_replaces_nobody() {
        assertThat(replaced(3, Faults.none())).isEmpty();
    }

    @Test
    void one_bad_instance_is_replaced_once_and_soon() {
        List<int[]> replaced = replaced(3, Faults.none().failing((look, number) -> number == 1 && look >= at(6)));
        assertThat(replaced).hasSize(1);
        assertThat(replaced.getFirst()[1]).isEqualTo(1);
        assertThat(replaced.getFirst()[0] - at(6)).as("looks until then").isEqualTo(3);
    }

    @Test
    void a_crashed_one_is_replaced_once_and_soon() {
        List<int[]> replaced = replaced(3, Faults.none().crashed((look, number) -> number == 2 && look >= at(6)));
        assertThat(replaced).hasSize(1);
        assertThat(replaced.getFirst()[1]).isEqualTo(2);
        assertThat(replaced.getFirst()[0] - at(6)).isBetween(5, 7);
    }

    @Test
    void a_dependency_that_fails_for_all_for_hours_replaces_nobody() {
        assertThat(replaced(30, Faults.none().failing((look, _) -> look >= at(6) && look < at(12))))
                .isEmpty();
    }

    @Test
    void an_outage_of_all_that_ends_for_some_before_others_replaces_nobody() {
        // The last are back twenty seconds after the first, which is less than a guard waits for anybody.
        assertThat(replaced(30, Faults.none().failing((look, number) -> look >= at(6) && look < at(12) + number % 3)))
                .isEmpty();
        assertThat(replaced(
                        3, Faults.none().failing((look, number) -> look >= at(6) + number && look < at(12) + number)))
                .isEmpty();
    }

    @Test
    void one_that_stays_broken_after_an_outage_of_all_is_replaced_once() {
        List<int[]> replaced =
                replaced(3, Faults.none().failing((look, number) -> look >= at(6) && (number == 1 || look < at(12))));
        assertThat(replaced).hasSize(1);
        assertThat(replaced.getFirst()[1]).isEqualTo(1);
        assertThat(replaced.getFirst()[0] - at(12)).isBetween(2, 4);
    }

    @Test
    void a_table_that_nobody_reaches_for_hours_replaces_nobody() {
        assertThat(replaced(30, Faults.none().tableDown(look -> look >= at(6) && look < at(12))))
                .isEmpty();
        Random random = new Random(20_261_127);
        boolean[] down = new boolean[LOOKS];
        for (int look = 0; look < LOOKS; look++) {
            down[look] = random.nextInt(10) < 7;
        }
        assertThat(replaced(30, Faults.none().tableDown(look -> down[look]))).isEmpty();
    }

    @Test
    void a_guard_that_was_away_does_not_hold_against_anybody_what_it_did_not_see() {
        assertThat(replaced(3, Faults.none().guardAway(look -> look >= at(6) && look < at(12))))
                .isEmpty();
    }

    @Test
    void a_dependency_that_flaps_for_a_third_of_the_fleet_costs_no_more_than_the_share() {
        // Fails for five minutes, works for one.
        List<int[]> replaced = replaced(
                30,
                Faults.none()
                        .failing(
                                (look, number) -> number % 3 == 0 && look >= at(6) && look < at(12) && look % 36 < 30));
        int period = (int) (LIMITS.period().toSeconds() / RHYTHM.toSeconds());
        for (int[] first : replaced) {
            assertThat(replaced.stream().filter(each -> each[0] >= first[0] && each[0] < first[0] + period))
                    .hasSizeLessThanOrEqualTo(LIMITS.most(30));
        }
        assertThat(replaced).isNotEmpty();
    }

    @Test
    void each_bad_one_of_a_large_fleet_is_replaced_in_the_end() {
        List<int[]> replaced = replaced(300, Faults.none().failing((look, number) -> number < 100 && look >= at(6)));
        assertThat(replaced).hasSize(100);
        assertThat(replaced).allSatisfy(each -> assertThat(each[1]).isLessThan(100));
        int looksForAll = replaced.getLast()[0] - at(6);
        assertThat(looksForAll * RHYTHM.toSeconds()).isBetween(900L, 1_200L);
    }
}

package dev.resilient.scenario.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.scenario.guard.Decision.Reason;
import dev.resilient.scenario.guard.Decision.Refuse;
import dev.resilient.scenario.guard.Decision.Replace;
import dev.resilient.scenario.guard.Member.Condition;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DecisionsTest {
    private static final GuardLimits LIMITS = GuardLimits.DEFAULT;
    private static final Duration LONG = Duration.ofHours(1);

    private static Member working(String id, String zone) {
        return new Member(id, zone, LONG, Condition.WORKING, Duration.ZERO, true);
    }

    private static Member failing(String id, String zone, int seconds) {
        return new Member(id, zone, LONG, Condition.FAILING, Duration.ofSeconds(seconds), true);
    }

    private static Member silent(String id, String zone, boolean reachable) {
        return new Member(id, zone, LONG, Condition.SILENT, Duration.ofMinutes(5), reachable);
    }

    @Test
    void a_fleet_that_works_is_left_alone() {
        assertThat(Decisions.of(LIMITS, List.of(working("i-1", "a"), working("i-2", "b")), 0))
                .isEmpty();
        assertThat(Decisions.of(LIMITS, List.of(), 0)).isEmpty();
    }

    @Test
    void one_that_says_long_enough_that_it_fails_is_replaced_although_the_load_balancer_reaches_it() {
        assertThat(Decisions.of(LIMITS, List.of(working("i-1", "a"), failing("i-2", "b", 30), working("i-3", "c")), 0))
                .containsExactly(new Replace("i-2", "it has said that it fails for 30 s"));
    }

    @Test
    void one_that_says_nothing_and_is_not_reached_is_replaced() {
        assertThat(Decisions.of(
                        LIMITS, List.of(working("i-1", "a"), silent("i-2", "b", false), working("i-3", "c")), 0))
                .containsExactly(new Replace("i-2", "it has said nothing for 300 s"));
    }

    @Test
    void one_that_says_nothing_but_is_reached_is_kept_if_its_zone_has_nobody_else() {
        assertThat(Decisions.of(LIMITS, List.of(working("i-1", "a"), silent("i-2", "b", true), working("i-3", "c")), 0))
                .containsExactly(new Refuse(
                        "i-2",
                        Reason.LAST_IN_ZONE,
                        "it answers the load balancer and is the last one in b that may still work"));
        assertThat(Decisions.of(
                        LIMITS,
                        List.of(
                                working("i-1", "a"),
                                silent("i-2", "b", true),
                                working("i-3", "b"),
                                working("i-4", "c")),
                        0))
                .containsExactly(new Replace("i-2", "it has said nothing for 300 s"));
    }

    @Test
    void it_waits_until_the_evidence_is_old_enough() {
        assertThat(Decisions.of(LIMITS, List.of(working("i-1", "a"), failing("i-2", "b", 29), working("i-3", "c")), 0))
                .containsExactly(new Refuse(
                        "i-2", Reason.NOT_LONG_ENOUGH, "it has said that it fails for 29 s only, and 30 s are needed"));
    }

    @Test
    void a_new_instance_has_its_grace() {
        Member young =
                new Member("i-2", "b", Duration.ofSeconds(119), Condition.SILENT, Duration.ofSeconds(119), false);
        assertThat(Decisions.of(LIMITS, List.of(working("i-1", "a"), young, working("i-3", "c")), 0))
                .containsExactly(new Refuse(
                        "i-2", Reason.GRACE, "it has been in service for 119 s only, and has 120 s of grace"));
    }

    @Test
    void when_more_than_half_fail_the_cause_is_shared_and_nobody_is_replaced() {
        assertThat(Decisions.of(
                        LIMITS, List.of(working("i-1", "a"), failing("i-2", "b", 99), failing("i-3", "c", 1)), 0))
                .extracting(decision -> ((Refuse) decision).reason())
                .containsExactly(Reason.SHARED_CAUSE, Reason.SHARED_CAUSE);
        assertThat(Decisions.of(LIMITS, List.of(failing("i-1", "a", 99)), 0))
                .as("one instance alone shares its cause with nobody")
                .containsExactly(new Replace("i-1", "it has said that it fails for 99 s"));
    }

    @Test
    void no_more_than_the_share_is_replaced_in_a_period_and_the_longest_failing_first() {
        List<Member> fleet = List.of(
                failing("i-1", "a", 40),
                failing("i-2", "b", 50),
                working("i-3", "c"),
                working("i-4", "a"),
                working("i-5", "b"));
        assertThat(Decisions.of(LIMITS, fleet, 0))
                .containsExactly(
                        new Replace("i-2", "it has said that it fails for 50 s"),
                        new Refuse("i-1", Reason.SHARE_USED, "1 of 5 may be replaced within 300 s, and were"));
        assertThat(Decisions.of(LIMITS, fleet, 1)).noneMatch(Replace.class::isInstance);
    }
}

package dev.resilient.scenario.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.scenario.guard.Evidence.InService;
import dev.resilient.scenario.guard.Member.Condition;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvidenceTest {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration SILENCE = Duration.ofSeconds(20);
    private static final List<InService> FLEET = List.of(new InService("i-1", "a", true));

    private Evidence evidence = Evidence.none();

    private Member look(int second, Heartbeat... heartbeats) {
        // Any origin does, also one beyond which elapsed time overflows.
        long nanos = Long.MAX_VALUE
                - Duration.ofSeconds(50).toNanos()
                + Duration.ofSeconds(second).toNanos();
        evidence = evidence.after(nanos, PATIENCE, FLEET, List.of(heartbeats));
        return evidence.fleet(FLEET, SILENCE).getFirst();
    }

    private static Heartbeat beat(long beat, boolean working) {
        return new Heartbeat("i-1", "a", beat, working, OwnView.UNKNOWN);
    }

    @Test
    void one_that_goes_on_writing_that_it_works_works() {
        assertThat(look(0, beat(7, true)).condition()).isEqualTo(Condition.WORKING);
        assertThat(look(10, beat(8, true)).condition()).isEqualTo(Condition.WORKING);
        assertThat(look(20, beat(8, true)).condition()).isEqualTo(Condition.WORKING);
        Member seen = look(30, beat(9, true));
        assertThat(seen.condition()).isEqualTo(Condition.WORKING);
        assertThat(seen.inService()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void failing_lasts_since_it_was_first_seen_and_ends_with_one_good_heartbeat() {
        look(0, beat(1, true));
        assertThat(look(10, beat(2, false)).lasting()).isEqualTo(Duration.ZERO);
        Member failing = look(20, beat(3, false));
        assertThat(failing.condition()).isEqualTo(Condition.FAILING);
        assertThat(failing.lasting()).isEqualTo(Duration.ofSeconds(10));
        assertThat(look(30, beat(4, true)).condition()).isEqualTo(Condition.WORKING);
        assertThat(look(40, beat(5, false)).lasting()).isEqualTo(Duration.ZERO);
    }

    @Test
    void a_heartbeat_that_does_not_change_is_silence_whatever_it_says() {
        look(0, beat(1, true));
        look(10, beat(1, true));
        assertThat(look(20, beat(1, true)).condition()).isEqualTo(Condition.WORKING);
        Member silent = look(30, beat(1, true));
        assertThat(silent.condition()).isEqualTo(Condition.SILENT);
        assertThat(silent.lasting()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void one_that_never_wrote_is_silent_since_it_was_first_seen() {
        look(0);
        Member silent = look(10);
        assertThat(silent.condition()).isEqualTo(Condition.SILENT);
        assertThat(silent.lasting()).isEqualTo(Duration.ofSeconds(10));
        assertThat(look(20, beat(1, true)).condition()).isEqualTo(Condition.WORKING);
    }

    @Test
    void after_a_time_without_looking_nothing_that_was_seen_before_counts() {
        look(0, beat(1, false));
        look(10, beat(1, false));
        Member seen = look(26, beat(1, false));
        assertThat(seen.condition()).isEqualTo(Condition.FAILING);
        assertThat(seen.lasting()).isEqualTo(Duration.ZERO);
        assertThat(seen.inService()).as("but it is no new instance").isEqualTo(Duration.ofSeconds(26));
    }

    @Test
    void an_instance_that_left_and_one_of_another_fleet_are_forgotten() {
        look(0, beat(1, true));
        evidence = evidence.after(Duration.ofSeconds(1).toNanos(), PATIENCE, List.of(), List.of(beat(2, false)));
        assertThat(evidence.fleet(List.of(), SILENCE)).isEmpty();
        assertThat(evidence.fleet(FLEET, SILENCE)).isEmpty();
    }
}

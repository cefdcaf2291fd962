package dev.resilient.endtoend.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.endtoend.account.Mishaps.Summary;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Any call to AWS may fail once, and a process may end at it, right before it and right after it has taken effect: nothing of what it made is out of the
 * next one's reach, whether that destroys or deploys.
 */
class MishapsTest {
    /** A prime, so that a sample is of all kinds of calls. */
    private static final int SAMPLE = 19;

    /** A change that makes the acts call AWS much less often than they do may rather have broken the counting. */
    private static final int FEWEST_CALLS = 50;

    private static final int BAD_DAYS = 3;
    private static final int SEEDS = 1_000_000;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"DEPLOY, ENDS_AFTER", "DESTROY, ENDS_BEFORE"})
    void a_process_that_ends_at_any_call_of_a_sample_leaves_nothing_that_destroy_does_not_find(
            Act act, Mishap mishap, TestReporter reporter) throws Exception {
        play(reporter, act, mishap, SAMPLE, Mishaps::destroyAfterEach);
    }

    @ParameterizedTest
    @CsvSource({"DEPLOY, ENDS_AFTER", "DESTROY, ENDS_BEFORE", "DEMONSTRATE, ENDS_AFTER"})
    void a_process_that_ends_at_any_call_of_a_sample_leaves_nothing_that_keeps_deploy_from_converging(
            Act act, Mishap mishap, TestReporter reporter) throws Exception {
        play(reporter, act, mishap, SAMPLE, Mishaps::deployAfterEach);
    }

    @Tag("full")
    @Timeout(value = 1, unit = TimeUnit.HOURS)
    @ParameterizedTest
    @CsvSource({
        "DEPLOY, ENDS_BEFORE",
        "DEPLOY, ENDS_AFTER",
        "DESTROY, ENDS_BEFORE",
        "DESTROY, ENDS_AFTER",
        "DEMONSTRATE, ENDS_BEFORE",
        "DEMONSTRATE, ENDS_AFTER"
    })
    void a_process_that_ends_at_any_call_leaves_nothing_that_destroy_does_not_find(
            Act act, Mishap mishap, TestReporter reporter) throws Exception {
        play(reporter, act, mishap, 1, Mishaps::destroyAfterEach);
    }

    @Tag("full")
    @Timeout(value = 1, unit = TimeUnit.HOURS)
    @ParameterizedTest
    @CsvSource({
        "DEPLOY, ENDS_BEFORE",
        "DEPLOY, ENDS_AFTER",
        "DESTROY, ENDS_BEFORE",
        "DESTROY, ENDS_AFTER",
        "DEMONSTRATE, ENDS_BEFORE",
        "DEMONSTRATE, ENDS_AFTER"
    })
    void a_process_that_ends_at_any_call_leaves_nothing_that_keeps_deploy_from_converging(
            Act act, Mishap mishap, TestReporter reporter) throws Exception {
        play(reporter, act, mishap, 1, Mishaps::deployAfterEach);
    }

    @ParameterizedTest
    @CsvSource({"DEPLOY, TIMED_OUT", "DESTROY, TIMED_OUT"})
    void a_call_of_a_sample_that_fails_once_is_tried_again(Act act, Mishap mishap, TestReporter reporter)
            throws Exception {
        play(reporter, act, mishap, SAMPLE, Mishaps::succeedInSpiteOfEach);
    }

    @Tag("full")
    @Timeout(value = 1, unit = TimeUnit.HOURS)
    @ParameterizedTest
    @CsvSource({
        "DEPLOY, THROTTLED",
        "DEPLOY, FAILED",
        "DEPLOY, TIMED_OUT",
        "DESTROY, THROTTLED",
        "DESTROY, FAILED",
        "DESTROY, TIMED_OUT",
        "DEMONSTRATE, THROTTLED",
        "DEMONSTRATE, FAILED",
        "DEMONSTRATE, TIMED_OUT"
    })
    void any_call_that_fails_once_is_tried_again(Act act, Mishap mishap, TestReporter reporter) throws Exception {
        play(reporter, act, mishap, 1, Mishaps::succeedInSpiteOfEach);
    }

    @ParameterizedTest
    @EnumSource(names = {"DEPLOY", "DESTROY"})
    void a_call_of_a_sample_that_is_denied_is_told_by_its_permission(Act act, TestReporter reporter) throws Exception {
        play(reporter, act, Mishap.DENIED, SAMPLE, Mishaps::sayWhatIsMissingAfterEach);
    }

    @Tag("full")
    @Timeout(value = 1, unit = TimeUnit.HOURS)
    @ParameterizedTest
    @EnumSource
    void any_call_that_is_denied_is_told_by_its_permission(Act act, TestReporter reporter) throws Exception {
        play(reporter, act, Mishap.DENIED, 1, Mishaps::sayWhatIsMissingAfterEach);
    }

    /** Each call has its mishap on one of the days, and each day is another one than in any run before. */
    @Tag("full")
    @Timeout(value = 1, unit = TimeUnit.HOURS)
    @ParameterizedTest
    @CsvSource({
        "DEPLOY, ENDS_BEFORE",
        "DEPLOY, ENDS_AFTER",
        "DESTROY, ENDS_BEFORE",
        "DESTROY, ENDS_AFTER",
        "DEMONSTRATE, ENDS_BEFORE",
        "DEMONSTRATE, ENDS_AFTER"
    })
    void a_process_that_ends_at_any_call_leaves_nothing_on_bad_days(Act act, Mishap mishap, TestReporter reporter)
            throws Exception {
        playOnBadDays(reporter, act, mishap, Mishaps::destroyAfterEach);
    }

    @Tag("full")
    @Timeout(value = 1, unit = TimeUnit.HOURS)
    @ParameterizedTest
    @CsvSource({
        "DEPLOY, ENDS_BEFORE",
        "DEPLOY, ENDS_AFTER",
        "DESTROY, ENDS_BEFORE",
        "DESTROY, ENDS_AFTER",
        "DEMONSTRATE, ENDS_BEFORE",
        "DEMONSTRATE, ENDS_AFTER"
    })
    void a_process_that_ends_at_any_call_keeps_nobody_from_deploying_on_bad_days(
            Act act, Mishap mishap, TestReporter reporter) throws Exception {
        playOnBadDays(reporter, act, mishap, Mishaps::deployAfterEach);
    }

    private void play(TestReporter reporter, Act act, Mishap mishap, int stride, Function<Mishaps, Summary> goOn)
            throws Exception {
        try (Account account = Account.open(folder, act.serverJar(folder))) {
            judge(reporter, new Mishaps(account, act, mishap, stride, stride), "", goOn);
        }
    }

    private void playOnBadDays(TestReporter reporter, Act act, Mishap mishap, Function<Mishaps, Summary> goOn)
            throws Exception {
        for (int day = 1; day <= BAD_DAYS; day++) {
            int seed = new SecureRandom().nextInt(SEEDS);
            try (Account account = Account.openOnABadDay(folder, act.serverJar(folder), seed)) {
                judge(reporter, new Mishaps(account, act, mishap, day, BAD_DAYS), " on the day " + seed, goOn);
            }
        }
    }

    private static void judge(TestReporter reporter, Mishaps mishaps, String day, Function<Mishaps, Summary> goOn) {
        Summary summary = goOn.apply(mishaps);
        reporter.publishEntry(mishaps.mishap() + " of " + mishaps.act() + day, Integer.toString(summary.mishaps()));
        assertThat(summary.failures()).as(day).isEmpty();
        assertThat(summary.mishaps()).isGreaterThan(FEWEST_CALLS / mishaps.stride());
    }
}

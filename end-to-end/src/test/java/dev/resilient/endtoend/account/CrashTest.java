package dev.resilient.endtoend.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.endtoend.account.CrashPoints.Summary;
import dev.resilient.endtoend.account.Executioner.Side;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A process may end at any call to AWS, right before it and right after it has taken effect: nothing of what it made is out of the
 * next one's reach, whether that destroys or deploys.
 */
class CrashTest {
    /** A prime, so that a sample is of all kinds of calls. */
    private static final int SAMPLE = 13;

    /** A change that makes the acts call AWS much less often than they do may rather have broken the counting. */
    private static final int FEWEST_CALLS = 50;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"DEPLOY, AFTER", "DESTROY, BEFORE"})
    void a_process_that_ends_at_any_call_of_a_sample_leaves_nothing_that_destroy_does_not_find(
            Act act, Side side, TestReporter reporter) throws Exception {
        play(reporter, act, side, SAMPLE, CrashPoints::destroyAfterEach);
    }

    @ParameterizedTest
    @CsvSource({"DEPLOY, AFTER", "DESTROY, BEFORE"})
    void a_process_that_ends_at_any_call_of_a_sample_leaves_nothing_that_keeps_deploy_from_converging(
            Act act, Side side, TestReporter reporter) throws Exception {
        play(reporter, act, side, SAMPLE, CrashPoints::deployAfterEach);
    }

    @Tag("full")
    @Timeout(value = 1, unit = TimeUnit.HOURS)
    @ParameterizedTest
    @CsvSource({
        "DEPLOY, BEFORE",
        "DEPLOY, AFTER",
        "DESTROY, BEFORE",
        "DESTROY, AFTER",
        "DEMONSTRATE, BEFORE",
        "DEMONSTRATE, AFTER"
    })
    void a_process_that_ends_at_any_call_leaves_nothing_that_destroy_does_not_find(
            Act act, Side side, TestReporter reporter) throws Exception {
        play(reporter, act, side, 1, CrashPoints::destroyAfterEach);
    }

    @Tag("full")
    @Timeout(value = 1, unit = TimeUnit.HOURS)
    @ParameterizedTest
    @CsvSource({
        "DEPLOY, BEFORE",
        "DEPLOY, AFTER",
        "DESTROY, BEFORE",
        "DESTROY, AFTER",
        "DEMONSTRATE, BEFORE",
        "DEMONSTRATE, AFTER"
    })
    void a_process_that_ends_at_any_call_leaves_nothing_that_keeps_deploy_from_converging(
            Act act, Side side, TestReporter reporter) throws Exception {
        play(reporter, act, side, 1, CrashPoints::deployAfterEach);
    }

    private void play(TestReporter reporter, Act act, Side side, int stride, Function<CrashPoints, Summary> goOn)
            throws Exception {
        try (Account account = Account.open(folder, act.serverJar(folder))) {
            Summary summary = goOn.apply(new CrashPoints(account, act, side, stride));
            reporter.publishEntry("crashes " + side + " a call of " + act, Integer.toString(summary.crashes()));
            assertThat(summary.failures()).isEmpty();
            assertThat(summary.crashes()).isGreaterThan(FEWEST_CALLS / stride);
        }
    }
}

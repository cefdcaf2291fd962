package dev.resilient.endtoend.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.resilient.endtoend.account.Mishaps.Summary;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any call to AWS may fail once, and a process may end at it, right before it and right after it has taken effect: nothing of what it made is out of the
 * next one's reach, whether that destroys or deploys.
 */
class MishapsTest {
    /** A prime, so that a sample is of all kinds of calls. */
    private static final int SAMPLE = 19;

    /** A change that makes the acts call AWS much less often than they do may rather have broken the counting. */
    private static final int FEWEST_CALLS = 50;

    /** A demonstration sets the same parameters again and again. */
    private static final int FEWEST_DIFFERENT_CALLS = 20;

    /** Most of the time is waiting, so there may be more of them than processors. */
    private static final int ACCOUNTS = 6;

    private static final int SEEDS = 1_000_000;

    @TempDir
    private Path folder;

    static Stream<Arguments> ends() {
        return eachActWith(Mishap.ENDS_BEFORE, Mishap.ENDS_AFTER);
    }

    static Stream<Arguments> failures() {
        return eachActWith(Mishap.THROTTLED, Mishap.FAILED, Mishap.TIMED_OUT);
    }

    private static Stream<Arguments> eachActWith(Mishap... mishaps) {
        return Arrays.stream(Act.values()).flatMap(act -> Arrays.stream(mishaps).map(mishap -> arguments(act, mishap)));
    }

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
    @MethodSource("ends")
    void a_process_that_ends_at_any_call_leaves_nothing_that_destroy_does_not_find(
            Act act, Mishap mishap, TestReporter reporter) throws Exception {
        play(reporter, act, mishap, 1, Mishaps::destroyAfterEach);
    }

    @Tag("full")
    @Timeout(value = 1, unit = TimeUnit.HOURS)
    @ParameterizedTest
    @MethodSource("ends")
    void a_process_that_ends_at_any_call_leaves_nothing_that_keeps_deploy_from_converging(
            Act act, Mishap mishap, TestReporter reporter) throws Exception {
        play(reporter, act, mishap, 1, Mishaps::deployAfterEach);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void each_call_that_fails_once_is_tried_again_though_all_of_them_fail(Act act, Mishap mishap, TestReporter reporter)
            throws Exception {
        try (Account account = Account.open(folder, act.serverJar(folder))) {
            Mishaps mishaps = new Mishaps(account, act, mishap, () -> {
                throw new AssertionError("no single call is chosen");
            });
            judge(reporter, mishap + " of all of " + act, FEWEST_DIFFERENT_CALLS, mishaps.succeedInSpiteOfAll());
        }
    }

    @Tag("full")
    @Timeout(value = 1, unit = TimeUnit.HOURS)
    @ParameterizedTest
    @MethodSource("failures")
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

    /** Each account has a bad day of its own, another one than in any run before, and each call has its mishap on one of them. */
    @Tag("full")
    @Timeout(value = 1, unit = TimeUnit.HOURS)
    @ParameterizedTest
    @MethodSource("ends")
    void a_process_that_ends_at_any_call_leaves_nothing_on_bad_days(Act act, Mishap mishap, TestReporter reporter)
            throws Exception {
        playOnBadDays(reporter, act, mishap, Mishaps::destroyAfterEach);
    }

    @Tag("full")
    @Timeout(value = 1, unit = TimeUnit.HOURS)
    @ParameterizedTest
    @MethodSource("ends")
    void a_process_that_ends_at_any_call_keeps_nobody_from_deploying_on_bad_days(
            Act act, Mishap mishap, TestReporter reporter) throws Exception {
        playOnBadDays(reporter, act, mishap, Mishaps::deployAfterEach);
    }

    private void play(TestReporter reporter, Act act, Mishap mishap, int stride, Function<Mishaps, Summary> goOn)
            throws Exception {
        Path jar = act.serverJar(folder);
        Summary summary =
                sideBySide(stride == 1 ? ACCOUNTS : 1, act, mishap, stride, goOn, () -> Account.open(folder, jar));
        judge(reporter, mishap + " of " + act, FEWEST_CALLS / stride, summary);
    }

    private void playOnBadDays(TestReporter reporter, Act act, Mishap mishap, Function<Mishaps, Summary> goOn)
            throws Exception {
        Path jar = act.serverJar(folder);
        Queue<Integer> days = new ConcurrentLinkedQueue<>();
        Summary summary = sideBySide(ACCOUNTS, act, mishap, 1, goOn, () -> {
            int day = new SecureRandom().nextInt(SEEDS);
            days.add(day);
            return Account.openOnABadDay(folder, jar, day);
        });
        judge(reporter, mishap + " of " + act + " on the days " + days, FEWEST_CALLS, summary);
    }

    /** Each call is met in one of the accounts; that there are several of them is only for the sake of time. */
    private static Summary sideBySide(
            int accounts,
            Act act,
            Mishap mishap,
            int stride,
            Function<Mishaps, Summary> goOn,
            Callable<Account> opening)
            throws Exception {
        AtomicInteger last = new AtomicInteger();
        Callable<Summary> part = () -> {
            try (Account account = opening.call()) {
                return goOn.apply(new Mishaps(account, act, mishap, () -> last.addAndGet(stride)));
            }
        };
        try (ExecutorService threads = Executors.newFixedThreadPool(accounts)) {
            List<Summary> parts = new ArrayList<>();
            for (Future<Summary> played : threads.invokeAll(Collections.nCopies(accounts, part))) {
                parts.add(played.get());
            }
            return Summary.of(parts);
        }
    }

    private static void judge(TestReporter reporter, String what, int fewest, Summary summary) {
        reporter.publishEntry(what, Integer.toString(summary.mishaps()));
        assertThat(summary.failures()).as(what).isEmpty();
        assertThat(summary.mishaps()).isGreaterThan(fewest);
    }
}

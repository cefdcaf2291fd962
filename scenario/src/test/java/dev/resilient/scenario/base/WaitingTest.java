package dev.resilient.scenario.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.resilient.scenario.base.Waiting.Sight;
import dev.resilient.scenario.event.ScenarioEvent;
import dev.resilient.scenario.event.ScenarioEvents;
import dev.resilient.testing.ManualTime;
import dev.resilient.time.SystemTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.iam.model.EntityAlreadyExistsException;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;

class WaitingTest {
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final SelfMovingTime time = new SelfMovingTime();
    private final ScenarioEvents events = new ScenarioEvents();
    private final List<ScenarioEvent> told = new ArrayList<>();
    private final Cancellation cancellation = new Cancellation();
    private final Waiting waiting = new Waiting(time, events, cancellation, INTERVAL, new Random(1));

    WaitingTest() {
        events.subscribe(told::add);
    }

    @Test
    void what_is_there_is_not_waited_for() {
        assertThat(waiting.until("it is there", LIMIT, () -> Sight.of("it"))).isEqualTo("it");
        assertThat(time.sleeps()).isEmpty();
    }

    @Test
    void it_looks_once_in_each_interval() {
        Iterator<Sight<String>> sights = List.of(
                        Sight.<String>nothingYet("-"), Sight.<String>nothingYet("-"), Sight.of("it"))
                .iterator();
        assertThat(waiting.until("it is there", LIMIT, sights::next)).isEqualTo("it");
        assertThat(time.nanoTime()).isEqualTo(INTERVAL.multipliedBy(2).toNanos());
    }

    @Test
    void after_its_limit_it_says_what_it_waited_for_and_what_it_last_saw() {
        assertThatExceptionOfType(ScenarioException.class)
                .isThrownBy(() -> waiting.until("it is there", LIMIT, () -> Sight.nothingYet("only its shadow")))
                .withMessage("Waited 10.0 s until it is there, in vain. Last seen: only its shadow.");
        assertThat(time.nanoTime()).isEqualTo(LIMIT.toNanos());
    }

    @Test
    void a_long_wait_tells_how_it_goes() {
        AtomicInteger looks = new AtomicInteger();
        waiting.until("it is there", LIMIT, () -> Sight.when(looks.incrementAndGet() > 6, "look " + looks.get()));
        assertThat(told)
                .containsExactly(
                        new ScenarioEvent.StillWaiting("it is there", Duration.ofSeconds(2), LIMIT, "look 3"),
                        new ScenarioEvent.StillWaiting("it is there", Duration.ofSeconds(4), LIMIT, "look 5"));
    }

    @Test
    void a_failure_that_passes_is_tried_again() {
        AtomicInteger calls = new AtomicInteger();
        String result = waiting.retry("it is known", LIMIT, NoSuchEntityException.class::isInstance, () -> {
            if (calls.incrementAndGet() < 3) {
                throw NoSuchEntityException.builder().message("not yet").build();
            }
            return "done";
        });
        assertThat(result).isEqualTo("done");
        assertThat(calls).hasValue(3);
    }

    @Test
    void a_failure_that_stays_is_tried_less_and_less_often_after_random_pauses() {
        List<Long> calls = new ArrayList<>();
        assertThatExceptionOfType(ScenarioException.class)
                .isThrownBy(() -> waiting.retry(
                        "it is known", LIMIT.multipliedBy(10), NoSuchEntityException.class::isInstance, () -> {
                            calls.add(time.nanoTime());
                            throw NoSuchEntityException.builder()
                                    .message("never")
                                    .build();
                        }));
        List<Long> pauses = IntStream.range(1, calls.size())
                .mapToObj(call -> calls.get(call) - calls.get(call - 1))
                .toList();
        for (int failure = 0; failure < pauses.size(); failure++) {
            long longest = INTERVAL.toNanos() * Math.min(8, 1 << Math.min(failure, 10));
            assertThat(pauses.get(failure)).isBetween(longest / 2, longest);
        }
        assertThat(pauses).hasSizeGreaterThan(10).doesNotHaveDuplicates();
    }

    @Test
    void what_was_made_is_looked_for_until_it_is_seen() {
        Iterator<Optional<String>> looks =
                List.of(Optional.<String>empty(), Optional.of("it")).iterator();
        assertThat(waiting.untilSeen("it", LIMIT, looks::next)).isEqualTo("it");
        assertThatExceptionOfType(ScenarioException.class)
                .isThrownBy(() -> waiting.untilSeen("it", LIMIT, Optional::empty))
                .withMessage("Waited 10.0 s until it can be seen, in vain. Last seen: it is not there.");
    }

    @Test
    void another_failure_is_not_tried_again() {
        SdkException other =
                EntityAlreadyExistsException.builder().message("there").build();
        assertThatExceptionOfType(EntityAlreadyExistsException.class)
                .isThrownBy(() -> waiting.retry("it is known", LIMIT, NoSuchEntityException.class::isInstance, () -> {
                    throw other;
                }))
                .isSameAs(other);
    }

    @Test
    void a_failure_that_stays_is_the_cause_in_the_end() {
        SdkException stays = NoSuchEntityException.builder().message("never").build();
        assertThatExceptionOfType(ScenarioException.class)
                .isThrownBy(() -> waiting.retry("it is known", LIMIT, NoSuchEntityException.class::isInstance, () -> {
                    throw stays;
                }))
                .withMessageStartingWith("Waited 10.0 s until it is known, in vain: AWS could not be asked: never")
                .withCause(stays);
    }

    @Test
    void a_cancellation_ends_a_wait_within_its_interval() {
        AtomicInteger looks = new AtomicInteger();
        assertThatExceptionOfType(CancelledException.class)
                .isThrownBy(() -> waiting.until("it is there", LIMIT, () -> {
                    if (looks.incrementAndGet() == 2) {
                        cancellation.cancel();
                    }
                    return Sight.nothingYet("nothing");
                }));
        assertThat(looks).hasValue(2);
        assertThat(time.nanoTime()).isEqualTo(INTERVAL.toNanos());
    }

    @Test
    @Timeout(20)
    void an_interrupt_ends_a_sleep_as_a_cancellation() throws InterruptedException {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        var sleeper = new Waiting(new ManualTime(), events, cancellation, INTERVAL, new Random(1));
        Thread thread = Thread.ofVirtual().start(() -> {
            try {
                sleeper.pause();
            } catch (CancelledException cancelled) {
                thrown.set(cancelled);
            }
        });
        await().until(() -> thread.getState() == Thread.State.WAITING);
        thread.interrupt();
        thread.join();
        assertThat(thrown.get()).isInstanceOf(CancelledException.class);
        assertThat(cancellation.isCancelled()).isTrue();
    }

    @Test
    @Timeout(20)
    void a_cancellation_from_another_thread_ends_a_long_sleep_soon() throws InterruptedException {
        var sleeper = new Waiting(SystemTime.INSTANCE, events, cancellation, Duration.ofHours(1), new Random(1));
        Thread thread = Thread.ofVirtual().start(() -> {
            try {
                sleeper.pause();
            } catch (CancelledException cancelled) {
                told.add(new ScenarioEvent.FailedMidway("stopped"));
            }
        });
        cancellation.cancel();
        thread.join();
        assertThat(told).containsExactly(new ScenarioEvent.FailedMidway("stopped"));
    }
}

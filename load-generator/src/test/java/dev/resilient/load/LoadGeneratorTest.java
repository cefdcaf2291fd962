package dev.resilient.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resilient.testing.ManualTime;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The clock moves only when a test says so, so every figure is exact. */
class LoadGeneratorTest {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ManualTime time = new ManualTime();
    private final List<Sample> samples = new CopyOnWriteArrayList<>();

    @Test
    void requests_are_due_at_a_constant_rate() throws IOException {
        try (Service service = new Service(_ -> Service.OK);
                LoadGenerator load = load(service.address(), 100, 10)) {
            time.advance(Duration.ofMillis(990));
            await().until(() -> samples.size() == 100);
            load.stop();

            assertThat(samples.stream().map(Sample::dueNanos).sorted())
                    .containsExactlyElementsOf(LongStream.range(0, 100)
                            .mapToObj(number -> number * 10_000_000)
                            .toList());
            assertThat(samples).extracting(Sample::outcome).containsOnly(new Outcome.Response(200, "test", "hi"));
            assertThat(load.figures().sent()).isEqualTo(100);
            assertThat(service.requests()).isEqualTo(100);
        }
    }

    /** The test against coordinated omission: users go on coming while the service stalls, and each has waited since he came. */
    @Test
    void a_stall_is_seen_by_everybody_who_came_during_it() throws IOException {
        CountDownLatch gate = new CountDownLatch(1);
        try (Service service = new Service(_ -> {
                    gate.await();
                    return Service.OK;
                });
                LoadGenerator load = load(service.address(), 20, 1000)) {
            advance(20, Duration.ofMillis(50), service);
            gate.countDown();
            await().until(() -> samples.size() == 21);
            load.stop();

            assertThat(samples).allSatisfy(sample -> assertThat(sample.latencyNanos())
                    .isEqualTo(1_000_000_000L - sample.dueNanos()));
            Latencies latencies = new Latencies();
            samples.forEach(sample -> latencies.record(sample.latencyNanos()));
            assertThat(latencies.percentile(50)).isBetween(Duration.ofMillis(500), Duration.ofMillis(501));
            assertThat(latencies.max()).isBetween(Duration.ofMillis(1000), Duration.ofMillis(1001));
        }
    }

    /** With one connection the stall holds up requests that have not even been sent; they have waited nevertheless. */
    @Test
    void who_waits_for_a_connection_has_waited() throws IOException {
        CountDownLatch gate = new CountDownLatch(1);
        try (Service service = new Service(_ -> {
                    gate.await();
                    return Service.OK;
                });
                LoadGenerator load = load(service.address(), 100, 1)) {
            time.advance(Duration.ofSeconds(1));
            await().until(() -> load.figures().waited() == 100);
            gate.countDown();
            await().until(() -> samples.size() == 101);
            load.stop();

            assertThat(service.accepted()).isEqualTo(1);
            assertThat(samples).allSatisfy(sample -> assertThat(sample.latencyNanos())
                    .isEqualTo(1_000_000_000L - sample.dueNanos()));
            assertThat(load.figures().connections()).isEqualTo(1);
            assertThat(load.figures().wasLimit()).isTrue();
        }
    }

    @Test
    void patience_ends_when_it_ends_also_for_who_waits_for_a_connection() throws IOException {
        CountDownLatch never = new CountDownLatch(1);
        try (Service service = new Service(_ -> {
                    never.await();
                    return Service.OK;
                });
                LoadGenerator load = load(service.address(), 1, 1)) {
            time.advance(Duration.ofSeconds(1));
            await().until(() -> load.figures().waited() == 1);
            time.advance(PATIENCE.minusSeconds(1));
            await().until(() -> samples.size() == 1);
            assertThat(samples.getFirst()).isEqualTo(new Sample(0, PATIENCE.toNanos(), new Outcome.TimeOut()));
            time.advance(PATIENCE);
            load.stop();

            assertThat(samples).extracting(Sample::outcome).containsOnly(new Outcome.TimeOut());
            assertThat(samples).hasSize((int) load.figures().sent());
        } finally {
            never.countDown();
        }
    }

    @Test
    void nobody_listening_is_a_failure_to_connect() throws IOException {
        URI nobody;
        try (Service service = new Service(_ -> Service.OK)) {
            nobody = service.address();
        }
        try (LoadGenerator load = load(nobody, 10, 10)) {
            time.advance(Duration.ofMillis(200));
            await().until(() -> samples.size() == 3);
            load.stop();
        }
        assertThat(samples).extracting(Sample::outcome).allMatch(Outcome.ConnectFailure.class::isInstance);
    }

    @Test
    void an_answer_that_breaks_off_is_a_failure() throws IOException {
        String half = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf";
        try (Service service = new Service(number -> number == 0 ? half : "");
                LoadGenerator load = load(service.address(), 10, 10)) {
            await().until(() -> service.requests() == 1);
            service.breakOff();
            await().until(() -> samples.size() == 1);
            load.stop();
        }
        assertThat(samples).extracting(Sample::outcome).allMatch(Outcome.Broken.class::isInstance);
    }

    @Test
    void what_is_no_http_is_a_failure() throws IOException {
        try (Service service = new Service(_ -> "Hello, who is there?\r\n\r\n");
                LoadGenerator load = load(service.address(), 10, 10)) {
            await().until(() -> samples.size() == 1);
            load.stop();
        }
        assertThat(samples).extracting(Sample::outcome).allMatch(Outcome.Broken.class::isInstance);
    }

    @Test
    void a_kept_connection_that_is_closed_makes_no_failure_but_a_new_one_does() throws IOException {
        try (Service service = new Service(number -> number == 0 ? Service.OK : "");
                LoadGenerator load = load(service.address(), 10, 10)) {
            await().until(() -> samples.size() == 1);
            time.advance(Duration.ofMillis(100));
            await().until(() -> samples.size() == 2);
            load.stop();

            assertThat(samples).extracting(Sample::outcome).containsOnly(new Outcome.Response(200, "test", "hi"));
            assertThat(service.accepted()).isEqualTo(2);
        }
        samples.clear();
        try (Service service = new Service(_ -> "");
                LoadGenerator load = load(service.address(), 10, 10)) {
            await().until(() -> samples.size() == 1);
            load.stop();
        }
        assertThat(samples).extracting(Sample::outcome).allMatch(Outcome.Broken.class::isInstance);
    }

    @Test
    void a_late_generator_says_so() throws IOException {
        try (Service service = new Service(_ -> Service.OK);
                LoadGenerator load = load(service.address(), 100, 10)) {
            await().until(() -> samples.size() == 1);
            time.advance(Duration.ofMillis(500));
            await().until(() -> samples.size() == 51);
            load.stop();

            // The second request was due after 10 ms, and no later one is as late.
            assertThat(load.figures().lateMax()).isBetween(Duration.ofMillis(489), Duration.ofMillis(491));
            assertThat(load.figures().wasLimit()).isTrue();
        }
    }

    @Test
    void several_threads_share_the_requests() throws IOException {
        List<Sample> safe = Collections.synchronizedList(samples);
        try (Service service = new Service(_ -> Service.OK);
                LoadGenerator load =
                        new LoadGenerator(new Load(service.address(), 100, PATIENCE, 9, 3), time, safe::add)) {
            time.advance(Duration.ofMillis(290));
            await().until(() -> samples.size() == 30);
            load.stop();
        }
        assertThat(samples.stream().map(Sample::dueNanos).sorted())
                .containsExactlyElementsOf(LongStream.range(0, 30)
                        .mapToObj(number -> number * 10_000_000)
                        .toList());
    }

    private LoadGenerator load(URI target, double rate, int connections) {
        return new LoadGenerator(new Load(target, rate, PATIENCE, connections, 1), time, samples::add);
    }

    /** Moves the clock step by step, each time until the request of that step has arrived. */
    private void advance(int steps, Duration step, Service service) {
        for (int i = 1; i <= steps; i++) {
            int arrived = i;
            await().pollInterval(Duration.ofMillis(1)).until(() -> service.requests() == arrived);
            time.advance(step);
        }
        await().until(() -> service.requests() == steps + 1);
    }
}

package dev.resilient.loadbalancer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.resilient.loadbalancer.RawTarget.Script;
import dev.resilient.loadbalancer.event.BalancerReason;
import dev.resilient.loadbalancer.event.Exchange;
import dev.resilient.loadbalancer.target.HealthCheck;
import dev.resilient.loadbalancer.target.RoutingAlgorithm;
import dev.resilient.loadbalancer.target.StatusMatcher;
import dev.resilient.loadbalancer.target.Target;
import dev.resilient.loadbalancer.target.TargetGroupSettings;
import dev.resilient.loadbalancer.target.TargetHealth;
import dev.resilient.loadbalancer.target.TargetReason;
import dev.resilient.loadbalancer.target.TargetState;
import dev.resilient.loadbalancer.target.TargetStatus;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Which targets get requests, and what is known about them. */
class TargetGroupTest {
    private static final Duration LONG = Duration.ofMinutes(5);

    @Test
    void a_health_check_is_the_request_of_an_application_load_balancer_on_a_connection_of_its_own() throws Exception {
        TargetGroupSettings settings =
                Stage.QUICK.withHealthCheck(Stage.QUICK.healthCheck().withPath("/healthcheck"));
        try (RawTarget target = RawTarget.start(Script.status(200));
                Stage stage = Stage.with(builder -> builder, settings, target)) {
            for (int i = 0; i < 3; i++) {
                assertThat(target.healthCheck())
                        .isEqualTo(Http.head(
                                "GET /healthcheck HTTP/1.1",
                                "Host: 127.0.0.1:" + target.port(),
                                "User-Agent: ELB-HealthChecker/2.0"));
            }
            assertThat(target.connections()).isGreaterThanOrEqualTo(3);
            assertThat(stage.health("i-0")).isEqualTo(TargetHealth.HEALTHY);
        }
    }

    @Test
    void a_check_that_is_not_answered_is_the_only_one_in_flight() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        try (RawTarget silent = RawTarget.start(Script.status(200));
                RawTarget other = RawTarget.start(Script.status(200));
                Stage stage = Stage.with(other)) {
            silent.answerChecksWith((head, connection) -> over.await());
            stage.group().register(List.of(silent.as("i-silent")));
            silent.healthCheck();
            for (int i = 0; i < 10; i++) {
                other.healthCheck();
            }
            assertThat(silent.connections()).isEqualTo(1);
            assertThat(stage.health("i-silent").reason()).contains(TargetReason.INITIAL_HEALTH_CHECKING);
            over.countDown();
        }
    }

    @Test
    void failing_checks_name_their_reason() throws Exception {
        TargetGroupSettings impatient = Stage.QUICK.withHealthCheck(
                Stage.QUICK.healthCheck().withTiming(Duration.ofMillis(50), Duration.ofSeconds(1)));
        CountDownLatch over = new CountDownLatch(1);
        try (RawTarget wrong = RawTarget.start(Script.status(200));
                RawTarget silent = RawTarget.start(Script.status(200));
                RawTarget strange = RawTarget.start(Script.status(200));
                Stage stage = Stage.with(builder -> builder, impatient)) {
            wrong.answerChecksWith(Script.status(503));
            silent.answerChecksWith((head, connection) -> over.await());
            strange.answerChecksWith(Script.bytes("SSH-2.0\r\n\r\n"));
            stage.group().register(List.of(wrong.as("i-wrong"), silent.as("i-silent"), strange.as("i-strange")));
            stage.awaitAll(TargetState.UNHEALTHY);
            assertThat(stage.health("i-wrong").description()).contains("Health checks failed with these codes: [503]");
            assertThat(stage.health("i-silent").reason()).contains(TargetReason.TIMEOUT);
            assertThat(stage.health("i-strange").reason()).contains(TargetReason.FAILED_HEALTH_CHECKS);
            over.countDown();
        }
    }

    @Test
    void a_balancer_that_cannot_check_says_so_and_goes_on() throws Exception {
        AtomicBoolean failing = new AtomicBoolean(true);
        try (RawTarget target = RawTarget.start(Script.status(200));
                Stage stage = Stage.with(
                        builder -> builder.reaches(address -> {
                            if (failing.get()) {
                                throw new IllegalStateException("no idea");
                            }
                            return true;
                        }),
                        Stage.QUICK)) {
            stage.group().register(List.of(target.as("i-0")));
            stage.awaitAll(TargetState.UNHEALTHY);
            assertThat(stage.health("i-0"))
                    .isEqualTo(TargetHealth.of(TargetState.UNHEALTHY, TargetReason.INTERNAL_ERROR));
            failing.set(false);
            stage.awaitAll(TargetState.HEALTHY);
        }
    }

    @Test
    void a_target_that_turns_bad_gets_no_requests_until_it_has_recovered() throws Exception {
        try (RawTarget good = RawTarget.start(Script.body("good"));
                RawTarget bad = RawTarget.start(Script.body("bad"));
                Stage stage = Stage.with(good, bad)) {
            bad.answerChecksWith(Script.status(503));
            await().until(() -> stage.health("i-1").state() == TargetState.UNHEALTHY);
            assertThat(bodies(stage, 6)).containsOnly("good");
            bad.answerChecksWith(Script.status(200));
            stage.awaitAll(TargetState.HEALTHY);
            assertThat(bodies(stage, 6)).contains("good", "bad");
            assertThat(stage.healthChanges())
                    .filteredOn(change -> change.target().id().equals("i-1"))
                    .extracting(change -> change.after().state())
                    .containsExactly(
                            TargetState.INITIAL,
                            TargetState.INITIAL,
                            TargetState.HEALTHY,
                            TargetState.UNHEALTHY,
                            TargetState.HEALTHY);
        }
    }

    @Test
    void a_group_of_only_unhealthy_targets_fails_open_over_all_of_them() throws Exception {
        try (RawTarget one = RawTarget.start(Script.body("one"));
                RawTarget two = RawTarget.start(Script.body("two"));
                Stage stage = Stage.with(one, two)) {
            one.answerChecksWith(Script.status(503));
            two.answerChecksWith(Script.status(503));
            stage.awaitAll(TargetState.UNHEALTHY);
            assertThat(bodies(stage, 4)).containsExactlyInAnyOrder("one", "two", "one", "two");
            assertThat(stage.exchange().decision()).get().matches(Exchange.Decision::failOpen);

            one.answerChecksWith(Script.body("well"));
            stage.awaitSome(TargetState.HEALTHY);
            for (int others = 1; others < 4; others++) {
                stage.exchange();
            }
            assertThat(bodies(stage, 2)).containsOnly("one");
            assertThat(stage.exchange().decision()).get().matches(decision -> !decision.failOpen());
        }
    }

    @Test
    void requests_take_turns() throws Exception {
        try (RawTarget one = RawTarget.start(Script.body("one"));
                RawTarget two = RawTarget.start(Script.body("two"));
                RawTarget three = RawTarget.start(Script.body("three"));
                Stage stage = Stage.with(one, two, three)) {
            List<String> bodies = bodies(stage, 9);
            assertThat(bodies.subList(0, 3)).containsExactlyInAnyOrder("one", "two", "three");
            assertThat(bodies.subList(3, 6)).isEqualTo(bodies.subList(0, 3));
            assertThat(bodies.subList(6, 9)).isEqualTo(bodies.subList(0, 3));
        }
    }

    @Test
    void the_target_with_the_fewest_requests_in_flight_gets_the_next() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        Script slow = (head, connection) -> {
            over.await();
            Script.body("slow").answer(head, connection);
        };
        TargetGroupSettings settings = Stage.QUICK.withAlgorithm(new RoutingAlgorithm.LeastOutstandingRequests());
        try (RawTarget busy = RawTarget.start(slow);
                RawTarget idle = RawTarget.start(Script.body("idle"));
                Stage stage = Stage.with(builder -> builder, settings, busy);
                RawClient first = RawClient.connect(stage.address())) {
            first.send(Http.get());
            busy.request();
            stage.group().register(List.of(idle.as("i-idle")));
            stage.awaitAll(TargetState.HEALTHY);
            assertThat(bodies(stage, 5)).containsOnly("idle");
            over.countDown();
            assertThat(first.response().body()).isEqualTo("slow");
        }
    }

    @Test
    void a_draining_target_finishes_what_it_has_and_gets_nothing_new() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        Script gated = (head, connection) -> {
            gate.await();
            Script.body("old").answer(head, connection);
        };
        try (RawTarget old = RawTarget.start(gated);
                RawTarget young = RawTarget.start(Script.body("young"));
                Stage stage = Stage.with(old);
                RawClient client = RawClient.connect(stage.address())) {
            client.send(Http.get());
            old.request();
            stage.group().register(List.of(young.as("i-young")));
            stage.group().deregister(List.of(old.as("i-0")));
            assertThat(stage.health("i-0"))
                    .isEqualTo(TargetHealth.of(TargetState.DRAINING, TargetReason.DEREGISTRATION_IN_PROGRESS));
            assertThat(bodies(stage, 4)).containsOnly("young");
            assertThat(stage.group().requestsInFlight(old.as("i-0"))).isEqualTo(1);
            gate.countDown();
            assertThat(client.response().body()).isEqualTo("old");
            assertThat(stage.health("i-0").state()).isEqualTo(TargetState.DRAINING);
        }
    }

    @Test
    void a_draining_target_that_closes_the_connection_leaves_the_client_a_502() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        Script closing = (head, connection) -> {
            gate.await();
            connection.close();
        };
        try (RawTarget target = RawTarget.start(closing);
                Stage stage = Stage.with(target);
                RawClient client = RawClient.connect(stage.address())) {
            client.send(Http.get());
            target.request();
            stage.group().deregister(List.of(target.as("i-0")));
            gate.countDown();
            assertThat(client.response().status()).isEqualTo(502);
            assertThat(stage.exchange().reason()).contains(BalancerReason.TARGET_CLOSED);
            assertThat(stage.health("i-0").state()).isEqualTo(TargetState.DRAINING);
        }
    }

    @Test
    void a_request_still_in_flight_when_the_deregistration_delay_elapses_is_answered_502() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        try (RawTarget target = RawTarget.start((head, connection) -> over.await());
                Stage stage = Stage.with(
                        builder -> builder, Stage.QUICK.withDeregistrationDelay(Duration.ofMillis(200)), target);
                RawClient client = RawClient.connect(stage.address())) {
            client.send(Http.get());
            target.request();
            stage.group().deregister(List.of(target.as("i-0")));
            assertThat(client.response().status()).isEqualTo(502);
            assertThat(stage.exchange().reason()).contains(BalancerReason.DEREGISTRATION_DELAY_ELAPSED);
            assertThat(stage.group().targets()).isEmpty();
            over.countDown();
        }
    }

    @Test
    void targets_are_unused_while_no_listener_forwards_to_their_group() throws Exception {
        TargetGroup group = new TargetGroup("lonely", Stage.QUICK);
        TargetHealth unused = TargetHealth.of(TargetState.UNUSED, TargetReason.NOT_IN_USE);
        try (RawTarget target = RawTarget.start(Script.status(200));
                Stage stage = Stage.with()) {
            group.register(List.of(target.as("i-0")));
            assertThat(group.targets()).extracting(TargetStatus::health).containsExactly(unused);
            stage.listener().setDefaultAction(new Action.Forward(group));
            await().until(() -> group.targets().getFirst().health().equals(TargetHealth.HEALTHY));
            stage.listener().setDefaultAction(new Action.Forward(stage.group()));
            assertThat(group.targets()).extracting(TargetStatus::health).containsExactly(unused);
            group.deregister(List.of(target.as("i-0")));
            assertThat(group.targets()).isEmpty();
            assertThat(group.health(target.as("i-0")))
                    .isEqualTo(TargetHealth.of(TargetState.UNUSED, TargetReason.NOT_REGISTERED));
        }
    }

    @Test
    void new_settings_take_effect_on_targets_that_are_there() throws Exception {
        try (RawTarget target = RawTarget.start(Script.status(200));
                Stage stage = Stage.with(
                        builder -> builder,
                        Stage.QUICK.withHealthCheck(HealthCheck.DEFAULT.withTiming(LONG.plus(LONG), LONG)))) {
            target.answerChecksWith(Script.status(202));
            stage.group().register(List.of(target.as("i-0")));
            stage.group().setSettings(Stage.QUICK);
            stage.awaitAll(TargetState.UNHEALTHY);
            stage.group()
                    .setSettings(Stage.QUICK.withHealthCheck(
                            Stage.QUICK.healthCheck().withMatcher(StatusMatcher.parse("200-299"))));
            stage.awaitAll(TargetState.HEALTHY);
        }
    }

    @Test
    void a_group_belongs_to_one_load_balancer_at_a_time() throws Exception {
        try (Stage one = Stage.with();
                Stage two = Stage.with()) {
            assertThatThrownBy(() -> two.listener().setDefaultAction(new Action.Forward(one.group())))
                    .isInstanceOf(IllegalStateException.class);
            assertThat(two.listener().defaultAction()).isEqualTo(new Action.Forward(two.group()));
        }
    }

    @Test
    void a_target_needs_an_id_and_an_ip_address() {
        InetSocketAddress name = InetSocketAddress.createUnresolved("example.com", 80);
        assertThatThrownBy(() -> new Target("i-0", "a", name)).hasMessageContaining("example.com");
    }

    private static List<String> bodies(Stage stage, int requests) throws Exception {
        List<String> bodies = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            bodies.add(RawClient.get(stage.address()).body());
        }
        return bodies;
    }
}

package dev.resilient.loadbalancer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resilient.loadbalancer.RawTarget.Script;
import dev.resilient.loadbalancer.event.BalancerReason;
import dev.resilient.loadbalancer.target.TargetState;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Listening, admission, and closing; and that targets come and go under load without a lost request. */
class LoadBalancerTest {

    @Test
    void a_client_that_is_not_admitted_sees_its_connection_closed_without_a_byte() throws Exception {
        try (RawTarget target = RawTarget.start(Script.status(200));
                Stage stage = Stage.with(target)) {
            assertThat(RawClient.get(stage.address()).status()).isEqualTo(200);
            stage.balancer().setAdmission(client -> !client.equals(InetAddress.ofLiteral("127.0.0.1")));
            try (RawClient refused = RawClient.connect(stage.address())) {
                assertThat(refused.rest()).isEmpty();
            }
            stage.balancer().setAdmission(client -> true);
            assertThat(RawClient.get(stage.address()).status()).isEqualTo(200);
        }
    }

    @Test
    void an_address_that_is_taken_is_the_callers_to_hear_about() throws Exception {
        try (Stage stage = Stage.with()) {
            TargetGroup group = new TargetGroup("other", Stage.QUICK);
            assertThatThrownBy(() -> stage.balancer().listen(stage.address(), new Action.Forward(group)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(stage.address().toString());
            try (Stage other = Stage.with()) {
                other.listener().setDefaultAction(new Action.Forward(group));
            }
        }
    }

    @Test
    void a_new_action_holds_from_the_next_request_on_a_connection_that_exists() throws Exception {
        try (RawTarget target = RawTarget.start(Script.status(200));
                Stage stage = Stage.with(target);
                RawClient client = RawClient.connect(stage.address())) {
            assertThat(client.send(Http.get()).response().status()).isEqualTo(200);
            stage.listener().setDefaultAction(new Action.FixedResponse(418, "text/plain", ""));
            assertThat(client.send(Http.get()).response().status()).isEqualTo(418);
        }
    }

    @Test
    void a_closed_listener_accepts_nobody_closes_who_is_idle_and_lets_requests_finish() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        Script gated = (head, connection) -> {
            gate.await();
            Script.body("late").answer(head, connection);
        };
        try (RawTarget target = RawTarget.start(gated);
                Stage stage = Stage.with(target);
                RawClient busy = RawClient.connect(stage.address());
                RawClient idle = RawClient.connect(stage.address())) {
            busy.send(Http.get());
            target.request();
            stage.listener().close();
            stage.listener().close();
            assertThat(idle.rest()).isEmpty();
            assertThatThrownBy(() -> RawClient.connect(stage.address())).isInstanceOf(IOException.class);
            gate.countDown();
            assertThat(busy.rest()).contains("Connection: close").endsWith("late");
            assertThatThrownBy(() -> stage.listener().setDefaultAction(new Action.Forward(stage.group())))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void closing_ends_everything_and_nothing_can_be_opened_afterwards() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        try (RawTarget target = RawTarget.start((head, connection) -> over.await());
                Stage stage = Stage.with(target);
                RawClient client = RawClient.connect(stage.address())) {
            client.send(Http.get());
            target.request();
            stage.balancer().close();
            assertThat(client.rest()).isEmpty();
            assertThat(stage.exchange().reason()).contains(BalancerReason.BALANCER_CLOSED);
            assertThat(stage.group().targets())
                    .extracting(status -> status.health().state())
                    .containsExactly(TargetState.UNUSED);
            assertThatThrownBy(() -> stage.balancer()
                            .listen(
                                    new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0),
                                    new Action.FixedResponse(200, "text/plain", "")))
                    .isInstanceOf(IllegalStateException.class);
            over.countDown();
        }
    }

    @Test
    void twenty_clients_lose_no_request_while_targets_come_and_go() throws Exception {
        int clients = 20;
        int changes = 30;
        AtomicBoolean over = new AtomicBoolean();
        try (RawTarget steady = RawTarget.start(Script.body("x".repeat(2_000)));
                RawTarget guest = RawTarget.start(Script.body("y".repeat(2_000)));
                Stage stage = Stage.with(steady);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> counts = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                counts.add(threads.submit(requestsUntil(over, stage)));
            }
            for (int i = 0; i < changes; i++) {
                stage.group().register(List.of(guest.as("i-guest")));
                guest.request();
                stage.group().deregister(List.of(guest.as("i-guest")));
            }
            over.set(true);
            int answered = 0;
            for (Future<Integer> count : counts) {
                answered += count.get();
            }
            assertThat(answered).isGreaterThan(clients);
            for (int i = 0; i < answered; i++) {
                assertThat(stage.exchange().reason()).isEmpty();
            }
        }
    }

    /** Counts its requests; every one must be answered 200 with the whole body. */
    private static Callable<Integer> requestsUntil(AtomicBoolean over, Stage stage) {
        return () -> {
            int answered = 0;
            try (RawClient client = RawClient.connect(stage.address())) {
                while (!over.get()) {
                    RawClient.Response response = client.send(Http.get()).response();
                    assertThat(response.status()).isEqualTo(200);
                    assertThat(response.body()).hasSize(2_000);
                    answered++;
                }
            }
            return answered;
        };
    }
}

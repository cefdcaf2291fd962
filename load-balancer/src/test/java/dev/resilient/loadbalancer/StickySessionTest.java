package dev.resilient.loadbalancer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resilient.loadbalancer.RawTarget.Script;
import dev.resilient.loadbalancer.target.Stickiness;
import dev.resilient.loadbalancer.target.TargetState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Clients that send back the cookies they were given, as browsers do. */
class StickySessionTest {
    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void a_client_comes_back_to_its_target_and_moves_when_that_drains() throws Exception {
        try (RawTarget one = RawTarget.start(Script.body("one"));
                RawTarget two = RawTarget.start(Script.body("two"));
                Stage stage = Stage.with(
                        builder -> builder,
                        Stage.QUICK.withStickiness(new Stickiness.LoadBalancerCookie(HOUR)),
                        one,
                        two)) {
            RawClient.Response first = RawClient.get(stage.address());
            for (int i = 0; i < 4; i++) {
                assertThat(again(stage, first).body()).isEqualTo(first.body());
            }
            RawTarget had = first.body().equals("one") ? one : two;
            stage.group().deregister(List.of(had.as(first.body().equals("one") ? "i-0" : "i-1")));
            RawClient.Response moved = again(stage, first);
            assertThat(moved.body()).isNotEqualTo(first.body());
            assertThat(again(stage, moved).body()).isEqualTo(moved.body());
        }
    }

    @Test
    void the_cookies_of_the_target_stay_where_they_are() throws Exception {
        Script own = Script.bytes("HTTP/1.1 200 OK\r\nSet-Cookie: SESSION=1\r\nContent-Length: 0\r\n\r\n");
        try (RawTarget target = RawTarget.start(own);
                Stage stage = Stage.with(
                        builder -> builder,
                        Stage.QUICK.withStickiness(new Stickiness.ApplicationCookie("SESSION", HOUR)),
                        target)) {
            assertThat(cookies(RawClient.get(stage.address()))).matches("SESSION=1; AWSALBAPP-0=[A-Za-z0-9+/=]+");
        }
    }

    @Test
    void an_answer_of_the_balancers_own_has_no_cookies() throws Exception {
        try (RawTarget target = RawTarget.start((head, connection) -> connection.close());
                Stage stage = Stage.with(
                        builder -> builder,
                        Stage.QUICK.withStickiness(new Stickiness.LoadBalancerCookie(HOUR)),
                        target)) {
            RawClient.Response response = RawClient.get(stage.address());
            assertThat(response.status()).isEqualTo(502);
            assertThat(cookies(response)).isEmpty();
        }
    }

    @Test
    void a_client_comes_back_to_its_target_group_also_when_that_has_lost_its_weight() throws Exception {
        TargetGroup other = new TargetGroup("other", Stage.QUICK);
        try (RawTarget one = RawTarget.start(Script.body("one"));
                RawTarget two = RawTarget.start(Script.body("two"));
                Stage stage = Stage.with(one)) {
            other.register(List.of(two.as("i-other")));
            stage.listener().setDefaultAction(sticky(stage.group(), 1, other, 0));
            await().until(() -> other.targets().getFirst().health().state() == TargetState.HEALTHY);
            RawClient.Response first = RawClient.get(stage.address());
            assertThat(first.body()).isEqualTo("one");
            assertThat(cookies(first)).matches("AWSALBTG=[A-Za-z0-9+/=]+; AWSALBTGCORS=[A-Za-z0-9+/=]+");

            stage.listener().setDefaultAction(sticky(stage.group(), 0, other, 1));
            assertThat(RawClient.get(stage.address()).body()).isEqualTo("two");
            assertThat(again(stage, first).body()).isEqualTo("one");

            stage.listener().setDefaultAction(new Action.Forward(other));
            assertThat(again(stage, first).body()).isEqualTo("two");
            assertThat(cookies(again(stage, first))).isEmpty();
        }
    }

    private static Action sticky(TargetGroup one, int weight, TargetGroup other, int otherWeight) {
        return new Action.Forward(
                List.of(new WeightedGroup(one, weight), new WeightedGroup(other, otherWeight)), Optional.of(HOUR));
    }

    private static RawClient.Response again(Stage stage, RawClient.Response before) throws Exception {
        return RawClient.exchange(
                stage.address(), Http.head("GET / HTTP/1.1", "Host: a", "Cookie: " + cookies(before)));
    }

    /** The cookies that a response sets, as a client sends them back. */
    private static String cookies(RawClient.Response response) {
        return response.head()
                .lines()
                .filter(line -> line.startsWith("Set-Cookie: "))
                .map(line -> line.substring("Set-Cookie: ".length()).replaceFirst(";.*", ""))
                .collect(Collectors.joining("; "));
    }
}

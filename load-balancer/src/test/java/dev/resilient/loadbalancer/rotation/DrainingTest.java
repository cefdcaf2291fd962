package dev.resilient.loadbalancer.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.loadbalancer.target.Target;
import dev.resilient.loadbalancer.target.TargetHealth;
import dev.resilient.loadbalancer.target.TargetReason;
import dev.resilient.loadbalancer.target.TargetState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How a target goes. */
class DrainingTest {
    private static final Duration DELAY = Scene.SETTINGS.deregistrationDelay();
    private static final TargetHealth DRAINING =
            TargetHealth.of(TargetState.DRAINING, TargetReason.DEREGISTRATION_IN_PROGRESS);
    private static final TargetHealth NOT_REGISTERED = TargetHealth.of(TargetState.UNUSED, TargetReason.NOT_REGISTERED);
    private static final Target ONE = Scene.target("one");
    private final Scene scene = new Scene(Scene.SETTINGS).with("one", "two").healthy("one", "two");

    @Test
    void it_gets_no_more_requests_and_is_shown_until_its_delay_is_over_even_if_it_is_idle() {
        scene.rotation.deregister(List.of(ONE));
        assertThat(scene.requests(4)).isEqualTo(Map.of("two", 4));
        scene.owner.advance(DELAY.minusNanos(1));
        assertThat(scene.rotation.health(ONE)).isEqualTo(DRAINING);
        assertThat(scene.rotation.requestsInFlight(ONE)).isZero();
        scene.owner.advance(Duration.ofNanos(1));
        assertThat(scene.rotation.health(ONE)).isEqualTo(NOT_REGISTERED);
    }

    @Test
    void what_is_in_flight_ends_with_the_delay() {
        AtomicInteger cut = new AtomicInteger();
        scene.routed("one").opened(cut::incrementAndGet);
        scene.rotation.deregister(List.of(ONE));
        scene.owner.advance(DELAY.minusNanos(1));
        assertThat(cut).hasValue(0);
        scene.owner.advance(Duration.ofNanos(1));
        assertThat(cut).hasValue(1);
    }

    @Test
    void deregistering_it_again_does_not_prolong_its_delay() {
        scene.rotation.deregister(List.of(ONE));
        scene.owner.advance(DELAY.dividedBy(2));
        scene.rotation.deregister(List.of(ONE));
        scene.owner.advance(DELAY.dividedBy(2));
        assertThat(scene.rotation.health(ONE)).isEqualTo(NOT_REGISTERED);
    }

    @Test
    void registered_anew_it_begins_anew_while_its_old_requests_keep_their_delay() {
        AtomicInteger cut = new AtomicInteger();
        scene.routed("one").opened(cut::incrementAndGet);
        scene.rotation.deregister(List.of(ONE));
        scene.owner.advance(DELAY.dividedBy(2));
        scene.rotation.register(List.of(ONE));
        assertThat(scene.rotation.health(ONE).reason()).contains(TargetReason.REGISTRATION_IN_PROGRESS);
        scene.healthy("one");
        scene.owner.advance(DELAY);
        assertThat(cut).hasValue(1);
        assertThat(scene.rotation.health(ONE)).isEqualTo(TargetHealth.HEALTHY);
        assertThat(scene.requests(4)).isEqualTo(Map.of("one", 2, "two", 2));
    }

    @Test
    void without_a_delay_it_is_gone_at_once() {
        scene.change(settings -> settings.withDeregistrationDelay(Duration.ZERO));
        scene.rotation.deregister(List.of(ONE));
        scene.owner.advance(Duration.ZERO);
        assertThat(scene.rotation.health(ONE)).isEqualTo(NOT_REGISTERED);
    }

    @Test
    void draining_targets_are_no_part_of_failing_open() {
        scene.rotation.deregister(List.of(ONE));
        scene.unhealthy("two");
        assertThat(scene.requests(4)).isEqualTo(Map.of("two", 4));
        scene.rotation.deregister(List.of(Scene.target("two")));
        assertThat(scene.requests(1)).isEqualTo(Map.of("nobody", 1));
    }
}

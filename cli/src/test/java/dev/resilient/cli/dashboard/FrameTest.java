package dev.resilient.cli.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.resilient.cli.dashboard.DashboardState.Step;
import dev.resilient.cli.dashboard.Frame.Instance;
import dev.resilient.cli.dashboard.Frame.Point;
import dev.resilient.scenario.base.Deployment;
import dev.resilient.scenario.base.Pacing;
import dev.resilient.scenario.event.ScenarioEvent;
import dev.resilient.scenario.observe.AnswerKind;
import dev.resilient.scenario.observe.ResponseKind;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;

class FrameTest {
    private static final Deployment DEPLOYMENT = new Deployment(
            "shop", Region.US_WEST_2, 80, Optional.empty(), "127.0.0.1/32", Path.of("server.jar"), new Pacing(10));

    private final DashboardState initial = DashboardState.initial(Step.PLAY);

    @Test
    void before_anything_is_known_there_is_a_whole_frame() throws Exception {
        JsonNode frame = new ObjectMapper().readTree(Web.text(Frame.of(initial, "b", Optional.empty(), 200_000)));
        assertThat(frame.path("step").textValue()).isEqualTo("PLAY");
        assertThat(frame.path("points")).hasSize(120);
        assertThat(frame.path("points").path(0).path("median").isNull()).isTrue();
        assertThat(frame.path("points").path(0).path("p99").isNull()).isTrue();
        assertThat(frame.path("zones")).isEmpty();
    }

    @Test
    void it_shows_who_replaces_instances_and_that_nobody_does_who_should() {
        Instant until = Instant.parse("2026-11-27T10:00:00Z");
        var parts = Parts.of(List.of());
        Frame.Guarding guarded = frame(initial.seen(Parts.guarded(parts, until, until), 1), 10_000)
                .guarding();
        assertThat(guarded.text()).isEqualTo("A guard replaces instances by their heartbeats: guard-1 has the lease.");
        assertThat(guarded.alarm()).isEmpty();
        Frame.Guarding alone = frame(initial.seen(Parts.guarded(parts, until, until.plusSeconds(1)), 1), 10_000)
                .guarding();
        assertThat(alone.text()).isEqualTo("A guard replaces instances by their heartbeats.");
        assertThat(alone.alarm()).startsWith("no guard has had the lease since 2026-11-27T10:00:00Z");
        assertThat(frame(initial, 10_000).guarding().text()).isEmpty();
    }

    @Test
    void an_instance_shows_what_each_service_says_of_it() {
        DashboardState state = initial.seen(
                Parts.of(
                        List.of(
                                Parts.instance("i-1", "us-west-2b", "shop-restricted-us-west-2"),
                                Parts.instance("i-2", "us-west-2a", "shop-instance-us-west-2")),
                        Parts.draining("i-1")),
                1);

        Frame frame = frame(state, 10_000);

        assertThat(frame.zones()).extracting(Frame.Zone::name).containsExactly("us-west-2a", "us-west-2b");
        Instance spoiled = frame.zones().getLast().instances().getFirst();
        assertThat(spoiled.restricted()).isTrue();
        assertThat(spoiled.health()).isEqualTo("draining");
        assertThat(spoiled.reason()).isEqualTo("Target.DeregistrationInProgress");
        assertThat(spoiled.own())
                .isEqualTo(new Frame.Own(
                        false,
                        "cannot do its work, circuit open, table not seen to work, parameters read 0.3 s before,"
                                + " version 1.2",
                        "2026-11-27T10:00:00Z"));
        Instance fine = frame.zones().getFirst().instances().getFirst();
        assertThat(fine.restricted()).isFalse();
        assertThat(fine.health()).isEmpty();
        assertThat(fine.own()).isEqualTo(new Frame.Own(true, "", ""));
        assertThat(frame.parameters().getFirst().value()).isEqualTo("this-is-not-a-table");
        assertThat(frame.parameters().getFirst().initial()).isEqualTo("shop-recommendations");
        assertThat(frame.parameters().getLast().value()).isEmpty();
    }

    @Test
    void a_target_whose_instance_has_left_the_group_stays_in_its_zone() {
        var one = Parts.instance("i-1", "us-west-2a", "p");
        DashboardState state = initial.seen(Parts.of(List.of(one), Parts.healthy("i-1")), 1)
                .seen(Parts.of(List.of(), Parts.draining("i-1")), 2);
        assertThat(frame(state, 10_000).zones().getFirst().instances())
                .extracting(Instance::id, Instance::lifecycle)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("i-1", ""));
    }

    @Test
    void answers_are_counted_by_second_kind_and_instance() {
        DashboardState state =
                initial.seen(Parts.of(List.of(Parts.instance("i-1", "us-west-2a", "p")), Parts.healthy("i-1")), 1);
        for (int request = 1; request <= 8; request++) {
            state = state.answered(Parts.answer(ResponseKind.RECOMMENDATION, "i-1", request), 100_500);
        }
        state = state.answered(Parts.answer(ResponseKind.ERROR, "", 100), 101_999)
                .answered(Parts.answer(ResponseKind.STATIC, "i-1", 7), 102_000);

        Frame frame = frame(state, 102_900);

        Point second = frame.points().get(118);
        assertThat(second).isEqualTo(new Point(100, 8, 0, 0, 4.0, 8.0));
        assertThat(frame.points().getLast()).isEqualTo(new Point(101, 0, 0, 1, 100.0, 100.0));
        assertThat(frame.rates().recommendation()).isCloseTo(2, within(1e-9));
        assertThat(frame.rates().error()).isCloseTo(0.25, within(1e-9));
        assertThat(frame.rates().fallback())
                .as("the present second is not over")
                .isZero();
        assertThat(frame.zones().getFirst().instances().getFirst().rates().recommendation())
                .isCloseTo(2, within(1e-9));
        assertThat(frame(state, 110_000).rates()).isEqualTo(new Frame.Rates(0, 0, 0));
        assertThat(frame(state, 300_000).points()).allMatch(point -> point.median() == null);
    }

    @Test
    void of_many_users_at_once_only_the_slowest_are_known() {
        DashboardState state = initial.after(
                new ScenarioEvent.UsersServed(
                        Map.of(AnswerKind.CACHED, 7L, AnswerKind.TIME_OUT, 2L, AnswerKind.BALANCER_ERROR, 1L),
                        Duration.ofMillis(80)),
                100_500);
        assertThat(frame(state, 101_000).points().getLast()).isEqualTo(new Point(100, 7, 0, 3, null, 80.0));
    }

    @Test
    void old_answers_are_forgotten() {
        DashboardState state = initial;
        for (int second = 0; second < 1000; second++) {
            state = state.answered(Parts.answer(ResponseKind.STATIC, "i-1", 1), second * 1000L);
        }
        assertThat(state.requests().seconds()).hasSize(Requests.SHOWN);
    }

    private static Frame frame(DashboardState state, long now) {
        return Frame.of(state, "boot", Optional.of(DEPLOYMENT), now);
    }
}

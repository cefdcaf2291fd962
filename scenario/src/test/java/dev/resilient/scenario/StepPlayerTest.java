package dev.resilient.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.scenario.FakeAws.Reply;
import dev.resilient.scenario.base.Cancellation;
import dev.resilient.scenario.base.Deployment;
import dev.resilient.scenario.base.Environment;
import dev.resilient.scenario.base.Pacing;
import dev.resilient.scenario.base.SelfMovingTime;
import dev.resilient.scenario.base.Waiting;
import dev.resilient.scenario.event.ScenarioEvent;
import dev.resilient.scenario.event.ScenarioEvents;
import dev.resilient.scenario.observe.Observations;
import dev.resilient.scenario.observe.ServiceProbe;
import dev.resilient.scenario.observe.Traffic;
import dev.resilient.scenario.phase.Expectation;
import dev.resilient.scenario.phase.Step;
import dev.resilient.scenario.phase.Verdict;
import dev.resilient.scenario.phase.Verdict.Outcome;
import dev.resilient.scenario.play.ServiceLevers;
import dev.resilient.scenario.play.StepPlayer;
import dev.resilient.scenario.play.TargetWatch;
import dev.resilient.scenario.report.ExpectationReport;
import dev.resilient.time.SystemTime;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;

class StepPlayerTest {
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration WITHIN = Duration.ofSeconds(5);
    private static final URI NOWHERE = URI.create("http://127.0.0.1:9");

    private final SelfMovingTime time = new SelfMovingTime();
    private final List<ScenarioEvent> events = new ArrayList<>();

    @Test
    void what_becomes_true_in_time_has_held() throws IOException {
        List<ExpectationReport> reports = play(
                expectation("soon", seen -> verdict(seen.snapshots().size() < 3 ? Outcome.NOT_YET : Outcome.HELD)));
        assertThat(reports).containsExactly(new ExpectationReport("soon", true, "seen", WITHIN.toMillis()));
        assertThat(time.nanoTime()).isEqualTo(INTERVAL.multipliedBy(2).toNanos());
        assertThat(events).contains(new ScenarioEvent.ExpectationHeld("soon", "seen", INTERVAL.multipliedBy(2)));
    }

    @Test
    void what_does_not_become_true_in_time_has_failed() throws IOException {
        List<ExpectationReport> reports = play(expectation("never", _ -> verdict(Outcome.NOT_YET)));
        assertThat(reports).containsExactly(new ExpectationReport("never", false, "seen", WITHIN.toMillis()));
        assertThat(events).contains(new ScenarioEvent.ExpectationFailed("never", "seen", WITHIN));
    }

    @Test
    void what_is_seen_to_be_false_has_failed_at_once_and_for_good() throws IOException {
        List<ExpectationReport> reports = play(
                expectation(
                        "broken once", seen -> verdict(seen.snapshots().size() == 1 ? Outcome.BROKEN : Outcome.HELD)),
                expectation("later", seen -> verdict(seen.snapshots().size() < 3 ? Outcome.NOT_YET : Outcome.HELD)));
        assertThat(reports).extracting(ExpectationReport::held).containsExactly(false, true);
        assertThat(events).contains(new ScenarioEvent.ExpectationFailed("broken once", "seen", Duration.ZERO));
    }

    @Test
    void while_it_lasts_the_first_open_expectation_is_told_of_every_two_seconds() throws IOException {
        play(
                expectation("soon", seen -> verdict(seen.snapshots().size() < 4 ? Outcome.NOT_YET : Outcome.HELD)),
                expectation("never", _ -> verdict(Outcome.NOT_YET)));
        assertThat(events.stream().filter(ScenarioEvent.StillWaiting.class::isInstance))
                .containsExactly(
                        new ScenarioEvent.StillWaiting("this is true: soon", Duration.ofSeconds(2), WITHIN, "seen"),
                        new ScenarioEvent.StillWaiting("this is true: never", Duration.ofSeconds(4), WITHIN, "seen"));
    }

    @Test
    void the_targets_are_told_once_until_they_change_and_the_subject_is_what_the_action_was_done_to()
            throws IOException {
        play(expectation("about it", seen -> {
            assertThat(seen.subject()).contains("i-1");
            assertThat(seen.latest().orElseThrow().areExactlyHealthy(1)).isTrue();
            return verdict(seen.snapshots().size() < 3 ? Outcome.NOT_YET : Outcome.HELD);
        }));
        assertThat(events.stream().filter(ScenarioEvent.TargetsSeen.class::isInstance))
                .hasSize(1);
    }

    private List<ExpectationReport> play(Expectation... expectations) throws IOException {
        var stream = new ScenarioEvents();
        stream.subscribe(events::add);
        try (var aws = new FakeAws((operation, _) -> oneHealthyTarget(operation));
                var traffic = new Traffic(
                        () -> new ServiceProbe(NOWHERE, INTERVAL, SystemTime.INSTANCE),
                        Duration.ofMillis(50),
                        SystemTime.INSTANCE,
                        _ -> {})) {
            var environment = new Environment(
                    new Deployment(
                            "shop",
                            Region.US_WEST_2,
                            8080,
                            Optional.empty(),
                            "127.0.0.1/32",
                            Path.of("server.jar"),
                            new Pacing(10)),
                    aws.clients(),
                    stream,
                    new Waiting(time, stream, new Cancellation(), INTERVAL, new Random(1)));
            var step = new Step(_ -> Optional.of("i-1"), List.of(expectations));
            return new StepPlayer(
                            environment,
                            new ServiceLevers(environment),
                            new TargetWatch(environment),
                            traffic::answersSince)
                    .play(step);
        }
    }

    private static Expectation expectation(String text, Function<Observations, Verdict> check) {
        return new Expectation(text, WITHIN, check);
    }

    private static Verdict verdict(Outcome outcome) {
        return new Verdict(outcome, "seen");
    }

    private static Reply oneHealthyTarget(String operation) {
        return new Reply(
                200,
                switch (operation) {
                    case "DescribeTargetGroups" -> """
                        <DescribeTargetGroupsResponse><DescribeTargetGroupsResult><TargetGroups><member>
                          <TargetGroupArn>arn:shop</TargetGroupArn>
                        </member></TargetGroups></DescribeTargetGroupsResult></DescribeTargetGroupsResponse>\
                        """;
                    case "DescribeTargetHealth" -> """
                        <DescribeTargetHealthResponse><DescribeTargetHealthResult><TargetHealthDescriptions><member>
                          <Target><Id>i-1</Id><Port>8080</Port></Target>
                          <TargetHealth><State>healthy</State></TargetHealth>
                        </member></TargetHealthDescriptions></DescribeTargetHealthResult></DescribeTargetHealthResponse>\
                        """;
                    default -> throw new AssertionError(operation);
                });
    }
}

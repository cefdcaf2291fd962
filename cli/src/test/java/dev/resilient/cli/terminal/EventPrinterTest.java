package dev.resilient.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.scenario.event.ScenarioEvent;
import dev.resilient.scenario.event.ScenarioEvent.Act;
import dev.resilient.scenario.event.ScenarioEvent.ActBegan;
import dev.resilient.scenario.event.ScenarioEvent.ActEnded;
import dev.resilient.scenario.event.ScenarioEvent.ChangesUndone;
import dev.resilient.scenario.event.ScenarioEvent.DeletionFailed;
import dev.resilient.scenario.event.ScenarioEvent.DeploymentUnfinished;
import dev.resilient.scenario.event.ScenarioEvent.EndpointReady;
import dev.resilient.scenario.event.ScenarioEvent.ExpectationFailed;
import dev.resilient.scenario.event.ScenarioEvent.ExpectationHeld;
import dev.resilient.scenario.event.ScenarioEvent.Expected;
import dev.resilient.scenario.event.ScenarioEvent.FailedMidway;
import dev.resilient.scenario.event.ScenarioEvent.InstanceChanged;
import dev.resilient.scenario.event.ScenarioEvent.LeftoverFound;
import dev.resilient.scenario.event.ScenarioEvent.NothingLeft;
import dev.resilient.scenario.event.ScenarioEvent.Occasion;
import dev.resilient.scenario.event.ScenarioEvent.ParameterSet;
import dev.resilient.scenario.event.ScenarioEvent.PhaseBegan;
import dev.resilient.scenario.event.ScenarioEvent.PhaseEnded;
import dev.resilient.scenario.event.ScenarioEvent.RequestAnswered;
import dev.resilient.scenario.event.ScenarioEvent.ResourceCreated;
import dev.resilient.scenario.event.ScenarioEvent.ResourceDeleted;
import dev.resilient.scenario.event.ScenarioEvent.ResourceFound;
import dev.resilient.scenario.event.ScenarioEvent.StillWaiting;
import dev.resilient.scenario.event.ScenarioEvent.StoppedMidway;
import dev.resilient.scenario.event.ScenarioEvent.TargetsSeen;
import dev.resilient.scenario.observe.Answer;
import dev.resilient.scenario.observe.AnswerKind;
import dev.resilient.scenario.observe.TargetSeen;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthReasonEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthStateEnum;

class EventPrinterTest {
    private static final Duration TOOK = Duration.ofMillis(1_500);
    private static final URI ENDPOINT = URI.create("http://127.31.0.5:8080/");
    private static final Answer RECOMMENDATION = AnswerTextTest.from("i-1", AnswerTextTest.ITEM);
    private static final TargetSeen FIRST = healthy("i-1");
    private static final TargetSeen SECOND = healthy("i-2");
    private static final TargetSeen FAILING = new TargetSeen(
            "i-2",
            8080,
            TargetHealthStateEnum.UNHEALTHY,
            Optional.of(TargetHealthReasonEnum.TARGET_RESPONSE_CODE_MISMATCH),
            Optional.of("Health checks failed with these codes: [503]"));

    @ParameterizedTest
    @MethodSource("plainly")
    void every_event_is_told_plainly(ScenarioEvent event, List<String> lines) {
        Paper paper = Paper.plain();
        new EventPrinter(paper.page()).accept(event);
        assertThat(paper.lines()).isEqualTo(lines);
    }

    /** Where no line can be written over, a stream of seconds that are all alike is told once. */
    @Test
    void users_are_told_of_when_they_get_something_else_than_before() {
        Paper paper = Paper.plain();
        EventPrinter printer = new EventPrinter(paper.page());
        for (long count : List.of(50L, 49L, 51L)) {
            printer.accept(new ScenarioEvent.UsersServed(Map.of(AnswerKind.RECOMMENDATION, count), TOOK));
        }
        printer.accept(new ScenarioEvent.UsersServed(Map.of(AnswerKind.STATIC, 50L), TOOK));
        assertThat(paper.lines())
                .containsExactly("  users: 50 recommendation, p99 1500 ms", "  users: 50 static, p99 1500 ms");
    }

    static Stream<Object[]> plainly() {
        String rule = "-".repeat(100);
        return Stream.of(
                told(new ActBegan(Act.DEPLOY), "", "Deploy"),
                told(new ActBegan(Act.DEMONSTRATE), "", "Demonstrate"),
                told(new ActEnded(Act.DESTROY, TOOK), "  Destroy took 1.5 s"),
                told(
                        new ResourceCreated("DynamoDB table", "resilient", TOOK),
                        "  ok DynamoDB table                    resilient  1.5 s"),
                told(
                        new ResourceFound("DynamoDB table", "resilient", TOOK),
                        "  = DynamoDB table                    resilient (was there)  1.5 s"),
                told(
                        new ResourceDeleted("a kind of resource with a very long name", "resilient", TOOK),
                        "  ok a kind of resource with a very long name resilient  1.5 s"),
                told(new DeletionFailed("role", "shop", "still used"), "  FAILED role shop: still used"),
                told(new LeftoverFound("role shop"), "  FAILED left over: role shop"),
                told(
                        new StillWaiting("it answers", TOOK, Duration.ofSeconds(30), "502"),
                        "  ... waiting until it answers (1.5 s of at most 30.0 s): 502"),
                told(new EndpointReady(ENDPOINT), "", "  The service is ready: http://127.31.0.5:8080/"),
                told(new ParameterSet("failureResponse", "static"), "  parameter failureResponse = static"),
                told(new InstanceChanged("i-1", "was terminated"), "  instance i-1 was terminated"),
                told(
                        new ScenarioEvent.InstanceJudged("i-1", true, "it has said nothing for 60 s"),
                        "  replace i-1: it has said nothing for 60 s"),
                told(
                        new ScenarioEvent.InstanceJudged("i-1", false, "2 of 3 do not work"),
                        "  leave i-1: 2 of 3 do not work"),
                told(new ScenarioEvent.AlarmRaised("2 of 3 do not work"), "  alarm  2 of 3 do not work"),
                told(new ScenarioEvent.AlarmEnded("enough work again"), "  over   enough work again"),
                told(new ScenarioEvent.ServiceChanged("a refresh began"), "  a refresh began"),
                told(
                        new ScenarioEvent.DrillBegan("server-hung", "A server hangs", "Only time tells.", "it hangs"),
                        "",
                        "A server hangs  server-hung",
                        "  Only time tells.",
                        ""),
                told(
                        new ScenarioEvent.DrillSkipped("dependency-slow", "The dependency is slow", "not on AWS"),
                        "",
                        "The dependency is slow  dependency-slow",
                        "  skipped: not on AWS"),
                told(new ScenarioEvent.FaultBegan("it hangs"), "  fault  it hangs"),
                told(new ScenarioEvent.FaultUndone("it is woken"), "  undo   it is woken"),
                told(
                        new ScenarioEvent.UsersServed(
                                Map.of(AnswerKind.RECOMMENDATION, 40L, AnswerKind.TIME_OUT, 10L), TOOK),
                        "  users: 40 recommendation, 10 time-out, p99 1500 ms"),
                told(
                        new ScenarioEvent.DrillEnded("server-hung", true, TOOK, "99.90 % served"),
                        "  ok 99.90 % served (1.5 s)"),
                told(
                        new PhaseBegan(
                                "initial",
                                1,
                                7,
                                "All is well",
                                "Nothing fails.",
                                List.of(new Expected("it answers", Duration.ofSeconds(5)))),
                        "",
                        rule,
                        "1 of 7  All is well",
                        "",
                        "  Nothing fails.",
                        "",
                        "  Must become true:",
                        "    within 5.0 s  it answers",
                        ""),
                told(new PhaseEnded("initial", true, TOOK), "  held, 1.5 s"),
                told(new PhaseEnded("initial", false, TOOK), "  did not hold, 1.5 s"),
                told(new RequestAnswered(ENDPOINT, RECOMMENDATION, Occasion.ROUTINE)),
                told(
                        new RequestAnswered(ENDPOINT, RECOMMENDATION, Occasion.NEWS),
                        "    200  Mirrorball by Elbow, from i-1 in us-west-2c"),
                told(
                        new RequestAnswered(ENDPOINT, AnswerTextTest.none("connection refused"), Occasion.NEWS),
                        "    no answer  connection refused"),
                told(
                        new RequestAnswered(
                                ENDPOINT, AnswerTextTest.answer(500, "{\"error\":\"no\"}"), Occasion.ASKED_FOR),
                        "",
                        "  GET http://127.31.0.5:8080/",
                        "  500",
                        "  {",
                        "    \"error\" : \"no\"",
                        "  }"),
                told(
                        new TargetsSeen(List.of(FIRST, FAILING), Occasion.NEWS),
                        "    Target i-1 on port 8080 is healthy",
                        "    Target i-2 on port 8080 is unhealthy",
                        "        Target.ResponseCodeMismatch: Health checks failed with these codes: [503]"),
                told(new TargetsSeen(List.of(), Occasion.NEWS), "    no targets"),
                told(new TargetsSeen(List.of(), Occasion.ASKED_FOR), "", "    no targets"),
                told(
                        new ExpectationHeld("Every request is answered.", "12 of 12", TOOK),
                        "  ok Every request is answered.",
                        "      12 of 12, after 1.5 s"),
                told(
                        new ExpectationFailed("Every request is answered.", "3 of 12", TOOK),
                        "  FAILED Every request is answered.",
                        "      3 of 12, after 1.5 s"),
                told(new ChangesUndone(), "What the phases had changed is put back."),
                told(
                        new DeploymentUnfinished(),
                        "What was made stays: `resilient deploy` goes on with it, `resilient destroy` removes it."),
                told(new StoppedMidway(), "What was made is now destroyed."),
                told(new NothingLeft(), "Nothing is left."),
                told(new FailedMidway("AWS refused."), "", "Stopped: AWS refused.", "What was made is now destroyed."));
    }

    @Test
    void no_kind_of_event_is_forgotten_above() {
        Set<Class<?>> told = plainly().map(each -> each[0].getClass()).collect(Collectors.toSet());
        assertThat(told)
                .containsExactlyInAnyOrder(Arrays.stream(ScenarioEvent.class.getPermittedSubclasses())
                        .toArray(Class<?>[]::new));
    }

    @ParameterizedTest
    @MethodSource("plainly")
    void colours_change_nothing_but_the_colours(ScenarioEvent event, List<String> lines) {
        Paper paper = new Paper(new Style(true, false), 100);
        new EventPrinter(paper.page()).accept(event);
        assertThat(paper.text().replaceAll("\r?\u001b\\[[0-9]*[mK]", "").lines())
                .isEqualTo(lines);
    }

    @Test
    void symbols_are_used_where_the_page_shows_them() {
        Paper paper = new Paper(new Style(false, true), 30);
        EventPrinter printer = new EventPrinter(paper.page());
        printer.accept(new ExpectationHeld("claim", "seen", TOOK));
        printer.accept(new LeftoverFound("role"));
        printer.accept(new StillWaiting("it answers", TOOK, TOOK, "502"));
        printer.accept(new PhaseBegan("initial", 1, 7, "One", "x", List.of()));
        assertThat(paper.text()).contains("  ✓ claim", "  ✗ left over: role", "  … waiting until", "─".repeat(30));
    }

    @Test
    void bad_answers_and_states_are_red_and_good_ones_green() {
        Paper paper = new Paper(Paper.RICH, 100);
        EventPrinter printer = new EventPrinter(paper.page());
        printer.accept(new RequestAnswered(ENDPOINT, RECOMMENDATION, Occasion.NEWS));
        printer.accept(new RequestAnswered(ENDPOINT, AnswerTextTest.answer(502, "x"), Occasion.NEWS));
        printer.accept(new TargetsSeen(List.of(FIRST, FAILING, initial("i-3")), Occasion.NEWS));
        assertThat(paper.text())
                .contains("\u001b[32m200\u001b[0m", "\u001b[31m502\u001b[0m")
                .contains("\u001b[32mhealthy\u001b[0m", "\u001b[31munhealthy\u001b[0m", "\u001b[33minitial\u001b[0m");
    }

    @Test
    void only_targets_that_have_changed_are_news() {
        Paper paper = Paper.plain();
        EventPrinter printer = new EventPrinter(paper.page());
        printer.accept(new TargetsSeen(List.of(FIRST, SECOND), Occasion.NEWS));
        printer.accept(new TargetsSeen(List.of(FIRST, FAILING), Occasion.NEWS));
        printer.accept(new TargetsSeen(List.of(FIRST, FAILING), Occasion.NEWS));
        printer.accept(new TargetsSeen(List.of(FIRST, SECOND), Occasion.NEWS));
        assertThat(paper.lines().stream().filter(line -> line.contains("Target i-")))
                .containsExactly(
                        "    Target i-1 on port 8080 is healthy",
                        "    Target i-2 on port 8080 is healthy",
                        "    Target i-2 on port 8080 is unhealthy",
                        "    Target i-2 on port 8080 is healthy");
    }

    @Test
    void who_asks_for_the_targets_sees_all_of_them() {
        Paper paper = Paper.plain();
        EventPrinter printer = new EventPrinter(paper.page());
        printer.accept(new TargetsSeen(List.of(FIRST, SECOND), Occasion.NEWS));
        printer.accept(new TargetsSeen(List.of(FIRST, SECOND), Occasion.ASKED_FOR));
        assertThat(paper.lines()).hasSize(5).element(2).isEqualTo("");
    }

    @Test
    void phases_are_counted() {
        Paper paper = Paper.plain();
        EventPrinter printer = new EventPrinter(paper.page());
        printer.accept(new PhaseBegan("initial", 1, 7, "One", "x", List.of()));
        printer.accept(new PhaseBegan("broken-dependency", 2, 7, "Two", "x", List.of()));
        assertThat(paper.text()).contains("1 of 7  One", "2 of 7  Two");
    }

    @Test
    void news_fits_on_a_narrow_screen() {
        Paper paper = new Paper(Paper.PLAIN, 40);
        new EventPrinter(paper.page()).accept(new RequestAnswered(ENDPOINT, RECOMMENDATION, Occasion.NEWS));
        assertThat(paper.lines())
                .singleElement()
                .satisfies(line -> assertThat(line).hasSize(40).endsWith("..."));
    }

    @Test
    void no_event_comes_between_the_lines_of_another() throws InterruptedException {
        Paper paper = Paper.plain();
        EventPrinter printer = new EventPrinter(paper.page());
        List<Thread> tellers = new ArrayList<>();
        for (int teller = 0; teller < 4; teller++) {
            tellers.add(Thread.ofVirtual().start(() -> IntStream.range(0, 100)
                    .forEach(turn -> printer.accept(new ExpectationHeld("claim", "seen", TOOK)))));
        }
        for (Thread teller : tellers) {
            teller.join();
        }
        List<String> lines = paper.lines();
        assertThat(lines).hasSize(800);
        assertThat(IntStream.range(0, lines.size())
                        .filter(line -> line % 2 == 0)
                        .mapToObj(lines::get))
                .allMatch("  ok claim"::equals);
    }

    private static TargetSeen healthy(String instance) {
        return new TargetSeen(instance, 8080, TargetHealthStateEnum.HEALTHY, Optional.empty(), Optional.empty());
    }

    private static TargetSeen initial(String instance) {
        return new TargetSeen(instance, 8080, TargetHealthStateEnum.INITIAL, Optional.empty(), Optional.empty());
    }

    private static Object[] told(ScenarioEvent event, String... lines) {
        return new Object[] {event, List.of(lines)};
    }
}

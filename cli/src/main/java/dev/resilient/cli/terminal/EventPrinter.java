package dev.resilient.cli.terminal;

import dev.resilient.scenario.event.ScenarioEvent;
import dev.resilient.scenario.event.ScenarioEvent.Act;
import dev.resilient.scenario.event.ScenarioEvent.ActBegan;
import dev.resilient.scenario.event.ScenarioEvent.ActEnded;
import dev.resilient.scenario.event.ScenarioEvent.AlarmEnded;
import dev.resilient.scenario.event.ScenarioEvent.AlarmRaised;
import dev.resilient.scenario.event.ScenarioEvent.ChangesUndone;
import dev.resilient.scenario.event.ScenarioEvent.DeletionFailed;
import dev.resilient.scenario.event.ScenarioEvent.DeploymentUnfinished;
import dev.resilient.scenario.event.ScenarioEvent.DrillBegan;
import dev.resilient.scenario.event.ScenarioEvent.DrillEnded;
import dev.resilient.scenario.event.ScenarioEvent.DrillSkipped;
import dev.resilient.scenario.event.ScenarioEvent.EndpointReady;
import dev.resilient.scenario.event.ScenarioEvent.ExpectationFailed;
import dev.resilient.scenario.event.ScenarioEvent.ExpectationHeld;
import dev.resilient.scenario.event.ScenarioEvent.Expected;
import dev.resilient.scenario.event.ScenarioEvent.FailedMidway;
import dev.resilient.scenario.event.ScenarioEvent.FaultBegan;
import dev.resilient.scenario.event.ScenarioEvent.FaultUndone;
import dev.resilient.scenario.event.ScenarioEvent.InstanceChanged;
import dev.resilient.scenario.event.ScenarioEvent.InstanceJudged;
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
import dev.resilient.scenario.event.ScenarioEvent.ServiceChanged;
import dev.resilient.scenario.event.ScenarioEvent.StillWaiting;
import dev.resilient.scenario.event.ScenarioEvent.StoppedMidway;
import dev.resilient.scenario.event.ScenarioEvent.TargetsSeen;
import dev.resilient.scenario.event.ScenarioEvent.UsersServed;
import dev.resilient.scenario.observe.Answer;
import dev.resilient.scenario.observe.AnswerKind;
import dev.resilient.scenario.observe.ResponseKind;
import dev.resilient.scenario.observe.TargetSeen;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Renders what happens in a scenario as text, one whole event after the other. Thread-safe. */
public final class EventPrinter implements Consumer<ScenarioEvent> {
    private static final int KIND_WIDTH = 34;

    /** What stands under a mark begins in this column. */
    private static final int ENTRY = 4;

    private final ReentrantLock lock = new ReentrantLock();
    private final Page page;
    private final Style style;
    private Set<TargetSeen> shown = Set.of();
    private Set<AnswerKind> lastServed = Set.of();

    /** Writes onto {@code page}. */
    public EventPrinter(Page page) {
        this.page = page;
        this.style = page.style();
    }

    @Override
    public void accept(ScenarioEvent event) {
        lock.lock();
        try {
            print(event);
        } finally {
            lock.unlock();
        }
    }

    private void print(ScenarioEvent event) {
        switch (event) {
            case ActBegan(Act act) -> heading(title(act));
            case ActEnded(Act act, Duration took) ->
                page.line("  " + style.faint(title(act) + " took " + Page.seconds(took)));
            case ResourceCreated(String kind, String name, Duration took) -> resource(style.held(), kind, name, took);
            case ResourceFound(String kind, String name, Duration took) ->
                resource(style.notable("="), kind, name + " (was there)", took);
            case ResourceDeleted(String kind, String name, Duration took) -> resource(style.held(), kind, name, took);
            case DeletionFailed(String kind, String name, String reason) ->
                entry(style.failed(), kind + " " + name + ": " + reason);
            case LeftoverFound(String what) -> entry(style.failed(), "left over: " + what);
            case StillWaiting waiting -> waiting(waiting);
            case EndpointReady(var endpoint) -> {
                page.gap();
                page.paragraph("  ", 4, "The service is ready: " + style.bold(endpoint.toString()));
            }
            case ParameterSet(String name, String value) ->
                page.paragraph("  ", 4, "parameter " + name + " = " + style.bold(value));
            case InstanceChanged(String instanceId, String change) ->
                page.paragraph("  ", 4, "instance " + style.bold(instanceId) + " " + change);
            case InstanceJudged(String instanceId, boolean replaced, String why) ->
                page.paragraph(
                        "  ",
                        4,
                        (replaced ? style.notable("replace ") : style.faint("leave ")) + style.bold(instanceId) + ": "
                                + why);
            case AlarmRaised(String what) -> page.paragraph("  " + style.bad("alarm") + "  ", 9, what);
            case AlarmEnded(String what) -> page.paragraph("  " + style.good("over") + "   ", 9, what);
            case ServiceChanged(String change) -> page.paragraph("  ", 4, change);
            case DrillBegan drill -> drillBegan(drill);
            case DrillSkipped(String id, String title, String reason) -> {
                page.gap();
                page.line(style.bold(title) + "  " + style.faint(id));
                page.paragraph(2, style.notable("skipped: ") + reason);
            }
            case FaultBegan(String text) -> page.paragraph("  " + style.bad("fault") + "  ", 9, text);
            case FaultUndone(String text) -> page.paragraph("  " + style.good("undo") + "   ", 9, text);
            case UsersServed users -> users(users);
            case DrillEnded(String id, boolean held, Duration took, String result) ->
                page.paragraph(
                        "  " + (held ? style.held() : style.failed()) + " ",
                        4,
                        result + style.faint(" (" + Page.seconds(took) + ")"));
            case PhaseBegan phase -> phaseBegan(phase);
            case PhaseEnded(String id, boolean held, Duration took) ->
                page.line("  "
                        + (held
                                ? style.faint("held, " + Page.seconds(took))
                                : style.bad("did not hold, " + Page.seconds(took))));
            case RequestAnswered answered -> answered(answered);
            case TargetsSeen targets -> targets(targets);
            case ExpectationHeld(String text, String observed, Duration after) ->
                expectation(style.held(), text, observed, after);
            case ExpectationFailed(String text, String observed, Duration after) ->
                expectation(style.failed(), text, observed, after);
            case ChangesUndone() -> page.paragraph(0, "What the phases had changed is put back.");
            case DeploymentUnfinished() ->
                page.paragraph(
                        0, "What was made stays: `resilient deploy` goes on with it, `resilient destroy` removes it.");
            case StoppedMidway() -> page.paragraph(0, "What was made is now destroyed.");
            case NothingLeft() -> page.paragraph(0, "Nothing is left.");
            case FailedMidway(String reason) -> {
                page.gap();
                page.paragraph(0, style.bad("Stopped:") + " " + reason);
                page.line("What was made is now destroyed.");
            }
        }
    }

    private void heading(String text) {
        page.gap();
        page.line(style.bold(text));
    }

    private static String title(Act act) {
        return switch (act) {
            case DEPLOY -> "Deploy";
            case DEMONSTRATE -> "Demonstrate";
            case DRILL -> "Drill";
            case DESTROY -> "Destroy";
        };
    }

    private void resource(String mark, String kind, String name, Duration took) {
        page.columns("  " + mark + " ", ENTRY, kind, KIND_WIDTH, name + "  " + style.faint(Page.seconds(took)));
    }

    private void entry(String mark, String text) {
        page.paragraph("  " + mark + " ", ENTRY, text);
    }

    private void waiting(StillWaiting waiting) {
        page.passing("  " + (style.unicode() ? "… " : "... ") + "waiting until " + waiting.what() + " ("
                + Page.seconds(waiting.waited()) + " of at most " + Page.seconds(waiting.limit()) + "): "
                + waiting.lastSeen());
    }

    private void drillBegan(DrillBegan drill) {
        page.gap();
        page.line(style.bold(drill.title()) + "  " + style.faint(drill.id()));
        page.paragraph(2, drill.why());
        page.gap();
    }

    /** In a passing line; where there is none, only when users get something else than before. */
    private void users(UsersServed users) {
        boolean isNews = !users.answers().keySet().equals(lastServed);
        lastServed = users.answers().keySet();
        if (isNews || style.colours()) {
            page.passing("  users: "
                    + users.answers().entrySet().stream()
                            .map(count -> count.getValue() + " " + count.getKey())
                            .collect(Collectors.joining(", "))
                    + ", p99 " + users.p99().toMillis() + " ms");
        }
    }

    private void phaseBegan(PhaseBegan phase) {
        page.gap();
        page.line(style.rule(page.width()));
        String number = phase.number() + " of " + phase.of();
        page.paragraph(style.bold(number) + "  ", number.length() + 2, style.bold(phase.title()));
        page.gap();
        page.paragraph(2, phase.explanation());
        page.gap();
        page.line("  " + style.faint("Must become true:"));
        phase.expectations().forEach(this::expected);
        page.gap();
    }

    private void expected(Expected expected) {
        String within = "    within " + Page.seconds(expected.within()) + "  ";
        page.paragraph(within, within.length(), expected.text());
    }

    /** Requests that tell nothing new are many, and not shown. */
    private void answered(RequestAnswered answered) {
        Answer answer = answered.answer();
        String status = AnswerText.status(answer);
        String marked = answer.is(ResponseKind.ERROR) ? style.bad(status) : style.good(status);
        switch (answered.occasion()) {
            case ROUTINE -> {}
            case NEWS -> page.line("    " + marked + "  " + page.clipped(AnswerText.line(answer), 9));
            case ASKED_FOR -> {
                page.gap();
                page.line("  GET " + answered.endpoint());
                page.line("  " + marked);
                AnswerText.body(answer).forEach(line -> page.line("  " + line));
            }
        }
    }

    /** All targets for who asks for them; otherwise those that are not as they were when last shown. */
    private void targets(TargetsSeen seen) {
        boolean all = seen.occasion() == Occasion.ASKED_FOR;
        if (all) {
            page.gap();
        }
        if (seen.targets().isEmpty()) {
            page.line("    no targets");
        }
        seen.targets().stream().filter(target -> all || !shown.contains(target)).forEach(this::target);
        shown = Set.copyOf(seen.targets());
    }

    private void target(TargetSeen target) {
        page.paragraph(
                "    ", 8, "Target " + target.instanceId() + " on port " + target.port() + " is " + state(target));
        target.reason()
                .ifPresent(reason -> page.paragraph(
                        8,
                        reason + target.description().map(words -> ": " + words).orElse("")));
    }

    private String state(TargetSeen target) {
        String state = target.state().toString();
        return switch (target.state()) {
            case HEALTHY -> style.good(state);
            case UNHEALTHY -> style.bad(state);
            default -> style.notable(state); // the SDK's enum grows with its versions
        };
    }

    private void expectation(String mark, String text, String observed, Duration after) {
        entry(mark, text);
        page.paragraph(6, observed + ", after " + Page.seconds(after));
    }
}

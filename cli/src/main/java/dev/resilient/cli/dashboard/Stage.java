package dev.resilient.cli.dashboard;

import dev.resilient.cli.dashboard.DashboardState.Step;
import dev.resilient.cli.dashboard.Told.Tone;
import dev.resilient.scenario.Scenario;
import dev.resilient.scenario.event.ScenarioEvent;
import dev.resilient.time.TimeSource;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The state of the page, the scenario that it is about, and everything that changes the one or the other. Thread-safe. */
final class Stage implements Consumer<ScenarioEvent> {
    private final AtomicReference<DashboardState> state;
    private final AtomicReference<@Nullable Scenario> scenario = new AtomicReference<>();
    private final AtomicLong heardAnswer = new AtomicLong();
    private final TimeSource time;

    Stage(Step step, TimeSource time) {
        this.state = new AtomicReference<>(DashboardState.initial(step));
        this.time = time;
    }

    DashboardState state() {
        return state.get();
    }

    long now() {
        return time.millis();
    }

    TimeSource time() {
        return time;
    }

    /** The scenario that the page is about, once there is one. */
    Optional<Scenario> scenario() {
        return Optional.ofNullable(scenario.get());
    }

    /** From now on the page is about this scenario; its events are heard from now on, too. */
    void attach(Scenario next) {
        if (scenario.getAndSet(next) != next) {
            next.events().subscribe(this);
        }
    }

    void change(UnaryOperator<DashboardState> change) {
        state.updateAndGet(change);
    }

    void tell(Tone tone, String text) {
        change(before -> before.told(new Told(now(), tone, text)));
    }

    @Override
    public void accept(ScenarioEvent event) {
        long at = now();
        if (event instanceof ScenarioEvent.RequestAnswered || event instanceof ScenarioEvent.UsersServed) {
            heardAnswer.set(at);
        }
        change(before -> before.after(event, at));
    }

    /** Whether no event has told of an answer for so long. */
    boolean heardNoAnswerFor(Duration duration) {
        return now() - heardAnswer.get() > duration.toMillis();
    }

    /** Takes the step that waits, so that nobody else does. */
    Step takeStep() {
        return state.getAndUpdate(before -> before.at(Step.NONE)).step();
    }
}

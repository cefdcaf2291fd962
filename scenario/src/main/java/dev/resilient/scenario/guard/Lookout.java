package dev.resilient.scenario.guard;

import dev.resilient.scenario.base.Environment;
import dev.resilient.scenario.base.Refusals;
import dev.resilient.scenario.event.ScenarioEvent.AlarmEnded;
import dev.resilient.scenario.event.ScenarioEvent.AlarmRaised;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;

/** Watches the guards, as a guard that has died cannot tell that it has: raises the alarm once for as long as none has the lease. */
public final class Lookout {
    private static final String OVER = "a guard has the lease again, or none is needed";

    private final Environment environment;
    private boolean raised;

    /** A lookout for the environment's deployment. */
    public Lookout(Environment environment) {
        this.environment = environment;
    }

    /** Looks again and again, until the user wants to stop. */
    public void run() {
        while (true) {
            look();
            environment.waiting().pauseFor(environment.pacing().heartbeatPeriod());
        }
    }

    /** Looks once. Not to see the lease is no less alarming than that it has ended. */
    void look() {
        Optional<String> alarm;
        try {
            alarm = Guarding.of(environment).alarm();
        } catch (SdkException failure) {
            alarm = Optional.of("nobody can see whether a guard has the lease: " + Refusals.sentence(failure));
        }
        if (alarm.isPresent() && !raised) {
            environment.events().publish(new AlarmRaised(alarm.get()));
        } else if (alarm.isEmpty() && raised) {
            environment.events().publish(new AlarmEnded(OVER));
        }
        raised = alarm.isPresent();
    }
}

package dev.resilient.scenario.fault;

import dev.resilient.scenario.base.Environment;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Where a fault happens.
 *
 * @param environment the deployment
 * @param random chooses whom it strikes
 * @param undoing where to note how it is undone
 * @param meanwhile lets time pass, while users come and the targets are watched
 */
public record Scene(Environment environment, RandomGenerator random, Undoing undoing, Consumer<Duration> meanwhile) {

    /** One of several, each as likely as any other. */
    <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}

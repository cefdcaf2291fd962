package dev.resilient.scenario.fault;

import dev.resilient.scenario.base.Environment;
import dev.resilient.scenario.event.ScenarioEvent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/** How to undo what was done, the latest first. Confined to one thread. */
public final class Undoing {
    private final Deque<Undo> undos = new ArrayDeque<>();

    /**
     * Notes how to undo what is about to be done. What has been noted under the same text before stands: it leads back to how things
     * were at first, and need not come through what was in between.
     */
    public void note(String text, Consumer<Environment> act) {
        if (undos.stream().noneMatch(undo -> undo.text.equals(text))) {
            undos.push(new Undo(text, act));
        }
    }

    /**
     * Undoes everything once, and goes on past failures.
     *
     * @throws RuntimeException the first failure, with the others suppressed
     */
    public void undo(Environment environment) {
        RuntimeException first = null;
        while (!undos.isEmpty()) {
            Undo undo = undos.pop();
            try {
                environment.events().publish(new ScenarioEvent.FaultUndone(undo.text));
                undo.act.accept(environment);
            } catch (RuntimeException failure) {
                if (first == null) {
                    first = failure;
                } else {
                    first.addSuppressed(failure);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }

    private record Undo(String text, Consumer<Environment> act) {}
}

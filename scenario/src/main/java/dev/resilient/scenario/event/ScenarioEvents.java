package dev.resilient.scenario.event;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one stream of events of a scenario. Subscribers are called on the publisher's thread, in the order of subscription, and
 * must return quickly. Events of one thread arrive in order; requests are answered on threads of their own. Thread-safe.
 */
public final class ScenarioEvents {
    private static final Logger log = LoggerFactory.getLogger(ScenarioEvents.class);
    private final List<Consumer<? super ScenarioEvent>> subscribers = new CopyOnWriteArrayList<>();

    /** Hands every later event to {@code subscriber}. */
    public void subscribe(Consumer<? super ScenarioEvent> subscriber) {
        subscribers.add(subscriber);
    }

    /** Hands {@code subscriber} no more events. */
    public void unsubscribe(Consumer<? super ScenarioEvent> subscriber) {
        subscribers.remove(subscriber);
    }

    /** Tells every subscriber; one that throws is logged and does not keep the others from hearing it. */
    public void publish(ScenarioEvent event) {
        for (Consumer<? super ScenarioEvent> subscriber : subscribers) {
            try {
                subscriber.accept(event);
            } catch (RuntimeException failure) {
                log.error("a subscriber failed on {}", event, failure);
            }
        }
    }
}

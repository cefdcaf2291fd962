package dev.resilient.cloud.event;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one stream of events of a cloud. Publishers publish after they have released their locks; subscribers are called on the
 * publisher's thread, in the order of subscription, and must return quickly. Thread-safe.
 */
public final class CloudEvents {
    private static final Logger log = LoggerFactory.getLogger(CloudEvents.class);
    private final List<Consumer<? super CloudEvent>> subscribers = new CopyOnWriteArrayList<>();

    /** Hands every later event to {@code subscriber}, until the returned subscription is closed. */
    public Subscription subscribe(Consumer<? super CloudEvent> subscriber) {
        subscribers.add(subscriber);
        return () -> subscribers.remove(subscriber);
    }

    /** Tells every subscriber; one that throws is logged and does not keep the others from hearing it. */
    public void publish(CloudEvent event) {
        for (Consumer<? super CloudEvent> subscriber : subscribers) {
            try {
                subscriber.accept(event);
            } catch (RuntimeException failure) {
                log.error("a subscriber failed on {}", event, failure);
            }
        }
    }

    /** Ends with {@link #close}. */
    public interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}

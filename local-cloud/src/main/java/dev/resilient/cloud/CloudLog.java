package dev.resilient.cloud;

import dev.resilient.cloud.event.CloudEvent;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Writes what happens in a cloud to its log, a line each: calls that succeed at DEBUG, everything else at INFO. */
final class CloudLog implements Consumer<CloudEvent> {
    private static final Logger log = LoggerFactory.getLogger(CloudLog.class);

    @Override
    public void accept(CloudEvent event) {
        log.atLevel(level(event)).log(() -> line(event));
    }

    static Level level(CloudEvent event) {
        return event instanceof CloudEvent.CallAnswered call && call.error().isEmpty() ? Level.DEBUG : Level.INFO;
    }

    static String line(CloudEvent event) {
        return switch (event) {
            case CloudEvent.InstanceStateChanged instance ->
                "instance %s: %s -> %s".formatted(instance.instanceId(), instance.from(), instance.to());
            case CloudEvent.TargetHealthChanged target ->
                "target %s:%d of %s: %s -> %s%s"
                        .formatted(
                                target.targetId(),
                                target.port(),
                                target.targetGroup(),
                                target.from(),
                                target.to(),
                                target.reason().isEmpty() ? "" : " (" + target.reason() + ")");
            case CloudEvent.ScalingActivityChanged activity ->
                "group %s: %s: %s (%s)"
                        .formatted(activity.group(), activity.status(), activity.description(), activity.cause());
            case CloudEvent.CallAnswered call ->
                "call of %s by %s: %d%s"
                        .formatted(
                                call.action(),
                                call.caller(),
                                call.status(),
                                call.error().isEmpty() ? "" : " " + call.error());
        };
    }
}

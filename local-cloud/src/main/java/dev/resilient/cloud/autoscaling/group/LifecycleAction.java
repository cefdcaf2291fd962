package dev.resilient.cloud.autoscaling.group;

import dev.resilient.cloud.base.Pace;
import java.time.Duration;
import java.time.Instant;
import software.amazon.awssdk.services.autoscaling.model.LifecycleHook;

/**
 * One instance waiting because of one hook, as that was when the wait began.
 *
 * @param token names the action
 * @param deadline when the wait ends whatever happens
 */
public record LifecycleAction(LifecycleHook hook, String token, Instant deadline) {
    public static final String CONTINUE = "CONTINUE";
    public static final String ABANDON = "ABANDON";

    /** One that begins now. */
    public static LifecycleAction begun(LifecycleHook hook, String token, Instant now, Pace pace) {
        return new LifecycleAction(hook, token, now.plus(pace.of(Duration.ofSeconds(hook.heartbeatTimeout()))));
    }

    /** Whether it ends as if it had been completed with {@code CONTINUE} if nobody completes it. */
    public boolean continues() {
        return hook.defaultResult().equals(CONTINUE);
    }
}

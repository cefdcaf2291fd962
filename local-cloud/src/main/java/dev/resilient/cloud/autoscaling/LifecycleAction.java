package dev.resilient.cloud.autoscaling;

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
record LifecycleAction(LifecycleHook hook, String token, Instant deadline) {
    static final String CONTINUE = "CONTINUE";
    static final String ABANDON = "ABANDON";

    static LifecycleAction begun(LifecycleHook hook, String token, Instant now, Pace pace) {
        return new LifecycleAction(hook, token, now.plus(pace.of(Duration.ofSeconds(hook.heartbeatTimeout()))));
    }

    /** Whether it ends as if it had been completed with {@code CONTINUE} if nobody completes it. */
    boolean continues() {
        return hook.defaultResult().equals(CONTINUE);
    }
}

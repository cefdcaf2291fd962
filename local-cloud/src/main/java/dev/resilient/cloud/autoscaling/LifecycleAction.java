package dev.resilient.cloud.autoscaling;

import dev.resilient.cloud.base.Pace;
import java.time.Instant;

/**
 * One instance waiting because of one hook, as that was when the wait began.
 *
 * @param token names the action
 * @param deadline when the wait ends whatever happens
 */
record LifecycleAction(LifecycleHook hook, String token, Instant deadline) {

    static LifecycleAction begun(LifecycleHook hook, String token, Instant now, Pace pace) {
        return new LifecycleAction(hook, token, now.plus(pace.of(hook.heartbeatTimeout())));
    }
}

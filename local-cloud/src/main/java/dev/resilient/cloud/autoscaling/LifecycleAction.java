package dev.resilient.cloud.autoscaling;

import dev.resilient.cloud.base.Pace;
import java.time.Instant;

/**
 * One instance waiting because of one hook, as that was when the wait began.
 *
 * @param token names the action
 * @param latest when the wait ends whatever happens
 * @param deadline when it ends without a further heartbeat
 */
record LifecycleAction(LifecycleHook hook, String token, Instant latest, Instant deadline) {

    static LifecycleAction begun(LifecycleHook hook, String token, Instant now, Pace pace) {
        Instant latest = now.plus(pace.of(hook.globalTimeout()));
        return new LifecycleAction(hook, token, latest, latest).afterHeartbeat(now, pace);
    }

    LifecycleAction afterHeartbeat(Instant now, Pace pace) {
        Instant next = now.plus(pace.of(hook.heartbeatTimeout()));
        return new LifecycleAction(hook, token, latest, next.isBefore(latest) ? next : latest);
    }
}

package dev.resilient.cloud.autoscaling;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes instances wait at a transition until somebody completes the action, or the time is up.
 *
 * @param heartbeatTimeout [30 s, 2 h]
 * @param continues whether an action that nobody completes ends as if it had been completed with {@code CONTINUE}
 * @param notificationMetadata shown only: nobody is notified
 */
record LifecycleHook(
        String name,
        Transition transition,
        Duration heartbeatTimeout,
        boolean continues,
        @Nullable String notificationMetadata) {
    private static final Duration LONGEST = Duration.ofDays(2);
    private static final int MOST_HEARTBEATS = 100;

    /** How long an instance waits at most, however many heartbeats there are. */
    Duration globalTimeout() {
        Duration all = heartbeatTimeout.multipliedBy(MOST_HEARTBEATS);
        return all.compareTo(LONGEST) < 0 ? all : LONGEST;
    }

    /** Where instances can be made to wait, with AWS's names. */
    enum Transition {
        LAUNCHING("autoscaling:EC2_INSTANCE_LAUNCHING"),
        TERMINATING("autoscaling:EC2_INSTANCE_TERMINATING");

        private final String wireName;

        Transition(String wireName) {
            this.wireName = wireName;
        }

        /** As the API shows it. */
        String wireName() {
            return wireName;
        }

        /** The transition of this name. */
        static Optional<Transition> named(String name) {
            return Arrays.stream(values())
                    .filter(transition -> transition.wireName.equals(name))
                    .findFirst();
        }
    }
}

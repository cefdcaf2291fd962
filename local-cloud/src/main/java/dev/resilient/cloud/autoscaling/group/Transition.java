package dev.resilient.cloud.autoscaling.group;

import java.util.Arrays;
import java.util.Optional;

/** Where lifecycle hooks can make instances wait. */
public enum Transition {
    LAUNCHING,
    TERMINATING;

    /** As the API calls it. */
    public String wireName() {
        return "autoscaling:EC2_INSTANCE_" + name();
    }

    /** The transition of this name. */
    public static Optional<Transition> named(String name) {
        return Arrays.stream(values())
                .filter(transition -> transition.wireName().equals(name))
                .findFirst();
    }
}

package dev.resilient.cloud.autoscaling;

import java.util.Arrays;
import java.util.Optional;

/** Where lifecycle hooks can make instances wait. */
enum Transition {
    LAUNCHING,
    TERMINATING;

    /** As the API calls it. */
    String wireName() {
        return "autoscaling:EC2_INSTANCE_" + name();
    }

    /** The transition of this name. */
    static Optional<Transition> named(String name) {
        return Arrays.stream(values())
                .filter(transition -> transition.wireName().equals(name))
                .findFirst();
    }
}

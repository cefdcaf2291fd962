package dev.resilient.cloud.dynamodb;

import dev.resilient.cloud.dynamodb.value.Validation;

/** Refuses what AWS has and the local cloud has not, so that nothing is silently ignored. */
final class Unsupported {
    private Unsupported() {}

    /** Refuses a parameter if it is there. */
    static void refuse(String parameter, boolean present) {
        if (present) {
            throw Validation.error("The parameter " + parameter + " is not supported by the local cloud");
        }
    }

    /** Refuses one of the parameters that expressions have replaced if it is there. */
    static void refuseLegacy(String parameter, boolean present, String instead) {
        if (present) {
            throw Validation.error("The legacy parameter " + parameter + " is not supported by the local cloud; use "
                    + instead + " instead");
        }
    }
}

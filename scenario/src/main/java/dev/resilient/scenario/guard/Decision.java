package dev.resilient.scenario.guard;

/** What the guard does about an instance that does not work, and why. */
public sealed interface Decision {
    /** Which instance. */
    String instanceId();

    /** The reason, as a sentence for people. */
    String why();

    /** It is replaced. */
    record Replace(String instanceId, String why) implements Decision {}

    /** It is not replaced, at least not yet. */
    record Refuse(String instanceId, Reason reason, String why) implements Decision {}

    /** Why an instance that does not work is not replaced. */
    enum Reason {
        /** It has not been so for long enough. */
        NOT_LONG_ENOUGH,
        /** It has only just come into service. */
        GRACE,
        /** So many do not work that the cause must be shared. */
        SHARED_CAUSE,
        /** Enough were replaced already in this period. */
        SHARE_USED,
        /** It is the last one in its zone that may still work. */
        LAST_IN_ZONE
    }
}

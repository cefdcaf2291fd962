package dev.resilient.scenario.phase;

/** The seven phases, in the order in which they are played. */
public enum PhaseId {
    /** Everything works. */
    INITIAL("initial"),
    /** The table name is wrong, and nothing copes with it. */
    BROKEN_DEPENDENCY("broken-dependency"),
    /** A static answer stands in. */
    STATIC_RESPONSE("static-response"),
    /** One instance may not read the table. */
    BAD_CREDENTIALS("bad-credentials"),
    /** The health checks look at the dependency. */
    DEEP_HEALTH_CHECKS("deep-health-checks"),
    /** The failing instance is replaced. */
    REPLACE_INSTANCE("replace-instance"),
    /** No target is healthy, and all are used. */
    FAIL_OPEN("fail-open");

    private final String wireName;

    PhaseId(String wireName) {
        this.wireName = wireName;
    }

    /** The name in reports and on command lines. */
    public String wireName() {
        return wireName;
    }

    @Override
    public String toString() {
        return wireName;
    }
}

package dev.resilient.scenario.phase;

/** The phases, in the order in which they are played: the seven of the article, and five more about who replaces instances. */
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
    FAIL_OPEN("fail-open"),
    /** A server hangs, and nobody replaces its instance. */
    HUNG_SERVER("hung-server"),
    /** The group replaces what the load balancer finds unhealthy. */
    GROUP_REPLACES("group-replaces"),
    /** It does so when no instance can do any better, too. */
    REPLACED_FOR_NOTHING("replaced-for-nothing"),
    /** A guard replaces the instance whose heartbeats say that it fails. */
    GUARD_REPLACES("guard-replaces"),
    /** It replaces nobody for what all share. */
    GUARD_REFUSES("guard-refuses");

    private final String wireName;

    PhaseId(String wireName) {
        this.wireName = wireName;
    }

    /** The name in reports and on command lines. */
    public String wireName() {
        return wireName;
    }

    /** Whether it is one of those after the article's seven, which begin and end with an undisturbed service each. */
    public boolean isMore() {
        return compareTo(FAIL_OPEN) > 0;
    }

    @Override
    public String toString() {
        return wireName;
    }
}

package dev.resilient.scenario.observe;

/** What an answer means to a user, and when it is a failure, whose it is. */
public enum AnswerKind {
    /** 200 with an item of the recommendation table. */
    RECOMMENDATION("recommendation", true),
    /** 200 with a recommendation that the instance had kept from earlier. */
    CACHED("cached", true),
    /** 200 with the static book that stands in for a recommendation. */
    STATIC("static", true),
    /** A status from 400 to 499, whoever answered. */
    CLIENT_ERROR("4xx", false),
    /** A status from 500, answered by a target. */
    TARGET_ERROR("target-5xx", false),
    /** A status from 500 that the load balancer answered by itself. */
    BALANCER_ERROR("elb-5xx", false),
    /** Any other status, or a body that is none of the above. */
    UNEXPECTED("unexpected", false),
    /** No answer within the user's patience. */
    TIME_OUT("time-out", false),
    /** No connection, or one that ended before the whole answer was there. */
    CONNECTION_ERROR("connection-error", false);

    private final String wireName;
    private final boolean served;

    AnswerKind(String wireName, boolean served) {
        this.wireName = wireName;
        this.served = served;
    }

    /** What it means without regard to whose failure it is. */
    public ResponseKind responseKind() {
        return switch (this) {
            case RECOMMENDATION, CACHED -> ResponseKind.RECOMMENDATION;
            case STATIC -> ResponseKind.STATIC;
            case CLIENT_ERROR, TARGET_ERROR, BALANCER_ERROR, UNEXPECTED, TIME_OUT, CONNECTION_ERROR ->
                ResponseKind.ERROR;
        };
    }

    /** The name in reports. */
    public String wireName() {
        return wireName;
    }

    /** Whether the user got something of use; everything else is an error. */
    public boolean isServed() {
        return served;
    }

    @Override
    public String toString() {
        return wireName;
    }
}

package dev.resilient.scenario.observe;

/** What an answer of the service means to its caller. */
public enum ResponseKind {
    /** 200 with an item of the recommendation table. */
    RECOMMENDATION("recommendation"),
    /** 200 with the static book that stands in for a recommendation. */
    STATIC("static"),
    /** Any other status, a body that is neither, or no answer at all. */
    ERROR("error");

    private final String wireName;

    ResponseKind(String wireName) {
        this.wireName = wireName;
    }

    /** The name in reports. */
    public String wireName() {
        return wireName;
    }

    @Override
    public String toString() {
        return wireName;
    }
}

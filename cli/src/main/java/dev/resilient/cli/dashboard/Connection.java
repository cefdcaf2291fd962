package dev.resilient.cli.dashboard;

/**
 * Whether the deployment can be seen.
 *
 * @param kind whether it can
 * @param since since when, in milliseconds since 1970
 * @param text a sentence that says so
 * @param command what to type; empty if nothing
 */
record Connection(Kind kind, long since, String text, String command) {
    static final Connection UNKNOWN = new Connection(Kind.LOOKING, 0, "Looking for the deployment.", "");

    /** Whether the deployment can be seen. */
    enum Kind {
        /** Nobody has looked yet. */
        LOOKING,
        /** It is there. */
        LIVE,
        /** There is none. */
        NOTHING,
        /** It was there, and now nothing answers. */
        LOST
    }

    /** The next one: the same, with its beginning, if the kind is the same. */
    Connection then(Kind next, long at, String sentence, String type) {
        return new Connection(next, kind == next ? since : at, sentence, type);
    }
}

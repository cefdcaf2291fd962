package dev.resilient.cli.dashboard;

/**
 * A line of the event stream.
 *
 * @param at when it was told, in milliseconds since 1970
 * @param tone how it is meant
 * @param text the line
 */
record Told(long at, Tone tone, String text) {

    /** How a line is meant. */
    enum Tone {
        PLAIN,
        HEADING,
        GOOD,
        BAD,
        NOTABLE
    }
}

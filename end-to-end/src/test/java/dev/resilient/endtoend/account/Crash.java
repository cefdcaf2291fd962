package dev.resilient.endtoend.account;

/** The end of the process: no part of the scenario catches it, and nothing more is sent after it. */
final class Crash extends Error {
    private static final long serialVersionUID = 1L;

    Crash(String where) {
        super("The process ended " + where + ".");
    }
}

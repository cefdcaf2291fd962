package dev.resilient.cli;

/** What the program's exit status says. */
enum ExitCode {
    /** Every claim held. */
    HELD(0),
    /** A claim did not hold. */
    NOT_HELD(1),
    /** The command was used wrongly. */
    USAGE(2),
    /** The environment or AWS refused. */
    REFUSED(3);

    private final int status;

    ExitCode(int status) {
        this.status = status;
    }

    int status() {
        return status;
    }

    static ExitCode of(boolean held) {
        return held ? HELD : NOT_HELD;
    }
}

package dev.resilient.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/** What libraries and the cloud log goes to standard error, a line each; on a user's terminal only what needs attention. */
final class Logs {
    /** Kept, since the log manager forgets the level of a logger that nobody holds. */
    private static final Logger CALLS = Logger.getLogger("dev.resilient.scenario.base.CallLog");

    private Logs() {}

    /** For a command in a terminal. */
    static void forTerminal() {
        configure("WARNING");
    }

    /** Calls to AWS, too. */
    static void ofCalls() {
        CALLS.setLevel(Level.FINE);
    }

    /** For a process whose standard error is a file. */
    static void forFile() {
        configure("INFO");
    }

    private static void configure(String level) {
        String settings = """
            handlers = java.util.logging.ConsoleHandler
            java.util.logging.ConsoleHandler.level = ALL
            java.util.logging.ConsoleHandler.formatter = java.util.logging.SimpleFormatter
            java.util.logging.SimpleFormatter.format = %1$tFT%1$tT.%1$tL %4$s %3$s: %5$s%6$s%n
            .level = LEVEL
            """.replace("LEVEL", level);
        try {
            LogManager.getLogManager()
                    .readConfiguration(new ByteArrayInputStream(settings.getBytes(StandardCharsets.ISO_8859_1)));
        } catch (IOException impossible) {
            throw new UncheckedIOException("reading from memory", impossible);
        }
    }
}

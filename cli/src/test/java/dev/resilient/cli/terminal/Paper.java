package dev.resilient.cli.terminal;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A page whose text can be read. */
public final class Paper {
    /** Neither colours nor symbols. */
    public static final Style PLAIN = new Style(false, false);

    /** Both. */
    public static final Style RICH = new Style(true, true);

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final Page page;

    /** A page of this style and width. */
    public Paper(Style style, int columns) {
        this.page = new Page(new PrintStream(written, false, StandardCharsets.UTF_8), style, columns);
    }

    /** A plain page. */
    public static Paper plain() {
        return new Paper(PLAIN, 100);
    }

    /** Where to write. */
    public Page page() {
        return page;
    }

    /** What was written. */
    public String text() {
        return written.toString(StandardCharsets.UTF_8);
    }

    /** The lines that were written. */
    public List<String> lines() {
        return text().lines().toList();
    }
}

package dev.resilient.cli.terminal;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Lines of text for a reader: wrapped at the width of the screen, with one passing line at the bottom that tells of a wait and
 * is written over by whatever comes next. Thread-safe.
 */
public final class Page {
    /** A space at which no line is broken. */
    public static final String HARD_SPACE = "\u00a0";

    private static final int WIDEST = 100;
    private static final int NARROWEST = 20;

    /** As a part of the page. */
    private static final int NARROWEST_COLUMN = 3;

    private static final String CLEAR_LINE = "\r\u001b[K";
    private static final Pattern MARKS = Pattern.compile("\u001b\\[[0-9;]*m");
    private static final Pattern BREAKS = Pattern.compile("[\\s\\p{Cntrl}]*[\\v\\p{Cntrl}][\\s\\p{Cntrl}]*");

    private final ReentrantLock lock = new ReentrantLock();
    private final PrintStream out;
    private final Style style;
    private final int width;
    private boolean passingLine;

    /**
     * Writes to {@code out}.
     *
     * @param columns the width of the screen in characters; lines are kept between 20 and 100
     */
    public Page(PrintStream out, Style style, int columns) {
        this.out = out;
        this.style = style;
        this.width = Math.clamp(columns, NARROWEST, WIDEST);
    }

    /** How text is marked on this page. */
    public Style style() {
        return style;
    }

    /** The characters in a line. */
    public int width() {
        return width;
    }

    /** Writes one line as it is. */
    public void line(String text) {
        lock.lock();
        try {
            clearPassingLine();
            out.println(text.replace(HARD_SPACE, " "));
            out.flush();
        } finally {
            lock.unlock();
        }
    }

    /** Writes a question and leaves the cursor behind it. */
    public void prompt(String question) {
        lock.lock();
        try {
            clearPassingLine();
            out.print(question);
            out.flush();
        } finally {
            lock.unlock();
        }
    }

    /** Writes an empty line. */
    public void gap() {
        line("");
    }

    /** Writes a paragraph, each line of it indented by {@code indent} characters and wrapped at the width of the page. */
    public void paragraph(int indent, String text) {
        paragraph(" ".repeat(indent), indent, text);
    }

    /** Writes a paragraph whose first line begins with {@code head}, which is {@code indent} characters wide on the screen. */
    public void paragraph(String head, int indent, String text) {
        String start = head;
        StringBuilder current = new StringBuilder();
        for (String word : text.strip().split("\\s+")) {
            if (!current.isEmpty() && indent + room(current) + 1 + room(word) > width) {
                line(start + current);
                start = " ".repeat(indent);
                current.setLength(0);
            }
            current.append(current.isEmpty() ? "" : " ").append(word);
        }
        line(start + current);
    }

    /**
     * Writes {@code left} in a column of {@code leftWidth} characters and {@code right} behind it, in several lines if need be; all of it
     * as a paragraph where the screen is too narrow for columns.
     *
     * @param head what the line begins with, {@code indent} characters wide on the screen
     */
    public void columns(String head, int indent, String left, int leftWidth, String right) {
        String start = left + " ".repeat(Math.max(1, leftWidth - room(left)));
        int used = indent + room(start);
        int rest = width - used;
        if (room(right) <= rest) {
            line(head + start + right);
        } else if (rest >= Math.max(width / NARROWEST_COLUMN, longestWord(right))) {
            paragraph(head + start, used, right);
        } else {
            paragraph(head, indent, start + right);
        }
    }

    private static int longestWord(String text) {
        return Stream.of(text.split("\\s+")).mapToInt(Page::room).max().orElse(0);
    }

    /** The room that a text takes on the screen, where marks take none. */
    private static int room(CharSequence text) {
        return MARKS.matcher(text).replaceAll("").length();
    }

    /**
     * Tells of something that is going on: on a terminal in a line that the next one writes over, elsewhere, and where a terminal
     * is not to be commanded, in a paragraph of its own.
     */
    public void passing(String text) {
        if (!style.colours()) {
            paragraph("  ", 4, inOneLine(text).strip());
            return;
        }
        lock.lock();
        try {
            out.print(CLEAR_LINE + clipped(text, 0));
            out.flush();
            passingLine = true;
        } finally {
            lock.unlock();
        }
    }

    /** The text in one line, cut where a line that has {@code used} characters already would be full. */
    public String clipped(String text, int used) {
        String ellipsis = style.unicode() ? "…" : "...";
        String line = inOneLine(text);
        int room = width - used;
        return line.length() <= room ? line : line.substring(0, room - ellipsis.length()) + ellipsis;
    }

    /** What a service answers may break lines, or be meant to command a terminal. */
    private static String inOneLine(String text) {
        return BREAKS.matcher(text).replaceAll(" ");
    }

    /** A duration for people: {@code 0.4 s}, {@code 12.3 s}, {@code 2 min 5 s}. */
    public static String seconds(Duration duration) {
        return duration.compareTo(Duration.ofMinutes(2)) < 0
                ? String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0)
                : duration.toMinutes() + " min " + duration.toSecondsPart() + " s";
    }

    private void clearPassingLine() {
        if (passingLine) {
            out.print(CLEAR_LINE);
            passingLine = false;
        }
    }
}

package dev.resilient.cli.terminal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** The user's side of this process: where text goes, and where answers come from. */
public final class Terminal {
    private static final int UNKNOWN_WIDTH = 100;

    private Terminal() {}

    /** The page on standard output, or on standard error when that is kept for a result. */
    public static Page page(boolean standardOutputIsForResult) {
        return standardOutputIsForResult
                ? new Page(System.err, Style.ofStandardError(), columns())
                : new Page(System.out, Style.ofStandardOutput(), columns());
    }

    /** A menu that asks on {@code page} and reads standard input. */
    public static Menu menu(Page page) {
        return new Menu(page, new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)));
    }

    /** The width of the screen: what {@code stty} says of the terminal, or 100 when there is none. */
    private static int columns() {
        if (!Style.isTerminal()) {
            return UNKNOWN_WIDTH;
        }
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(ProcessBuilder.Redirect.INHERIT)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String[] size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
                    .strip()
                    .split(" ");
            return size.length == 2 && size[1].matches("[1-9]\\d{0,4}") ? Integer.parseInt(size[1]) : UNKNOWN_WIDTH;
        } catch (IOException noStty) {
            return UNKNOWN_WIDTH;
        }
    }
}

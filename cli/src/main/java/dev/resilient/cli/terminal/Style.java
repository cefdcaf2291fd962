package dev.resilient.cli.terminal;

import java.io.Console;
import java.nio.charset.Charset;
import java.util.Map;
import java.util.Optional;

/**
 * How text is marked: colours and symbols where the output shows them, plain words elsewhere. Colours are left out when the
 * output is no terminal, when {@code NO_COLOR} is set (no-color.org) and when {@code TERM} is {@code dumb}.
 *
 * @param colours whether ANSI sequences may be used
 * @param unicode whether the output's character set has the symbols
 */
public record Style(boolean colours, boolean unicode) {

    /** What this process's standard output can show. */
    static Style ofStandardOutput() {
        return of(isTerminal(), System.out.charset(), System.getenv());
    }

    /** What standard error can show: there is no telling whether it is a terminal. */
    static Style ofStandardError() {
        return of(false, System.err.charset(), System.getenv());
    }

    static Style of(boolean terminal, Charset charset, Map<String, String> environment) {
        boolean refused = !environment.getOrDefault("NO_COLOR", "").isEmpty() || "dumb".equals(environment.get("TERM"));
        return new Style(terminal && !refused, charset.newEncoder().canEncode('✓'));
    }

    /** Whether both input and output are a terminal, so that the user can be asked. */
    public static boolean isTerminal() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    }

    /** A heading. */
    public String bold(String text) {
        return sgr("1", text);
    }

    /** Something of less weight. */
    public String faint(String text) {
        return sgr("2", text);
    }

    /** Something good. */
    public String good(String text) {
        return sgr("32", text);
    }

    /** Something bad. */
    public String bad(String text) {
        return sgr("31", text);
    }

    /** Something to notice. */
    public String notable(String text) {
        return sgr("33", text);
    }

    /** The mark of what held. */
    public String held() {
        return good(unicode ? "✓" : "ok");
    }

    /** The mark of what did not hold. */
    public String failed() {
        return bad(unicode ? "✗" : "FAILED");
    }

    /** A horizontal line. */
    public String rule(int width) {
        return faint((unicode ? "─" : "-").repeat(width));
    }

    private String sgr(String code, String text) {
        return colours ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}

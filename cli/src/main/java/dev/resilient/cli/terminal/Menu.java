package dev.resilient.cli.terminal;

import dev.resilient.scenario.Interlude;
import dev.resilient.scenario.phase.Phase;
import dev.resilient.scenario.report.PhaseReport;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Lets a person take part: the article's three choices around each phase. The end of the input means to go on. */
public final class Menu implements Interlude {
    private final Page page;
    private final BufferedReader in;

    /** Asks on {@code page} and reads the answers from {@code in}. */
    public Menu(Page page, BufferedReader in) {
        this.page = page;
        this.in = in;
    }

    @Override
    public void before(Phase phase, Choices choices) {
        ask("  Press Enter to let it happen. ");
        page.gap();
    }

    @Override
    public void after(PhaseReport report, Choices choices) {
        page.gap();
        page.line("  See the current state of the service:");
        page.line("    1  Send a request to the load balancer.");
        page.line("    2  Check the health of the targets.");
        page.line("    3  Go on.");
        while (goesOn(choices)) {
            page.gap();
        }
    }

    /** Asks a question that needs a plain yes; anything else is a no. */
    public boolean confirms(String question) {
        String answer = ask(question + " (y/N) ");
        return answer != null && (answer.equalsIgnoreCase("y") || answer.equalsIgnoreCase("yes"));
    }

    private boolean goesOn(Choices choices) {
        String answer = ask("  Which? ");
        if (answer == null) {
            return false;
        }
        switch (answer) {
            case "1" -> choices.sendRequest();
            case "2" -> choices.checkTargetHealth();
            case "3" -> {
                return false;
            }
            default -> page.line("  Please answer 1, 2 or 3.");
        }
        return true;
    }

    private @Nullable String ask(String question) {
        page.prompt(question);
        try {
            String answer = in.readLine();
            return answer == null ? null : answer.strip();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}

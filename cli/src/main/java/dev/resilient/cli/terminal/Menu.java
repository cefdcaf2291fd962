package dev.resilient.cli.terminal;

import dev.resilient.scenario.Interlude;
import dev.resilient.scenario.phase.Phase;
import dev.resilient.scenario.report.PhaseReport;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;

/**
 * Lets a person take part: the article's three choices around each phase. The end of the input means to go on, and so does
 * {@link #close}. One thread asks at a time; any may close.
 */
public final class Menu implements Interlude, AutoCloseable {
    private static final Pattern YES = Pattern.compile("y|yes", Pattern.CASE_INSENSITIVE);

    private final Page page;
    private final BufferedReader in;
    private final CompletableFuture<Optional<String>> closed = new CompletableFuture<>();
    private final AtomicReference<CompletableFuture<Optional<String>>> elsewhere =
            new AtomicReference<>(new CompletableFuture<>());
    private CompletableFuture<Optional<String>> line = CompletableFuture.completedFuture(Optional.empty());

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
        return ask(question + " (y/N) ").filter(YES.asMatchPredicate()).isPresent();
    }

    /** Goes on, since somebody said so elsewhere: answers the question that is being asked, or the next one. */
    public void goOn() {
        elsewhere.get().complete(Optional.empty());
    }

    /** Answers the question that is being asked, and every later one, as the end of the input does. */
    @Override
    public void close() {
        closed.complete(Optional.empty());
    }

    private boolean goesOn(Choices choices) {
        switch (ask("  Which? ").orElse("3")) {
            case "1" -> choices.sendRequest();
            case "2" -> choices.checkTargetHealth();
            case "3" -> {
                return false;
            }
            default -> page.line("  Please answer 1, 2 or 3.");
        }
        return true;
    }

    /**
     * Nothing ends a read from a terminal, so it has a thread of its own that may be left in it; if the question was answered
     * elsewhere, the next question takes up the same read.
     */
    private Optional<String> ask(String question) {
        page.prompt(question);
        if (line.isDone()) {
            line = CompletableFuture.supplyAsync(this::read, Thread::startVirtualThread);
        }
        Optional<String> answer = line.applyToEither(closed, typed -> typed)
                .applyToEither(elsewhere.get(), first -> first)
                .join();
        elsewhere.updateAndGet(used -> used.isDone() ? new CompletableFuture<>() : used);
        if (answer.isEmpty()) {
            page.gap();
        }
        return answer;
    }

    private Optional<String> read() {
        try {
            return Optional.ofNullable(in.readLine()).map(String::strip);
        } catch (IOException gone) {
            return Optional.empty(); // a terminal that was closed has nobody to answer
        }
    }
}

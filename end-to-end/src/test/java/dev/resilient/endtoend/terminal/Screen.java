package dev.resilient.endtoend.terminal;

import static org.awaitility.Awaitility.await;

import dev.resilient.endtoend.Product;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.awaitility.core.ConditionTimeoutException;

/**
 * A real terminal of tmux with a shell in it, in which a person types and reads. Everything that was ever on the screen can be read
 * again. Closing it ends what runs in it.
 */
final class Screen implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String PROMPT = "type> ";

    private final Product product;
    private int commands;

    private Screen(Product product) {
        this.product = product;
    }

    /** A screen of this many columns, with these variables beside the product's own. */
    static Screen open(Product product, int columns, Map<String, String> variables) {
        Screen screen = new Screen(product);
        Map<String, String> environment = new TreeMap<>(Map.of(
                "HOME", product.home().toString(),
                "RESILIENT_HOME", product.data().toString(),
                "PATH", System.getenv("PATH"),
                "LC_ALL", "C.UTF-8",
                "PS1", PROMPT));
        environment.putAll(variables);
        // The shell gets these variables and no others; and as it is interactive, Ctrl-C ends what it runs and not
        // itself.
        List<String> shell = new ArrayList<>(List.of("env", "-i", "TERM=screen-256color"));
        environment.forEach((name, value) -> shell.add(name + "=" + value));
        shell.addAll(List.of("bash", "--norc", "--noprofile", "-i"));
        List<String> command = new ArrayList<>(
                List.of("new-session", "-d", "-x", Integer.toString(columns), "-y", "50", "-s", "screen"));
        command.addAll(shell);
        screen.tmux(command);
        screen.awaitText(PROMPT.strip());
        return screen;
    }

    /** Starts the product with these arguments, as its user does. */
    void run(String arguments) {
        commands++;
        type(Product.ROOT.resolve("resilient") + " " + arguments + "; echo it ended with $?.", "Enter");
    }

    /** Presses keys: each a text, or the name that tmux has for a key. */
    void type(String... keys) {
        List<String> command = new ArrayList<>(List.of("send-keys", "-t", "screen"));
        command.addAll(List.of(keys));
        tmux(command);
    }

    /** Waits until the text has been on the screen. */
    void awaitText(String text) {
        awaitText(text, 1);
    }

    /** Waits until the text has been on the screen this many times. */
    void awaitText(String text, int times) {
        awaitOr(text, times, "\0");
    }

    /** Waits until the text has been on the screen this many times or another one once, and says whether that is there. */
    boolean awaitOr(String text, int times, String other) {
        try {
            return await().atMost(PATIENCE)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(50))
                    .until(this::text, seen -> seen.contains(other) || count(seen, text) >= times)
                    .contains(other);
        } catch (ConditionTimeoutException never) {
            throw new AssertionError(
                    "\"%s\" was not seen %d times, but this:%n%s".formatted(text, times, text()), never);
        }
    }

    private static long count(String seen, String text) {
        return Pattern.compile(text, Pattern.LITERAL).matcher(seen).results().count();
    }

    /** Waits until the last command has ended, and returns its status. */
    int awaitStatus() {
        awaitText("\nit ended with ", commands);
        String told = text();
        return Integer.parseInt(told.replaceAll("(?s).*\nit ended with (\\d+)\\..*", "$1"));
    }

    /** All that was ever on the screen, with what was broken at its right edge put together again. */
    String text() {
        return tmux(List.of("capture-pane", "-p", "-J", "-S", "-", "-t", "screen"));
    }

    /** The same line by line, as it stood there. */
    List<String> lines() {
        return tmux(List.of("capture-pane", "-p", "-S", "-", "-t", "screen"))
                .lines()
                .toList();
    }

    /** The same with the sequences that colour it. */
    String colours() {
        return tmux(List.of("capture-pane", "-p", "-e", "-S", "-", "-t", "screen"));
    }

    @Override
    public void close() {
        tmux(List.of("kill-server"));
    }

    private String tmux(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                "tmux",
                "-u",
                "-f",
                "/dev/null",
                "-S",
                product.home().resolve("tmux").toString()));
        command.addAll(arguments);
        try {
            Process tmux = new ProcessBuilder(command).redirectErrorStream(true).start();
            String answer = new String(tmux.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (tmux.waitFor() != 0) {
                throw new AssertionError("tmux, which ./verify installs as root, does not do what it should: " + command
                        + ": " + answer);
            }
            return answer;
        } catch (IOException failure) {
            throw new UncheckedIOException(
                    "The tests of the terminal need tmux: install it, or let ./verify do it.", failure);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}

package dev.resilient.endtoend.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.endtoend.Product;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A person at a real terminal: the menu, wrong answers, Ctrl-D, Ctrl-C wherever it may come, small and large screens, colours. */
class TerminalTest {
    private static final String RUN = "run --pace 20";
    private static final String ESCAPE = "\u001b[";
    private static final int INTERRUPTED = 130;
    private static final int WIDE = 200;
    private static final int NARROW = 40;

    /** Text is kept to this width, however wide the screen is. */
    private static final int WIDEST = 100;

    @TempDir
    private Path home;

    @Test
    void a_person_is_led_from_phase_to_phase_and_may_stop_at_a_question() {
        try (Screen screen = Screen.open(new Product(home), WIDE, Map.of())) {
            screen.run(RUN);
            screen.awaitText("Press Enter to let it happen.");
            screen.type("Enter");
            screen.awaitText("Which?");
            screen.type("4", "Enter");
            screen.awaitText("Please answer 1, 2 or 3.");
            screen.type("1", "Enter");
            screen.awaitText("\"InstanceId\" : ");
            screen.type("2", "Enter");
            screen.awaitText("Which?", 4);
            assertThat(screen.text().substring(screen.text().lastIndexOf("Which? 2")))
                    .containsPattern("(?s)(Target i-\\w+ on port \\d+ is healthy\\s+){3}");
            screen.type("C-d"); // the end of the input goes on
            screen.awaitText("2 of 7");
            screen.awaitText("Press Enter to let it happen.", 2);
            screen.type("C-d");
            screen.awaitText("Which?", 5);

            screen.type("C-c");

            assertThat(screen.awaitStatus()).isEqualTo(INTERRUPTED);
            assertThat(screen.text())
                    .containsSubsequence(
                            "Interrupted: ending in good order.", "What was made is now destroyed.", "Nothing is left.")
                    .doesNotContain("3 of 7");
            assertThat(screen.lines()).allMatch(line -> line.length() <= WIDEST || line.contains("echo it ended"));
            assertThat(screen.colours()).contains(ESCAPE + "32m");
            assertThat(new Product(home).data()).isEmptyDirectory();
        }
    }

    @Test
    void on_a_narrow_screen_no_line_is_broken_by_its_edge_and_a_phase_may_be_stopped() {
        try (Screen screen = Screen.open(new Product(home), NARROW, Map.of("NO_COLOR", "1"))) {
            screen.run(RUN);
            goOnUntil(screen, "this-is-not-a-table");
            screen.type("C-c");

            assertThat(screen.awaitStatus()).isEqualTo(INTERRUPTED);
            assertThat(screen.text())
                    .containsSubsequence(
                            "What the phases had changed is put",
                            "What was made is now destroyed.",
                            "Nothing is left.");
            assertThat(screen.colours()).doesNotContain(ESCAPE);
            assertThat(broken(screen)).isEmpty();
            assertThat(new Product(home).data()).isEmptyDirectory();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"launch template", "load balancer"})
    void deploying_may_be_stopped(String seen) {
        try (Screen screen = Screen.open(new Product(home), WIDEST, Map.of())) {
            screen.run("run --auto");
            screen.awaitText(seen);
            screen.type("C-c");

            assertThat(screen.awaitStatus()).isEqualTo(INTERRUPTED);
            assertThat(screen.text()).contains("Nothing is left.").doesNotContain("Demonstrate");
            assertThat(new Product(home).data()).isEmptyDirectory();
        }
    }

    @Test
    void destroying_that_is_stopped_ends_only_when_nothing_is_left() {
        try (Screen screen = Screen.open(new Product(home), WIDEST, Map.of())) {
            screen.run("deploy --pace 20");
            screen.awaitText("Then:");
            screen.run("destroy");
            screen.awaitText("Destroy\n");
            screen.type("C-c");

            assertThat(screen.awaitStatus()).isEqualTo(INTERRUPTED);
            assertThat(screen.text()).containsSubsequence("Interrupted: ending in good order.", "Nothing is left.");
            assertThat(new Product(home).data()).isEmptyDirectory();
        }
    }

    @Test
    void what_happens_in_an_account_needs_a_plain_yes_and_the_question_names_the_region_of_the_profile()
            throws Exception {
        Path profiles = Files.writeString(home.resolve("profiles"), "[profile deployer]\nregion = eu-central-1\n");
        Map<String, String> variables = Map.of("AWS_CONFIG_FILE", profiles.toString());
        try (Screen screen = Screen.open(new Product(home), WIDEST, variables)) {
            screen.run("destroy --target aws --profile deployer");
            screen.awaitText("in eu-central-1 of your AWS account. Go on? (y/N)");
            screen.type("maybe", "Enter");

            assertThat(screen.awaitStatus()).isEqualTo(3);
            assertThat(screen.text()).contains("Nothing was done.");
        }
    }

    @Tag("full")
    @ParameterizedTest
    @CsvSource({
        "1, '    200  '",
        "2, this-is-not-a-table",
        "3, resilient-failure-response = static",
        "4, rebooting",
        "5, resilient-health-check = deep",
        "6, terminating through",
        "7, this-is-not-a-table"
    })
    void each_phase_may_be_stopped_while_it_is_played_and_the_next_demonstration_holds(int phase, String seen) {
        Product product = new Product(home);
        try (Screen screen = Screen.open(product, WIDEST, Map.of())) {
            screen.run("deploy --pace 20");
            screen.awaitText("Then:");
            screen.run("demo --pace 20");
            goOnUntil(screen, phase + " of 7");
            goOnUntil(screen, seen);
            screen.type("C-c");
            assertThat(screen.awaitStatus()).isEqualTo(INTERRUPTED);
            assertThat(screen.text()).contains("What the phases had changed is put back.");
            screen.run("demo --auto --pace 20");
            screen.awaitText("Every claim held.");
            screen.run("destroy");
            screen.awaitText("Nothing is left.");
            // The cloud itself ends after the last word of what was in it.
            assertThat(screen.awaitStatus()).isZero();
        }
        assertThat(product.data()).isEmptyDirectory();
    }

    /** Presses Enter, and chooses to go on, at each question until this text is there. */
    private static void goOnUntil(Screen screen, String text) {
        int questions = 1;
        while (!screen.awaitOr("Press Enter to let it happen.", questions, text)) {
            screen.type("Enter");
            if (screen.awaitOr("Which?", questions, text)) {
                return;
            }
            screen.type("3", "Enter");
            questions++;
        }
    }

    /** The lines that were wider than the screen. */
    private static List<String> broken(Screen screen) {
        List<String> whole = screen.text().lines().map(String::stripTrailing).toList();
        return whole.stream()
                .filter(line -> line.replace("^C", "").length() > NARROW && !line.contains("echo it ended"))
                .toList();
    }
}

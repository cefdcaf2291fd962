package dev.resilient.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resilient.scenario.Interlude.Choices;
import dev.resilient.scenario.observe.Answer;
import dev.resilient.scenario.observe.TargetSeen;
import dev.resilient.scenario.phase.Phase;
import dev.resilient.scenario.phase.PhaseId;
import dev.resilient.scenario.report.PhaseReport;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.Reader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MenuTest {
    private static final PhaseReport REPORT = new PhaseReport("initial", "All is well", true, 10, List.of(), Map.of());
    private static final Phase PHASE = new Phase(PhaseId.INITIAL, "All is well", "Nothing fails.", List.of());
    private static final String COMPLAINT = "Please answer 1, 2 or 3.";

    private final Paper paper = Paper.plain();
    private final Asked asked = new Asked();

    @Test
    void each_number_does_what_the_menu_says() {
        BufferedReader in = after("1\n2\n1\n3\nunread\n");
        assertThat(asked.what).containsExactly("request", "health", "request");
        assertThat(in.lines()).containsExactly("unread");
        assertThat(paper.text()).doesNotContain(COMPLAINT);
    }

    @Test
    void anything_else_is_asked_again() {
        after("4\nyes\n\n-1\n1 2\n\u0000\n3\n");
        assertThat(asked.what).isEmpty();
        assertThat(paper.lines().stream().filter(line -> line.contains(COMPLAINT)))
                .hasSize(6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1\r\n3\r\n", "1\r3\r", " 1 \n\t3\n"})
    void line_ends_and_blanks_do_not_matter(String input) {
        after(input);
        assertThat(asked.what).containsExactly("request");
    }

    @Test
    void the_end_of_the_input_means_to_go_on_and_ends_the_line_of_the_question() {
        after("2\n");
        assertThat(asked.what).containsExactly("health");
        assertThat(paper.text()).endsWith("Which? " + System.lineSeparator());
    }

    @Test
    void a_terminal_that_is_gone_means_to_go_on() {
        new Menu(paper.page(), new BufferedReader(new Reader() {
                    @Override
                    public int read(char[] buffer, int offset, int length) throws IOException {
                        throw new IOException("Input/output error");
                    }

                    @Override
                    public void close() {}
                }))
                .after(REPORT, asked);
        assertThat(asked.what).isEmpty();
    }

    @Test
    void a_very_long_line_is_just_a_wrong_answer() {
        after("1".repeat(1_000_000) + "\n3\n");
        assertThat(asked.what).isEmpty();
        assertThat(paper.text()).contains(COMPLAINT).hasSizeLessThan(1_000);
    }

    @Test
    void enter_starts_a_phase_and_so_does_the_end_of_the_input() {
        BufferedReader in = new BufferedReader(new StringReader("\nnext\n"));
        Menu menu = new Menu(paper.page(), in);
        menu.before(PHASE, asked);
        assertThat(in.lines()).containsExactly("next");
        menu.before(PHASE, asked);
        assertThat(asked.what).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"y\n", "Y\n", "yes\r\n", " YES \n"})
    void a_plain_yes_is_a_yes(String input) {
        assertThat(menu(input).confirms("Go on?")).isTrue();
        assertThat(paper.text()).isEqualTo("Go on? (y/N) ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "n\n", "yess\n", "ja\n", "y y\n", "1\n"})
    void anything_else_is_a_no(String input) {
        assertThat(menu(input).confirms("Go on?")).isFalse();
    }

    @Test
    void closing_ends_the_question_that_is_being_asked() throws Exception {
        try (PipedWriter nobodyTypes = new PipedWriter();
                PipedReader keyboard = new PipedReader(nobodyTypes)) {
            Menu menu = new Menu(paper.page(), new BufferedReader(keyboard));
            Thread asking = Thread.ofVirtual().start(() -> menu.after(REPORT, asked));
            await("the question").until(() -> paper.text().endsWith("Which? "));
            menu.close();
            asking.join();
            assertThat(menu.confirms("Go on?")).isFalse();
        }
        assertThat(asked.what).isEmpty();
    }

    @Test
    void who_says_elsewhere_to_go_on_answers_one_question_and_takes_no_line_from_the_next() throws Exception {
        try (PipedWriter person = new PipedWriter();
                PipedReader keyboard = new PipedReader(person)) {
            Menu menu = new Menu(paper.page(), new BufferedReader(keyboard));
            menu.goOn();
            menu.before(PHASE, asked);

            Thread asking = Thread.ofVirtual().start(() -> menu.after(REPORT, asked));
            await("the question").until(() -> paper.text().endsWith("Which? "));
            menu.goOn();
            asking.join();

            person.write("1\n3\n");
            menu.after(REPORT, asked);
        }
        assertThat(asked.what).containsExactly("request");
    }

    private BufferedReader after(String input) {
        BufferedReader in = new BufferedReader(new StringReader(input));
        new Menu(paper.page(), in).after(REPORT, asked);
        return in;
    }

    private Menu menu(String input) {
        return new Menu(paper.page(), new BufferedReader(new StringReader(input)));
    }

    /** Remembers what was chosen. */
    private static final class Asked implements Choices {
        private final List<String> what = new ArrayList<>();

        @Override
        public Answer sendRequest() {
            what.add("request");
            return AnswerTextTest.answer(200, "");
        }

        @Override
        public List<TargetSeen> checkTargetHealth() {
            what.add("health");
            return List.of();
        }
    }
}

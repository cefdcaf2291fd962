package dev.resilient.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageTest {
    private static final String CLEAR = "\r\u001b[K";
    private static final String LONG = "one two three four five six seven eight nine ten eleven twelve";

    @Test
    void a_paragraph_is_wrapped_between_words_and_each_line_is_indented() {
        Paper paper = new Paper(Paper.PLAIN, 30);
        paper.page().paragraph(4, LONG);
        assertThat(paper.lines())
                .containsExactly("    one two three four five", "    six seven eight nine ten", "    eleven twelve");
    }

    @Test
    void the_head_of_a_paragraph_stands_before_its_first_line_only() {
        Paper paper = new Paper(Paper.PLAIN, 30);
        paper.page().paragraph("  * ", 4, LONG);
        assertThat(paper.lines())
                .containsExactly("  * one two three four five", "    six seven eight nine ten", "    eleven twelve");
    }

    @Test
    void a_word_that_is_longer_than_a_line_is_left_whole() {
        Paper paper = new Paper(Paper.PLAIN, 20);
        paper.page().paragraph(2, "see https://example.com/a/very/long/path now");
        assertThat(paper.lines()).containsExactly("  see", "  https://example.com/a/very/long/path", "  now");
    }

    @Test
    void an_empty_paragraph_is_a_line() {
        Paper paper = Paper.plain();
        paper.page().paragraph(0, "");
        assertThat(paper.text()).isEqualTo(System.lineSeparator());
    }

    @ParameterizedTest
    @CsvSource({"-1, 20", "0, 20", "1, 20", "20, 20", "57, 57", "100, 100", "400, 100"})
    void the_width_stays_between_20_and_100(int columns, int width) {
        assertThat(new Paper(Paper.PLAIN, columns).page().width()).isEqualTo(width);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 20, 33, 100})
    void no_line_of_a_paragraph_or_a_wait_is_wider_than_the_page(int columns) {
        Paper paper = new Paper(Paper.PLAIN, columns);
        paper.page().paragraph(6, LONG + " " + LONG);
        paper.page().line(paper.page().clipped(LONG + LONG, 9));
        assertThat(paper.lines()).allSatisfy(line -> assertThat(line.length())
                .isLessThanOrEqualTo(paper.page().width()));
    }

    @Test
    void a_passing_line_on_a_terminal_is_written_over_by_the_next_of_any_kind() {
        Paper paper = new Paper(Paper.RICH, 80);
        paper.page().passing("first");
        paper.page().passing("second");
        paper.page().line("done");
        paper.page().line("more");
        assertThat(paper.text())
                .isEqualTo(CLEAR + "first" + CLEAR + "second" + CLEAR + "done" + System.lineSeparator() + "more"
                        + System.lineSeparator());
    }

    @Test
    void a_question_writes_over_a_passing_line_too() {
        Paper paper = new Paper(Paper.RICH, 80);
        paper.page().passing("wait");
        paper.page().prompt("Which? ");
        assertThat(paper.text()).isEqualTo(CLEAR + "wait" + CLEAR + "Which? ");
    }

    @Test
    void a_passing_line_on_a_terminal_never_fills_more_than_one_line() {
        Paper paper = new Paper(Paper.RICH, 20);
        paper.page().passing("waiting\nfor something that takes its time");
        assertThat(paper.text()).isEqualTo(CLEAR + "waiting for somethi…");
    }

    @Test
    void a_passing_line_elsewhere_is_a_paragraph_of_its_own() {
        Paper paper = new Paper(Paper.PLAIN, 20);
        paper.page().passing("waiting for something\nthat takes its time");
        assertThat(paper.lines()).containsExactly("  waiting for", "    something that", "    takes its time");
    }

    @Test
    void what_is_clipped_ends_in_dots_that_the_page_can_show() {
        assertThat(new Paper(new Style(false, true), 20).page().clipped("0123456789abcdef", 10))
                .isEqualTo("012345678…");
        assertThat(new Paper(Paper.PLAIN, 20).page().clipped("0123456789abcdef", 10))
                .isEqualTo("0123456...");
        assertThat(new Paper(Paper.PLAIN, 20).page().clipped("0123456789", 10)).isEqualTo("0123456789");
    }

    @Test
    void text_from_a_service_cannot_command_the_terminal() {
        assertThat(Paper.plain().page().clipped("a\u001b[2Jb\r\n\tc\u0007", 0)).isEqualTo("a [2Jb c ");
    }

    @Test
    void many_writers_never_mix_their_lines() throws InterruptedException {
        Paper paper = new Paper(Paper.RICH, 80);
        List<Thread> writers = new ArrayList<>();
        for (int writer = 0; writer < 8; writer++) {
            String line = Integer.toString(writer).repeat(60);
            writers.add(Thread.ofVirtual().start(() -> IntStream.range(0, 200).forEach(turn -> {
                paper.page().passing("p" + line);
                paper.page().line(line);
            })));
        }
        for (Thread writer : writers) {
            writer.join();
        }
        List<String> lines = List.of(paper.text().split("\r\u001b\\[K|" + System.lineSeparator()));
        assertThat(lines)
                .filteredOn(line -> !line.isEmpty())
                .hasSize(8 * 200 * 2)
                .allMatch(line -> line.matches("p?(\\d)\\1{59}"));
    }

    @ParameterizedTest
    @CsvSource({"0, 0.0 s", "49, 0.0 s", "1234, 1.2 s", "119000, 119.0 s", "120000, 2 min 0 s", "125900, 2 min 5 s"})
    void durations_are_told_as_people_tell_them(long millis, String told) {
        assertThat(Page.seconds(Duration.ofMillis(millis))).isEqualTo(told);
    }
}

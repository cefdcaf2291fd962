package dev.resilient.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StyleTest {

    @Test
    void a_terminal_gets_colours() {
        assertThat(colours(true, Map.of("TERM", "xterm-256color"))).isTrue();
        assertThat(colours(true, Map.of())).isTrue();
    }

    @Test
    void what_is_no_terminal_gets_none() {
        assertThat(colours(false, Map.of("TERM", "xterm-256color"))).isFalse();
    }

    @Test
    void any_value_of_no_color_refuses_them_and_an_empty_one_does_not() {
        assertThat(colours(true, Map.of("NO_COLOR", "1"))).isFalse();
        assertThat(colours(true, Map.of("NO_COLOR", "0"))).isFalse();
        assertThat(colours(true, Map.of("NO_COLOR", ""))).isTrue();
    }

    @Test
    void a_dumb_terminal_gets_none() {
        assertThat(colours(true, Map.of("TERM", "dumb"))).isFalse();
    }

    @Test
    void symbols_are_used_where_the_character_set_has_them() {
        assertThat(Style.of(true, StandardCharsets.UTF_8, Map.of()).unicode()).isTrue();
        assertThat(Style.of(true, StandardCharsets.ISO_8859_1, Map.of()).unicode())
                .isFalse();
        assertThat(Style.of(true, StandardCharsets.US_ASCII, Map.of()).unicode())
                .isFalse();
    }

    @Test
    void nothing_is_added_to_plain_text() {
        Style plain = Paper.PLAIN;
        assertThat(plain.bold("a") + plain.faint("b") + plain.good("c") + plain.bad("d") + plain.notable("e"))
                .isEqualTo("abcde");
        assertThat(plain.held() + " " + plain.failed() + " " + plain.rule(3)).isEqualTo("ok FAILED ---");
    }

    @Test
    void a_mark_ends_where_it_began() {
        assertThat(Paper.RICH.bad("x")).isEqualTo("\u001b[31mx\u001b[0m");
        assertThat(Paper.RICH.held()).isEqualTo("\u001b[32m✓\u001b[0m");
    }

    private static boolean colours(boolean terminal, Map<String, String> environment) {
        return Style.of(terminal, StandardCharsets.UTF_8, environment).colours();
    }
}

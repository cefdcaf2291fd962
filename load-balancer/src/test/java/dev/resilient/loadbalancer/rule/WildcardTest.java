package dev.resilient.loadbalancer.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code *} and {@code ?} stand for. */
class WildcardTest {

    @ParameterizedTest
    @CsvSource({
        "/img/*, /img/, true",
        "/img/*, /img/a/b.png, true",
        "/img/*, /img, false",
        "/img/?, /img/a, true",
        "/img/?, /img/, false",
        "/img/?, /img/ab, false",
        "*, /, true",
        "*/b/*/d, /a/b/c/b/c/d, true",
        "*/b/*/d, /a/b/c/b/c/e, false",
        "/a*a, /a, false",
        "/a*a, /aa, true",
        "/img, /IMG, false"
    })
    void a_pattern_matches_text_as_a_whole_and_as_it_is(String pattern, String text, boolean matches) {
        assertThat(Wildcard.exactly(pattern).matches(text, text.length())).isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource({
        "*.example.com, www.EXAMPLE.com, true",
        "*.Example.com, .example.COM, true",
        "*.example.com, example.com, false",
        "a?.example.com, A1.example.com, true",
        "[.example.com, {.example.com, false"
    })
    void a_pattern_may_leave_case_aside(String pattern, String text, boolean matches) {
        assertThat(Wildcard.inAnyCase(pattern).matches(text, text.length())).isEqualTo(matches);
    }

    @Test
    void what_is_behind_the_end_is_left_aside() {
        assertThat(Wildcard.exactly("/a").matches("/a?b", 2)).isTrue();
        assertThat(Wildcard.exactly("/a?b").matches("/a?b", 2)).isFalse();
    }

    @Test
    void patterns_agree_with_regular_expressions() {
        Random random = new Random(7);
        int matched = 0;
        for (int i = 0; i < 20_000; i++) {
            String pattern = drawn("ab*?", random);
            String text = drawn("ab", random);
            boolean expected = Pattern.matches(pattern.replace("*", ".*").replace('?', '.'), text);
            assertThat(Wildcard.exactly(pattern).matches(text, text.length()))
                    .as("seed 7: %s on %s", pattern, text)
                    .isEqualTo(expected);
            matched += expected ? 1 : 0;
        }
        assertThat(matched).isBetween(1_000, 19_000);
    }

    private static String drawn(String alphabet, Random random) {
        StringBuilder drawn = new StringBuilder();
        for (int length = random.nextInt(8); length > 0; length--) {
            drawn.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return drawn.toString();
    }
}

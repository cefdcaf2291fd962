package dev.resilient.cli.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageFilesTest {
    private static final Pattern USED =
            Pattern.compile("(?:src|href|from|EventSource)[=( ]+[\"'](?:\\./)?([\\w.]+)[\"']");

    @Test
    void the_page_uses_only_files_that_are_there() {
        String page = PageFiles.page("secret");
        assertThat(page).contains("content=\"secret\"").doesNotContain("{token}", "http://", "https://");
        assertThat(USED.matcher(page).results().map(used -> used.group(1)))
                .contains("page.css", "page.js", "chart.umd.js", "icon.svg")
                .allMatch(name -> PageFiles.named(name).isPresent());
    }

    @ParameterizedTest
    @ValueSource(strings = {"page.js", "picture.js", "acts.js", "charts.js", "text.js", "page.css", "icon.svg"})
    void every_file_of_the_page_is_there_and_uses_only_others_that_are(String name) {
        String text = PageFiles.named(name).orElseThrow().content();
        assertThat(USED.matcher(text).results().map(used -> used.group(1)).filter(used -> !used.equals("frames")))
                .allMatch(used -> PageFiles.named(used).isPresent());
    }

    @Test
    void charts_come_from_the_library_and_nothing_else_does() {
        assertThat(PageFiles.named("chart.umd.js").orElseThrow().content()).hasSizeGreaterThan(100_000);
        assertThat(PageFiles.named("page.html")).isEmpty();
        assertThat(PageFiles.named("../page.js")).isEmpty();
        assertThat(PageFiles.named("package.json")).isEmpty();
    }
}

package dev.resilient.endtoend.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.resilient.cli.report.HtmlReport;
import dev.resilient.endtoend.Product;
import dev.resilient.scenario.drill.report.DrillsReport;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report of drills, as somebody opens it who was not there. */
class ReportTest {
    private static final String BLANK = """
        return [...document.querySelectorAll('canvas')].filter(canvas => {
            const blank = Object.assign(document.createElement('canvas'), {width: canvas.width, height: canvas.height});
            return canvas.toDataURL() === blank.toDataURL();
        }).length\
        """;

    @TempDir
    private Path folder;

    @TempDir
    private Path profile;

    @Test
    void it_says_what_came_of_each_drill_and_loads_nothing() throws Exception {
        DrillsReport report = recorded("");
        int drills = report.configurations().getFirst().drills().size();
        try (Browser page = new Browser(profile)) {
            page.size(1280, 1500);
            page.prefer("light", true);
            page.open(HtmlReport.write(report, folder).toUri());

            page.awaitText("h1", "What the remedies are worth");
            assertThat(page.elements("article.drill"))
                    .hasSize(drills * report.configurations().size());
            assertThat(page.text("table")).contains("served", "p99", "errors ended after");
            assertThat(page.text("h2"))
                    .contains("Side by side", "Configuration fragile", "Where this was measured", "How to read this");
            assertThat(page.text(".facts"))
                    .contains(String.valueOf(report.surroundings().seed()));
            assertThat(page.script(BLANK)).as("blank charts").isEqualTo(0L);
            assertThat(page.script("return performance.getEntriesByType('resource').length"))
                    .as("resources loaded")
                    .isEqualTo(0L);
            takePicture(page);

            page.size(360, 800);
            page.awaitNoSidewaysScrolling();
            assertThat(page.namelessControls()).isEmpty();
            assertThat(page.controlsThatTheKeyboardMisses()).isEmpty();
            page.prefer("dark", false);
            assertThat(page.script(BLANK)).as("blank charts in the dark").isEqualTo(0L);
            assertThat(page.complaints()).isEmpty();
        }
    }

    @Test
    void texts_in_it_are_never_markup() throws Exception {
        String hostile = "<img src=x onerror=document.title='hacked'></script><script>document.title='hacked'</script>";
        try (Browser page = new Browser(profile)) {
            page.open(HtmlReport.write(recorded(hostile), folder).toUri());
            page.awaitText("article.drill h3", hostile);
            assertThat(page.script("return document.title")).isNotEqualTo("hacked");
            assertThat(page.elements("img")).isEmpty();
            assertThat(page.complaints()).isEmpty();
        }
    }

    @Tag("full")
    @Test
    void drills_write_it() throws Exception {
        Product product = new Product(folder);
        assertThat(product.run(
                                "drill",
                                "server-killed",
                                "--report",
                                folder.resolve("out").toString())
                        .status())
                .isZero();
        try (Browser page = new Browser(profile)) {
            page.open(folder.resolve("out").resolve(HtmlReport.FILE_NAME).toUri());
            page.awaitText("h1", "Every drill held: 1 of 1.");
            assertThat(page.script(BLANK)).isEqualTo(0L);
            assertThat(page.complaints()).isEmpty();
        }
    }

    /** The report of a real comparison, in which these words stand before the title of each drill. */
    private static DrillsReport recorded(String before) throws IOException {
        try (InputStream file = Objects.requireNonNull(
                ReportTest.class.getResourceAsStream("/report/compared.json"), "compared.json")) {
            String json = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            ObjectMapper mapper = new ObjectMapper();
            String quoted = mapper.writeValueAsString(before);
            return mapper.readValue(
                    json.replace("\"title\" : \"", "\"title\" : \"" + quoted.substring(1, quoted.length() - 1)),
                    DrillsReport.class);
        }
    }

    private static void takePicture(Browser page) {
        String pictures = System.getProperty("resilient.pictures", "");
        if (!pictures.isEmpty()) {
            page.picture(Path.of(pictures, "report.png"));
        }
    }
}

package dev.resilient.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.resilient.scenario.drill.report.ConfigurationReport;
import dev.resilient.scenario.drill.report.DrillReport;
import dev.resilient.scenario.drill.report.DrillsReport;
import dev.resilient.scenario.drill.report.SurroundingsReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlReportTest {
    private static final String HOSTILE = "</script><script>alert(1)</script><!-- \u2028 $1 \\ {{script}}";
    private static final Pattern DATA =
            Pattern.compile("(?s)<script type=\"application/json\" id=\"data\">(.*?)</script>");

    @Test
    void the_data_are_in_it_whatever_they_contain() throws Exception {
        String page = HtmlReport.of(report(HOSTILE));

        List<String> found =
                DATA.matcher(page).results().map(match -> match.group(1)).toList();
        assertThat(found).hasSize(1);
        assertThat(found.getFirst()).doesNotContain("<");
        ObjectMapper json = new ObjectMapper();
        assertThat(json.readTree(found.getFirst())).isEqualTo(json.readTree(json.writeValueAsString(report(HOSTILE))));
        assertThat(page).doesNotContain("<script>alert");
    }

    @Test
    void it_loads_nothing_and_has_as_many_scripts_as_it_should() {
        String page = HtmlReport.of(report("harmless"));

        assertThat(page)
                .contains("Content-Security-Policy", "default-src 'none'")
                .doesNotContain("{{");
        assertThat(Pattern.compile("</script").matcher(page).results()).hasSize(3);
        assertThat(Pattern.compile("<(?:script|link|img|iframe)[^>]*(?:src|href)=\"([^\"]*)\"")
                        .matcher(page)
                        .results()
                        .map(MatchResult::group))
                .allMatch(tag -> tag.contains("href=\"data:,\""));
    }

    @Test
    void it_is_one_file(@TempDir Path folder) throws IOException {
        Path file = HtmlReport.write(report("harmless"), folder.resolve("new"));
        assertThat(file.getFileName().toString()).isEqualTo("report.html");
        assertThat(Files.size(file)).isLessThan(400_000);
    }

    private static DrillsReport report(String text) {
        var surroundings = new SurroundingsReport(
                "shop", "local", "us-west-2", 10, null, 42, "2026-01-01T00:00:00Z", 50, 2000, "25", "Linux", 2);
        var drill = DrillReport.skipped("zone-lost", text, text, text, text);
        return DrillsReport.of(
                surroundings,
                Duration.ofSeconds(1),
                List.of(new ConfigurationReport("resilient", text, Map.of("zones", text), true, List.of(drill))),
                List.of(text));
    }
}

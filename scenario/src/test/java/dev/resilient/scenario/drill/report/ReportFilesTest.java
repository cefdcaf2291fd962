package dev.resilient.scenario.drill.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.resilient.scenario.drill.report.DrillReport.Result;
import dev.resilient.scenario.report.ExpectationReport;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class ReportFilesTest {
    private static final WindowReport WINDOW =
            new WindowReport(0, 1_000, 50, 1, Map.of("recommendation", 50L), new LatencyReport(1, 2, 3, 4, 5));

    @TempDir
    private Path folder;

    @Test
    void json_has_every_component_and_null_for_what_never_was() throws Exception {
        ReportFiles.write(report(drill("server-killed", Result.HELD, null, "seen")), folder);

        JsonNode json =
                new ObjectMapper().readTree(folder.resolve(ReportFiles.JSON).toFile());
        JsonNode drill = json.at("/configurations/0/drills/0");
        assertThat(json.path("held").booleanValue()).isTrue();
        assertThat(json.at("/surroundings/realismSeed").isNull()).isTrue();
        assertThat(drill.path("result").textValue()).isEqualTo("HELD");
        assertThat(drill.at("/figures/detectMillis").isNull()).isTrue();
        assertThat(drill.at("/before/answers/recommendation").longValue()).isEqualTo(50);
        assertThat(drill.at("/seconds/0/p99Millis").doubleValue()).isEqualTo(12.5);
    }

    @Test
    void continuous_integration_sees_each_drill_as_a_test() throws Exception {
        ReportFiles.write(
                report(
                        drill("server-killed", Result.HELD, null, "seen"),
                        drill("server-hung", Result.NOT_HELD, null, "a <tag> & \u0000 a null"),
                        drill("zone-lost", Result.FAILED, "AWS refused", "seen"),
                        DrillReport.skipped("dependency-slow", "t", "w", "f", "not here")),
                folder);

        Document xml = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(
                        Files.readString(folder.resolve(ReportFiles.JUNIT)).getBytes(StandardCharsets.UTF_8)));
        Element suite = (Element) xml.getElementsByTagName("testsuite").item(0);
        assertThat(List.of("name", "tests", "failures", "errors", "skipped").stream()
                        .map(suite::getAttribute))
                .containsExactly("resilient", "4", "1", "1", "1");
        assertThat(xml.getElementsByTagName("testcase").getLength()).isEqualTo(4);
        Element failure = (Element) xml.getElementsByTagName("failure").item(0);
        assertThat(failure.getTextContent()).isEqualTo("the claim: a <tag> & ? a null");
        assertThat(((Element) failure.getParentNode()).getAttribute("name")).isEqualTo("server-hung");
        assertThat(((Element) xml.getElementsByTagName("error").item(0)).getAttribute("message"))
                .isEqualTo("AWS refused");
        assertThat(((Element) xml.getElementsByTagName("skipped").item(0)).getAttribute("message"))
                .isEqualTo("not here");
    }

    @Test
    void a_summary_says_the_verdict_first_and_what_was_not_met() throws Exception {
        ReportFiles.write(
                report(
                        drill("server-killed", Result.HELD, null, "seen"),
                        drill("server-hung", Result.NOT_HELD, null, "nothing"),
                        DrillReport.skipped("dependency-slow", "t", "w", "f", "not here")),
                folder);

        String summary = Files.readString(folder.resolve(ReportFiles.MARKDOWN));
        assertThat(summary)
                .contains("**1 of 2 drills held**, 1 skipped.")
                .contains("| server-killed | held | 99.99 % | 0 | 2 | 13 ms | - | 0.0 s | 1.5 s |")
                .contains("- **server-hung** not met: the claim (nothing)")
                .contains("- **dependency-slow** skipped: not here");
    }

    @Test
    void two_configurations_are_put_side_by_side() throws Exception {
        ConfigurationReport one = configuration("fragile", drill("zone-lost", Result.HELD, null, "seen"));
        ConfigurationReport other = configuration("resilient", drill("zone-lost", Result.HELD, null, "seen"));
        ReportFiles.write(
                DrillsReport.of(surroundings(), Duration.ofSeconds(9), List.of(one, other), List.of()), folder);

        assertThat(Files.readString(folder.resolve(ReportFiles.MARKDOWN)))
                .contains("| drill | fragile: served | errors | p99 | errors until | resilient: served |")
                .contains("| zone-lost | 99.99 % | 0 | 13 ms | 0.0 s | 99.99 % | 0 | 13 ms | 0.0 s |");
    }

    @Test
    void what_is_left_over_is_not_held() {
        ConfigurationReport fine = configuration("resilient", drill("zone-lost", Result.HELD, null, "seen"));
        assertThat(DrillsReport.of(surroundings(), Duration.ZERO, List.of(fine), List.of("a table"))
                        .held())
                .isFalse();
    }

    private static DrillsReport report(DrillReport... drills) {
        return DrillsReport.of(
                surroundings(), Duration.ofSeconds(9), List.of(configuration("resilient", drills)), List.of());
    }

    private static ConfigurationReport configuration(String name, DrillReport... drills) {
        return new ConfigurationReport(name, "All of it.", Map.of("zones", "3"), true, List.of(drills));
    }

    private static SurroundingsReport surroundings() {
        return new SurroundingsReport(
                "shop", "local", "us-west-2", 10, null, 7, "2026-01-01T12:00:00Z", 50, 3_000, "25", "Linux amd64", 2);
    }

    private static DrillReport drill(String id, Result result, String reason, String observed) {
        return new DrillReport(
                id,
                "A title",
                "A reason",
                "A fault",
                result,
                reason,
                12_345,
                2_000L,
                10_000L,
                List.of(new ExpectationReport("the claim", result == Result.HELD, observed, 5_000)),
                new FiguresReport(
                        500, 0.99996, 0, 2, 1, 12.6, null, null, 0, 0, 1_500L, List.of("i-1"), List.of(), 0.0),
                WINDOW,
                WINDOW,
                WINDOW,
                List.of(new SecondReport(0, Map.of(), Map.of(), Map.of(), 1, 12.5, 20)),
                List.of(),
                List.of(new MomentReport(2_000, "fault", "A fault")),
                new LoadReport(50, 600, 3, 0, 1, 2, false));
    }
}

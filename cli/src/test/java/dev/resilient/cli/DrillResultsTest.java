package dev.resilient.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.cli.terminal.Paper;
import dev.resilient.scenario.drill.report.ConfigurationReport;
import dev.resilient.scenario.drill.report.DrillReport;
import dev.resilient.scenario.drill.report.DrillReport.Result;
import dev.resilient.scenario.drill.report.DrillsReport;
import dev.resilient.scenario.drill.report.FiguresReport;
import dev.resilient.scenario.drill.report.LatencyReport;
import dev.resilient.scenario.drill.report.LoadReport;
import dev.resilient.scenario.drill.report.ReportFiles;
import dev.resilient.scenario.drill.report.SurroundingsReport;
import dev.resilient.scenario.drill.report.WindowReport;
import dev.resilient.scenario.report.ExpectationReport;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrillResultsTest {
    private static final WindowReport WINDOW = new WindowReport(0, 0, 0, 1, Map.of(), new LatencyReport(0, 0, 0, 0, 0));

    private final Paper paper = Paper.plain();
    private final StringWriter out = new StringWriter();

    @Test
    void the_verdict_comes_first_and_then_the_figures() {
        results().tell(report(configuration("resilient", held("server-hung"), skipped())), Optional.empty());
        assertThat(paper.lines())
                .containsSubsequence(
                        "Every drill held: 1. Skipped: 1. (9.0 s)",
                        "  ok     server-hung            92.50 %     40       3  3004 ms   11.5 s    2.0 s",
                        "  -      dependency-slow        skipped");
        assertThat(paper.lines()).filteredOn(line -> !line.startsWith("-")).allMatch(line -> line.length() <= 82);
    }

    @Test
    void what_was_not_met_is_told_under_its_drill() {
        results().tell(report(configuration("resilient", broken("zone-lost"))), Optional.empty());
        assertThat(paper.text())
                .contains("1 of 1 drills did not hold.")
                .contains("FAILED zone-lost")
                .contains("not met: nobody notices (somebody did)");
    }

    @Test
    void a_comparison_puts_the_configurations_side_by_side() {
        results()
                .tell(
                        report(
                                configuration("fragile", broken("zone-lost")),
                                configuration("resilient", held("zone-lost"))),
                        Optional.empty());
        assertThat(paper.text())
                .contains("What the remedies are worth (9.0 s)")
                .contains("zone-lost              92.50%     40  3004  11.9s  92.50%     40  3004  11.9s");
    }

    @Test
    void the_seed_is_told_without_a_report_too() {
        results().tell(report(configuration("resilient", held("server-hung"))), Optional.empty());
        assertThat(paper.lines()).endsWith("Chance, such as which instance a fault strikes, had the seed 7.");
    }

    @Test
    void a_generator_that_was_the_limit_is_told() {
        DrillReport late = drill("zone-lost", Result.HELD, true, new LoadReport(50, 500, 3, 0, 30, 400, true));
        results().tell(report(configuration("resilient", late)), Optional.empty());
        assertThat(paper.text()).contains("In 1 of 1 drills the load generator was the limit");
    }

    @Test
    void json_is_the_report_alone_and_files_are_written(@TempDir Path folder) {
        DrillsReport report = report(configuration("resilient", held("server-hung")));
        results("--json").tell(report, Optional.of(folder));
        assertThat(out.toString()).isEqualTo(ReportFiles.toJson(report));
        assertThat(folder.resolve("report.json")).hasContent(ReportFiles.toJson(report));
        assertThat(folder.resolve("summary.md")).exists();
        assertThat(folder.resolve("junit.xml")).exists();
    }

    private DrillResults results(String... arguments) {
        return new DrillResults(Options.of(out, arguments), paper.page());
    }

    private static DrillsReport report(ConfigurationReport... configurations) {
        return DrillsReport.of(
                new SurroundingsReport(
                        "shop",
                        "local",
                        "us-west-2",
                        10,
                        null,
                        7,
                        "2026-01-01T12:00:00Z",
                        50,
                        3_000,
                        "25",
                        "Linux amd64",
                        2),
                Duration.ofSeconds(9),
                List.of(configurations),
                List.of());
    }

    @Test
    void the_share_that_a_black_hole_swallows_is_a_figure_of_its_own_beside_that_of_each_cure() {
        results()
                .tellReplacements(
                        report(configuration("manual", held("one-bad"), held("black-hole"))), Optional.empty());
        assertThat(paper.lines())
                .containsSequence(
                        "  Requests that one of three instances swallows when it fails at once",
                        "  black-hole           82.5%  title");
        assertThat(paper.text()).doesNotContain("one-bad              82.5%");
    }

    private static ConfigurationReport configuration(String name, DrillReport... drills) {
        return new ConfigurationReport(name, "All of it.", Map.of(), true, List.of(drills));
    }

    private static DrillReport held(String id) {
        return drill(id, Result.HELD, true, new LoadReport(50, 500, 3, 0, 1, 2, false));
    }

    private static DrillReport broken(String id) {
        return drill(id, Result.NOT_HELD, false, new LoadReport(50, 500, 3, 0, 1, 2, false));
    }

    private static DrillReport skipped() {
        return DrillReport.skipped("dependency-slow", "title", "why", "fault", "not here");
    }

    private static DrillReport drill(String id, Result result, boolean held, LoadReport load) {
        return new DrillReport(
                id,
                "title",
                "why",
                "fault",
                result,
                null,
                20_000,
                2_000L,
                15_000L,
                List.of(new ExpectationReport("nobody notices", held, "somebody did", 5_000)),
                new FiguresReport(
                        533, 0.92505, 40, 3, 1, 3_004, 11_500L, 2_000L, 11_800, 11_900, 2_000L, List.of(), List.of(),
                        0.8245),
                WINDOW,
                WINDOW,
                WINDOW,
                List.of(),
                List.of(),
                List.of(),
                load);
    }
}

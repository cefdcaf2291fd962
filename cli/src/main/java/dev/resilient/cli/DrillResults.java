package dev.resilient.cli;

import dev.resilient.cli.report.HtmlReport;
import dev.resilient.cli.target.EnvironmentRefused;
import dev.resilient.cli.terminal.Page;
import dev.resilient.scenario.drill.report.ConfigurationReport;
import dev.resilient.scenario.drill.report.DrillReport;
import dev.resilient.scenario.drill.report.DrillReport.Result;
import dev.resilient.scenario.drill.report.DrillsReport;
import dev.resilient.scenario.drill.report.FiguresReport;
import dev.resilient.scenario.drill.report.FiguresText;
import dev.resilient.scenario.drill.report.ReportFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Tells what drills found: in words and tables that fit into 80 columns, as files, as JSON on standard output. */
final class DrillResults {
    private static final String NO_DRILL = " ".repeat(21);

    private final ScenarioOptions options;
    private final Page page;

    DrillResults(ScenarioOptions options, Page page) {
        this.options = options;
        this.page = page;
    }

    void tell(DrillsReport report, Optional<Path> folder) {
        begin(verdict(report));
        if (report.configurations().size() == 1) {
            table(report.configurations().getFirst());
        } else {
            comparison(report.configurations());
        }
        finish(report, folder);
    }

    /** The same for drills about who replaces instances. */
    void tellReplacements(DrillsReport report, Optional<Path> folder) {
        String verdict = report.held()
                ? page.style().good("Every claim held.")
                : page.style().bad("Not every claim held.");
        begin(verdict + " (" + Page.seconds(Duration.ofMillis(report.durationMillis())) + ")");
        new ReplacementTable(page).print(report.configurations());
        finish(report, folder);
    }

    private void begin(String verdict) {
        page.gap();
        page.line(page.style().rule(page.width()));
        page.line(verdict);
        page.gap();
    }

    private void finish(DrillsReport report, Optional<Path> folder) {
        report.leftovers().forEach(left -> page.line("  " + page.style().failed() + " left over: " + left));
        warn(report);
        page.gap();
        page.line(page.style()
                .faint("Chance, such as which instance a fault strikes, had the seed "
                        + report.surroundings().seed() + "."));
        if (options.json()) {
            options.out().print(ReportFiles.toJson(report));
        }
        folder.ifPresent(path -> write(report, path));
    }

    /** Latencies are right however late the generator is, but the service has had it easier than it should. */
    private void warn(DrillsReport report) {
        List<DrillReport> all = report.configurations().stream()
                .flatMap(configuration -> configuration.drills().stream())
                .toList();
        List<DrillReport> late =
                all.stream().filter(drill -> drill.load().wasLimit()).toList();
        if (!late.isEmpty()) {
            long most = late.stream()
                    .mapToLong(drill -> Math.round(drill.load().lateMaxMillis()))
                    .max()
                    .orElse(0);
            page.gap();
            page.paragraph(
                    2,
                    page.style()
                                    .notable("In %d of %d drills the load generator was the limit"
                                            .formatted(late.size(), all.size()))
                            + ", since this machine is busy or the rate too high: it began requests up to "
                            + FiguresText.seconds(most)
                            + " late. What users waited counts from when their requests were due all the same.");
        }
    }

    private String verdict(DrillsReport report) {
        String took = " (" + Page.seconds(Duration.ofMillis(report.durationMillis())) + ")";
        if (report.configurations().size() > 1) {
            return page.style().bold("What the remedies are worth") + took;
        }
        List<DrillReport> drills = report.configurations().getFirst().drills();
        long played = drills.stream()
                .filter(drill -> drill.result() != Result.SKIPPED)
                .count();
        long held =
                drills.stream().filter(drill -> drill.result() == Result.HELD).count();
        String text = held == played
                ? page.style().good("Every drill held: " + held + ".")
                : page.style().bad((played - held) + " of " + played + " drills did not hold.");
        return text + (played == drills.size() ? "" : " Skipped: " + (drills.size() - played) + ".") + took;
    }

    private void table(ConfigurationReport configuration) {
        page.line(page.style()
                .faint(String.format(
                        Locale.ROOT,
                        "  %s %-20s %9s %6s %7s %8s %8s %8s",
                        " ".repeat(markWidth()),
                        "",
                        "served",
                        "errors",
                        "static",
                        "p99",
                        "noticed",
                        "steady")));
        configuration.drills().forEach(this::row);
    }

    private void row(DrillReport drill) {
        FiguresReport figures = drill.figures();
        page.line(
                drill.result() == Result.SKIPPED
                        ? String.format("  %-" + markWidth() + "s %-20s   skipped", "-", drill.id())
                        : "  " + mark(drill)
                                + String.format(
                                        Locale.ROOT,
                                        " %-20s %9s %6d %7d %5.0f ms %8s %8s",
                                        drill.id(),
                                        FiguresText.percent(figures.availability()),
                                        figures.errors(),
                                        figures.degraded(),
                                        figures.p99Millis(),
                                        FiguresText.orNone(figures.detectMillis()),
                                        FiguresText.orNone(figures.steadyMillis())));
        if (drill.reason() != null) {
            page.paragraph(4, drill.reason());
        }
        drill.expectations().stream()
                .filter(expectation -> !expectation.held())
                .forEach(expectation ->
                        page.paragraph(4, "not met: " + expectation.text() + " (" + expectation.observed() + ")"));
    }

    private String mark(DrillReport drill) {
        boolean held = drill.result() == Result.HELD;
        String mark = held ? page.style().held() : page.style().failed();
        return page.style().unicode() ? mark : String.format("%-6s", mark);
    }

    private int markWidth() {
        return page.style().unicode() ? 1 : 6;
    }

    /** Configurations side by side, drill by drill. */
    private void comparison(List<ConfigurationReport> configurations) {
        configurations.forEach(each -> page.paragraph(String.format("  %-10s", each.name()), 12, each.description()));
        page.gap();
        StringBuilder names = new StringBuilder(NO_DRILL);
        StringBuilder columns = new StringBuilder(NO_DRILL);
        for (ConfigurationReport configuration : configurations) {
            names.append(String.format("  %-27s", configuration.name()));
            columns.append(String.format(" %7s %6s %5s %6s", "served", "errors", "p99", "for"));
        }
        page.line(page.style().bold(names.toString().stripTrailing()));
        page.line(page.style().faint(columns.toString()));
        for (DrillReport drill : configurations.getFirst().drills()) {
            StringBuilder line = new StringBuilder(String.format("%-21s", drill.id()));
            configurations.forEach(configuration -> line.append(configuration.drills().stream()
                    .filter(other -> other.id().equals(drill.id()))
                    .findFirst()
                    .map(DrillResults::cells)
                    .orElse("")));
            page.line(line.toString());
        }
        page.gap();
        page.paragraph(
                0,
                page.style()
                        .faint("served: of all requests since the fault; p99: in ms; for: how long after the fault the"
                                + " last request failed."));
    }

    private static String cells(DrillReport drill) {
        FiguresReport figures = drill.figures();
        return drill.result() == Result.SKIPPED
                ? String.format("  %-27s", "skipped")
                : String.format(
                        Locale.ROOT,
                        " %7s %6d %5.0f %6s",
                        FiguresText.percent(figures.availability()).replace(" ", ""),
                        figures.errors(),
                        figures.p99Millis(),
                        figures.errors() == 0
                                ? "-"
                                : FiguresText.seconds(figures.recoverMillis()).replace(" ", ""));
    }

    private void write(DrillsReport report, Path folder) {
        try {
            ReportFiles.write(report, folder);
            page.line("Report: " + HtmlReport.write(report, folder));
        } catch (IOException failure) {
            throw EnvironmentRefused.because("Cannot write the report into " + folder, failure);
        }
    }
}

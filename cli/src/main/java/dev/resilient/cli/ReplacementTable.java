package dev.resilient.cli;

import dev.resilient.cli.terminal.Page;
import dev.resilient.scenario.drill.report.ConfigurationReport;
import dev.resilient.scenario.drill.report.DrillReport;
import dev.resilient.scenario.drill.report.DrillReport.Result;
import dev.resilient.scenario.drill.report.FiguresText;
import dev.resilient.scenario.drill.report.ReplacementFigures;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Who replaced what: a row for each fault, a column for each strategy. */
final class ReplacementTable {
    private static final int CELL = 20;
    private final Page page;

    ReplacementTable(Page page) {
        this.page = page;
    }

    void print(List<ConfigurationReport> strategies) {
        strategies.forEach(each -> page.paragraph(String.format("  %-10s", each.name()), 12, each.description()));
        page.gap();
        StringBuilder heading = new StringBuilder(String.format("  %-18s", ""));
        StringBuilder columns = new StringBuilder(String.format("  %-18s", ""));
        for (ConfigurationReport strategy : strategies) {
            heading.append(String.format(" %-" + CELL + "s", strategy.name()));
            columns.append(String.format(" %7s %4s %7s", "served", "lost", "strong"));
        }
        page.line(page.style().bold(heading.toString().stripTrailing()));
        page.line(page.style().faint(columns.toString()));
        strategies.stream()
                .flatMap(strategy -> strategy.drills().stream())
                .map(DrillReport::id)
                .distinct()
                .forEach(id -> row(id, strategies));
        page.gap();
        page.line(page.style().faint("  lost: instances that the group, or a guard, chose to replace"));
        page.line(page.style().faint("  strong: how long after the fault all three targets were healthy again; - not"));
        page.line(page.style().faint("          before somebody came"));
        shares(strategies);
        strategies.forEach(this::notMet);
    }

    /** Before and after each cure. */
    private void shares(List<ConfigurationReport> strategies) {
        List<DrillReport> drills = strategies.stream()
                .flatMap(strategy -> strategy.drills().stream())
                .filter(drill -> ReplacementFigures.of(drill).swallowed() != null)
                .toList();
        if (drills.isEmpty()) {
            return;
        }
        page.gap();
        page.line(page.style().bold("  Requests that one of three instances swallows when it fails at once"));
        for (DrillReport drill : drills) {
            page.line(String.format("  %-18s %7s  %s", drill.id(), share(drill), drill.title()));
        }
    }

    private static String share(DrillReport drill) {
        Double swallowed = ReplacementFigures.of(drill).swallowed();
        return swallowed == null ? "-" : String.format(Locale.ROOT, "%.1f%%", swallowed * 100);
    }

    private void row(String id, List<ConfigurationReport> strategies) {
        StringBuilder line = new StringBuilder(String.format("  %-18s", id));
        for (ConfigurationReport strategy : strategies) {
            Optional<DrillReport> drill = strategy.drills().stream()
                    .filter(each -> each.id().equals(id))
                    .findFirst();
            line.append(drill.map(ReplacementTable::cell).orElse(" ".repeat(CELL + 1)));
        }
        page.line(line.toString().stripTrailing());
    }

    private static String cell(DrillReport drill) {
        if (drill.result() == Result.SKIPPED) {
            return String.format(" %-" + CELL + "s", "skipped");
        }
        ReplacementFigures figures = ReplacementFigures.of(drill);
        Long strength = figures.strengthMillis();
        return String.format(
                Locale.ROOT,
                " %7s %4d %7s",
                shortPercent(drill.figures().availability()),
                figures.replaced().size(),
                strength == null ? "-" : FiguresText.seconds(strength));
    }

    private static String shortPercent(double share) {
        return String.format(Locale.ROOT, "%.1f%%", Math.floor(share * 1_000) / 10);
    }

    private void notMet(ConfigurationReport strategy) {
        for (DrillReport drill : strategy.drills()) {
            String reason = drill.reason();
            if (reason != null) {
                page.paragraph(2, strategy.name() + ", " + drill.id() + ": " + reason);
            }
            drill.expectations().stream()
                    .filter(expectation -> !expectation.held())
                    .forEach(expectation -> page.paragraph(
                            2,
                            strategy.name() + ", " + drill.id() + ", not met: " + expectation.text() + " ("
                                    + expectation.observed() + ")"));
        }
    }
}

package dev.resilient.scenario.drill.report;

import dev.resilient.scenario.drill.report.DrillReport.Result;
import dev.resilient.scenario.report.ExpectationReport;
import java.util.List;
import java.util.Locale;

/** A report as Markdown, short enough for the description of a change. */
final class MarkdownSummary {
    private MarkdownSummary() {}

    static String of(DrillsReport report) {
        StringBuilder text = new StringBuilder("# Drills\n\n");
        text.append(verdict(report)).append("\n\n");
        if (report.configurations().size() > 1) {
            text.append(comparison(report.configurations())).append('\n');
        }
        report.configurations().forEach(configuration -> append(text, configuration));
        SurroundingsReport where = report.surroundings();
        text.append(String.format(
                Locale.ROOT,
                "%s in %s (%s), pace %s, seed %d, %s requests/s, %s; Java %s, %d cores.%n",
                where.deployment(),
                where.region(),
                where.target(),
                number(where.pace()),
                where.seed(),
                number(where.requestsPerSecond()),
                where.startedAt(),
                where.java(),
                where.cores()));
        return text.toString();
    }

    private static String verdict(DrillsReport report) {
        List<DrillReport> drills = report.configurations().stream()
                .flatMap(configuration -> configuration.drills().stream())
                .toList();
        long held = count(drills, Result.HELD);
        long skipped = count(drills, Result.SKIPPED);
        return "**%d of %d drills held**%s%s"
                .formatted(
                        held,
                        drills.size() - skipped,
                        skipped == 0 ? "" : ", %d skipped".formatted(skipped),
                        report.leftovers().isEmpty() ? "." : "; left over: " + String.join(", ", report.leftovers()));
    }

    private static void append(StringBuilder text, ConfigurationReport configuration) {
        text.append("## ").append(configuration.name()).append("\n\n");
        text.append(configuration.description()).append("\n\n");
        text.append("| drill | verdict | served | errors | degraded | p99 | noticed | errors until | steady again |\n");
        text.append("|---|---|---|---|---|---|---|---|---|\n");
        configuration.drills().forEach(drill -> text.append(row(drill)));
        text.append('\n');
        configuration.drills().forEach(drill -> appendUnmet(text, drill));
    }

    private static String row(DrillReport drill) {
        FiguresReport figures = drill.figures();
        if (drill.result() == Result.SKIPPED) {
            return "| %s | skipped | | | | | | | |\n".formatted(drill.id());
        }
        return "| %s | %s | %s | %d | %d | %.0f ms | %s | %s | %s |\n"
                .formatted(
                        drill.id(),
                        word(drill.result()),
                        FiguresText.percent(figures.availability()),
                        figures.errors(),
                        figures.degraded(),
                        figures.p99Millis(),
                        FiguresText.orNone(figures.detectMillis()),
                        FiguresText.seconds(figures.recoverMillis()),
                        FiguresText.orNone(figures.steadyMillis()));
    }

    private static void appendUnmet(StringBuilder text, DrillReport drill) {
        if (drill.reason() != null) {
            text.append("- **%s** %s: %s%n".formatted(drill.id(), word(drill.result()), drill.reason()));
        }
        for (ExpectationReport expectation : drill.expectations()) {
            if (!expectation.held()) {
                text.append("- **%s** not met: %s (%s)%n"
                        .formatted(drill.id(), expectation.text(), expectation.observed()));
            }
        }
        if (drill.load().wasLimit()) {
            text.append("- **%s**: the load generator was the limit%n".formatted(drill.id()));
        }
    }

    private static String comparison(List<ConfigurationReport> configurations) {
        StringBuilder text = new StringBuilder("| drill |");
        configurations.forEach(
                each -> text.append(" %s: served | errors | p99 | errors until |".formatted(each.name())));
        text.append("\n|---|")
                .append("---|---|---|---|".repeat(configurations.size()))
                .append('\n');
        for (DrillReport drill : configurations.getFirst().drills()) {
            text.append("| ").append(drill.id()).append(" |");
            for (ConfigurationReport configuration : configurations) {
                configuration.drills().stream()
                        .filter(other -> other.id().equals(drill.id()))
                        .findFirst()
                        .ifPresent(other -> text.append(cells(other)));
            }
            text.append('\n');
        }
        return text.toString();
    }

    private static String cells(DrillReport drill) {
        FiguresReport figures = drill.figures();
        return drill.result() == Result.SKIPPED
                ? " skipped | | | |"
                : " %s | %d | %.0f ms | %s |"
                        .formatted(
                                FiguresText.percent(figures.availability()),
                                figures.errors(),
                                figures.p99Millis(),
                                FiguresText.seconds(figures.recoverMillis()));
    }

    private static String word(Result result) {
        return result.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static long count(List<DrillReport> drills, Result result) {
        return drills.stream().filter(drill -> drill.result() == result).count();
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString(Math.round(value)) : Double.toString(value);
    }
}

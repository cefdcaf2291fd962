package dev.resilient.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.resilient.cli.target.EnvironmentRefused;
import dev.resilient.cli.terminal.Page;
import dev.resilient.scenario.Status;
import dev.resilient.scenario.guard.Guarding;
import dev.resilient.scenario.guard.Heartbeat;
import dev.resilient.scenario.observe.TargetSeen;
import dev.resilient.scenario.report.PhaseReport;
import dev.resilient.scenario.report.RunReport;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells the result of a command: in words, as a report on disk, as JSON on standard output. */
final class Results {
    private final ScenarioOptions options;
    private final Page page;

    Results(ScenarioOptions options, Page page) {
        this.options = options;
        this.page = page;
    }

    void tell(RunReport report, Optional<Path> folder) {
        page.gap();
        page.line(page.style().rule(page.width()));
        int longest = report.phases().stream()
                .mapToInt(phase -> phase.title().length())
                .max()
                .orElse(0);
        int longestTime = report.phases().stream()
                .mapToInt(phase -> took(phase).length())
                .max()
                .orElse(0);
        report.phases().forEach(phase -> tell(phase, longest + 2, longestTime + 2));
        report.leftovers().forEach(left -> page.line("  " + page.style().failed() + " left over: " + left));
        page.gap();
        page.line(verdict(report));
        if (options.json()) {
            options.out().print(report.toJson());
        }
        folder.ifPresent(path -> write(report, path));
    }

    void tell(URI endpoint) {
        page.gap();
        page.line("Try it:  curl " + endpoint);
        page.paragraph("Then:    ", 9, "resilient demo, resilient status, resilient destroy");
        if (options.json()) {
            options.out().println(json(Map.of("endpoint", endpoint.toString())));
        }
    }

    void tell(Status status) {
        if (options.json()) {
            Map<String, Object> values = new LinkedHashMap<>();
            values.put("endpoint", status.endpoint().map(URI::toString).orElse(""));
            values.put("existing", status.existing());
            values.put(
                    "targets",
                    status.targets().stream().map(TargetSeen::summary).toList());
            values.put(
                    "heartbeats",
                    status.heartbeats().stream().map(Heartbeat::summary).toList());
            values.put("activities", status.activities());
            values.put("replacement", status.guarding().replacement().wireName());
            values.put("alarm", status.guarding().alarm().orElse(""));
            options.out().println(json(values));
            return;
        }
        if (!status.isDeployed()) {
            page.line("Nothing is deployed.");
            return;
        }
        status.endpoint()
                .ifPresent(endpoint ->
                        page.line("The service is at " + page.style().bold(endpoint.toString())));
        status.existing().forEach(resource -> page.paragraph("  ", 4, resource));
        status.targets().forEach(target -> page.paragraph("  ", 4, "target " + target.summary()));
        tell(status.guarding());
        list(
                "What the servers said of themselves last:",
                status.heartbeats().stream().map(Heartbeat::summary).toList());
        list("What the Auto Scaling group did last:", status.activities());
    }

    private void list(String title, List<String> lines) {
        if (!lines.isEmpty()) {
            page.line(title);
            lines.forEach(line -> page.paragraph("  ", 4, line));
        }
    }

    private void tell(Guarding guarding) {
        page.paragraph(
                0, guarding.summary() + " (--replace " + guarding.replacement().wireName() + ").");
        guarding.alarm().ifPresent(alarm -> page.paragraph("  " + page.style().bad("alarm") + "  ", 9, alarm));
    }

    void tellLeftovers(List<String> leftovers) {
        page.gap();
        page.line(leftovers.isEmpty() ? "Nothing is left." : "Left, see above: " + leftovers.size() + ".");
        if (options.json()) {
            options.out().println(json(Map.of("leftovers", leftovers)));
        }
    }

    private void tell(PhaseReport phase, int titleWidth, int timeWidth) {
        String mark = phase.held() ? page.style().held() : page.style().failed();
        String title = phase.title() + " ".repeat(titleWidth - phase.title().length());
        page.columns(
                "  " + mark + " ",
                4,
                title + page.style().faint(took(phase)),
                titleWidth + timeWidth,
                page.style().faint(counts(phase)));
    }

    private static String took(PhaseReport phase) {
        return Page.seconds(Duration.ofMillis(phase.durationMillis()));
    }

    private static String counts(PhaseReport phase) {
        return phase.responses().entrySet().stream()
                .filter(count -> count.getValue() > 0)
                .map(count -> count.getValue() + Page.HARD_SPACE + count.getKey())
                .reduce((left, right) -> left + ", " + right)
                .orElse("no requests");
    }

    private String verdict(RunReport report) {
        long failed = report.phases().stream().filter(phase -> !phase.held()).count();
        String took = " (" + Page.seconds(Duration.ofMillis(report.durationMillis())) + ")";
        if (failed > 0) {
            return page.style().bad(failed + " of " + report.phases().size() + " phases did not hold.") + took;
        }
        return report.held()
                ? page.style().good("Every claim held.") + took
                : page.style().bad("Every claim held, but something is left.") + took;
    }

    private void write(RunReport report, Path folder) {
        try {
            page.line("Report: " + report.writeTo(folder));
        } catch (IOException failure) {
            throw EnvironmentRefused.because("Cannot write the report into " + folder, failure);
        }
    }

    private static String json(Map<String, ?> value) {
        try {
            return new ObjectMapper().writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("text and lists are JSON", impossible);
        }
    }
}

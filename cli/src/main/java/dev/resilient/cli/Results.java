package dev.resilient.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.resilient.cli.target.EnvironmentRefused;
import dev.resilient.cli.terminal.Page;
import dev.resilient.scenario.Status;
import dev.resilient.scenario.observe.TargetSeen;
import dev.resilient.scenario.report.PhaseReport;
import dev.resilient.scenario.report.RunReport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Tells the result of a command: in words, as a report on disk, as JSON. */
final class Results {
    private static final int TITLE_WIDTH = 32;

    private final ScenarioOptions options;
    private final Page page;

    Results(ScenarioOptions options, Page page) {
        this.options = options;
        this.page = page;
    }

    void tell(RunReport report) {
        page.gap();
        page.line(page.style().rule(page.width()));
        report.phases().forEach(this::tell);
        report.leftovers().forEach(left -> page.line("  " + page.style().failed() + " left over: " + left));
        page.gap();
        page.line(verdict(report));
        options.report().ifPresent(folder -> write(report, folder));
        if (options.json()) {
            System.out.print(report.toJson());
        }
    }

    void tell(Status status) {
        if (options.json()) {
            System.out.println(json(Map.of(
                    "endpoint", status.endpoint().map(Object::toString).orElse(""),
                    "existing", status.existing(),
                    "targets",
                            status.targets().stream().map(TargetSeen::summary).toList())));
            return;
        }
        if (!status.isDeployed()) {
            page.line("Nothing is deployed.");
            return;
        }
        status.endpoint()
                .ifPresent(endpoint ->
                        page.line("The service is at " + page.style().bold(endpoint.toString())));
        status.existing().forEach(resource -> page.line("  " + resource));
        status.targets().forEach(target -> page.line("  target " + target.summary()));
    }

    void tellLeftovers(List<String> leftovers) {
        page.gap();
        page.line(leftovers.isEmpty() ? "Nothing is left." : leftovers.size() + " things are left; see above.");
        if (options.json()) {
            System.out.println(json(Map.of("leftovers", leftovers)));
        }
    }

    private void tell(PhaseReport phase) {
        String mark = phase.held() ? page.style().held() : page.style().failed();
        String padding = " ".repeat(Math.max(1, TITLE_WIDTH - phase.title().length()));
        page.line("  " + mark + " " + phase.title() + padding
                + page.style().faint(Page.seconds(Duration.ofMillis(phase.durationMillis())) + "  " + counts(phase)));
    }

    private static String counts(PhaseReport phase) {
        return phase.responses().entrySet().stream()
                .filter(count -> count.getValue() > 0)
                .map(count -> count.getValue() + " " + count.getKey())
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
            throw new EnvironmentRefused(
                    "Cannot write the report into " + folder + ": " + failure.getMessage(), failure);
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

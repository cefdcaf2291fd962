package dev.resilient.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.resilient.cli.target.EnvironmentRefused;
import dev.resilient.cli.terminal.Paper;
import dev.resilient.scenario.Status;
import dev.resilient.scenario.guard.Guarding;
import dev.resilient.scenario.guard.Guarding.Tenure;
import dev.resilient.scenario.guard.Heartbeat;
import dev.resilient.scenario.guard.OwnView;
import dev.resilient.scenario.observe.TargetSeen;
import dev.resilient.scenario.report.PhaseReport;
import dev.resilient.scenario.report.RunReport;
import dev.resilient.scenario.resource.Replacement;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthStateEnum;

class ResultsTest {
    private static final URI ENDPOINT = URI.create("http://127.31.0.5:8080/");
    private static final TargetSeen TARGET =
            new TargetSeen("i-1", 8080, TargetHealthStateEnum.HEALTHY, Optional.empty(), Optional.empty());

    private final Paper paper = Paper.plain();
    private final StringWriter out = new StringWriter();

    @Test
    void a_run_that_held_is_told_phase_by_phase() {
        results().tell(report(true, List.of()), Optional.empty());
        assertThat(paper.lines())
                .containsExactly(
                        "",
                        "-".repeat(100),
                        "  ok All is well        1.5 s  12 recommendation, 3 error",
                        "  ok Nothing was asked  0.0 s  no requests",
                        "",
                        "Every claim held. (2 min 5 s)");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void what_users_got_stays_in_its_column_when_it_is_more_than_a_line() {
        Map<String, Long> many = new LinkedHashMap<>();
        many.put("recommendation", 158L);
        many.put("static", 909L);
        many.put("error", 8L);
        results()
                .tell(
                        RunReport.of(
                                new RunReport.Subject("shop", "local", 10),
                                Duration.ofSeconds(30),
                                List.of(
                                        phase("All targets are unhealthy, and the service goes on", 1_500, Map.of()),
                                        phase("The group replaces instances for nothing", 28_900, many)),
                                List.of()),
                        Optional.empty());
        assertThat(paper.lines())
                .contains(
                        "  ok All targets are unhealthy, and the service goes on  1.5 s   no requests",
                        "  ok The group replaces instances for nothing            28.9 s  158 recommendation, 909 static,",
                        " ".repeat(64) + "8 error");
    }

    private static PhaseReport phase(String title, int millis, Map<String, Long> responses) {
        return new PhaseReport("phase", title, true, millis, List.of(), responses);
    }

    @Test
    void a_phase_that_did_not_hold_is_counted() {
        results().tell(report(false, List.of()), Optional.empty());
        assertThat(paper.text()).contains("  FAILED All is well").contains("1 of 2 phases did not hold. (2 min 5 s)");
    }

    @Test
    void what_is_left_is_named_and_spoils_the_verdict() {
        results().tell(report(true, List.of("role shop")), Optional.empty());
        assertThat(paper.text()).contains("  FAILED left over: role shop", "but something is left");
    }

    @Test
    void json_is_the_report_alone() throws JsonProcessingException {
        RunReport report = report(true, List.of());
        results("--json").tell(report, Optional.empty());
        assertThat(out.toString()).isEqualTo(report.toJson());
        assertThat(json().path("held").booleanValue()).isTrue();
        assertThat(paper.text()).contains("Every claim held.");
    }

    @Test
    void the_report_is_written_into_its_folder(@TempDir Path folder) throws IOException {
        RunReport report = report(true, List.of());
        Path deep = folder.resolve("a/b c");
        results().tell(report, Optional.of(deep));
        assertThat(deep.resolve("report.json")).hasContent(report.toJson());
        assertThat(paper.lines()).last().isEqualTo("Report: " + deep.resolve("report.json"));
    }

    @Test
    void a_report_that_cannot_be_written_is_refused_after_the_json_was_printed(@TempDir Path folder)
            throws IOException {
        Path file = Files.createFile(folder.resolve("taken"));
        RunReport report = report(true, List.of());
        assertThatExceptionOfType(EnvironmentRefused.class)
                .isThrownBy(() -> results("--json").tell(report, Optional.of(file)))
                .withMessage("Cannot write the report into " + file + ": " + file + " is a file.");
        assertThat(out.toString()).isEqualTo(report.toJson());
    }

    private static final OwnView OWN = new OwnView(
            "1",
            Optional.of(Instant.parse("2026-11-27T10:00:00.123Z")),
            Optional.of("half_open"),
            Optional.of(Duration.ofMillis(4_200)),
            Optional.empty());

    @Test
    void a_status_names_the_endpoint_the_resources_and_the_targets() {
        results()
                .tell(new Status(
                        Optional.of(ENDPOINT),
                        List.of("role shop"),
                        List.of(TARGET),
                        List.of(new Heartbeat("i-1", "a", 7, true, OWN)),
                        List.of("Launching i-1 (Successful)"),
                        Guarding.BY_HAND));
        assertThat(paper.lines())
                .containsExactly(
                        "The service is at " + ENDPOINT,
                        "  role shop",
                        "  target i-1 healthy",
                        "Nobody but you replaces an instance that does not work (--replace manual).",
                        "What the servers said of themselves last:",
                        "  i-1 at 2026-11-27T10:00:00Z: works, circuit half open, table worked 4.2 s before, parameters",
                        "    never read, version 1",
                        "What the Auto Scaling group did last:",
                        "  Launching i-1 (Successful)");
    }

    @Test
    void a_status_says_since_when_no_guard_has_run() throws JsonProcessingException {
        Instant then = Instant.parse("2026-11-27T10:00:00Z");
        Guarding left =
                new Guarding(Replacement.HEARTBEAT, Optional.of(new Tenure("guard-1", then)), then.plusSeconds(1));
        Status status = new Status(Optional.of(ENDPOINT), List.of("role shop"), List.of(), List.of(), List.of(), left);
        results().tell(status);
        assertThat(paper.lines())
                .contains(
                        "A guard replaces instances by their heartbeats (--replace heartbeat).",
                        "  alarm  no guard has had the lease since 2026-11-27T10:00:00Z, so that nobody is replaced;"
                                + " the last");
        results("--json").tell(status);
        assertThat(json().path("alarm").textValue())
                .startsWith("no guard has had the lease since 2026-11-27T10:00:00Z");
    }

    @Test
    void no_deployment_is_told_in_words_and_is_json_without_content() throws JsonProcessingException {
        Status nothing = new Status(Optional.empty(), List.of(), List.of(), List.of(), List.of(), Guarding.BY_HAND);
        results().tell(nothing);
        assertThat(paper.lines()).containsExactly("Nothing is deployed.");
        results("--json").tell(nothing);
        assertThat(out.toString().strip())
                .isEqualTo(
                        "{\"endpoint\":\"\",\"existing\":[],\"targets\":[],\"heartbeats\":[],\"activities\":[],\"replacement\":\"manual\",\"alarm\":\"\"}");
        assertThat(paper.lines()).hasSize(1);
    }

    @Test
    void a_status_is_json_too() throws JsonProcessingException {
        results("--json")
                .tell(new Status(
                        Optional.of(ENDPOINT),
                        List.of("role \"shop\""),
                        List.of(TARGET),
                        List.of(),
                        List.of(),
                        Guarding.BY_HAND));
        assertThat(json().path("endpoint").textValue()).isEqualTo(ENDPOINT.toString());
        assertThat(json().path("existing").path(0).textValue()).isEqualTo("role \"shop\"");
        assertThat(json().path("targets").path(0).textValue()).isEqualTo("i-1 healthy");
    }

    @Test
    void a_deployment_tells_how_to_call_it() throws JsonProcessingException {
        results("--json").tell(ENDPOINT);
        assertThat(paper.text()).contains("curl " + ENDPOINT, "resilient destroy");
        assertThat(json().path("endpoint").textValue()).isEqualTo(ENDPOINT.toString());
    }

    @Test
    void leftovers_are_counted_and_listed_as_json() throws JsonProcessingException {
        results().tellLeftovers(List.of());
        results("--json").tellLeftovers(List.of("role shop", "table shop"));
        assertThat(paper.lines()).containsExactly("", "Nothing is left.", "", "Left, see above: 2.");
        assertThat(json().path("leftovers")).hasSize(2);
    }

    private Results results(String... arguments) {
        return new Results(Options.of(out, arguments), paper.page());
    }

    private JsonNode json() throws JsonProcessingException {
        return new ObjectMapper().readTree(out.toString());
    }

    private static RunReport report(boolean held, List<String> leftovers) {
        Map<String, Long> responses = new LinkedHashMap<>();
        responses.put("recommendation", 12L);
        responses.put("static", 0L);
        responses.put("error", 3L);
        return RunReport.of(
                new RunReport.Subject("shop", "local", 10),
                Duration.ofMillis(125_900),
                List.of(
                        new PhaseReport("initial", "All is well", held, 1_500, List.of(), responses),
                        new PhaseReport("fail-open", "Nothing was asked", true, 0, List.of(), Map.of())),
                leftovers);
    }
}

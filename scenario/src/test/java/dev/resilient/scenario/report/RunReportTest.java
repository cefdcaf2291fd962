package dev.resilient.scenario.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.resilient.scenario.base.Pacing;
import dev.resilient.scenario.observe.Answer;
import dev.resilient.scenario.observe.ResponseKind;
import dev.resilient.scenario.phase.Phase;
import dev.resilient.scenario.phase.Phases;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunReportTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final RunReport.Subject SUBJECT = new RunReport.Subject("shop", "local", 10);
    private static final Phase PHASE = Phases.at(new Pacing(10)).getFirst();

    @Test
    void the_json_has_exactly_the_keys_that_are_promised() throws IOException {
        JsonNode report = JSON.readTree(report(List.of(phase(true)), List.of()).toJson());
        assertThat(keys(report))
                .containsExactly("name", "target", "pace", "held", "durationMillis", "phases", "leftovers");
        JsonNode phase = report.at("/phases/0");
        assertThat(keys(phase)).containsExactly("id", "title", "held", "durationMillis", "expectations", "responses");
        assertThat(keys(phase.at("/expectations/0"))).containsExactly("text", "held", "observed", "withinMillis");
        assertThat(keys(phase.at("/responses"))).containsExactly("recommendation", "static", "error");
    }

    @Test
    void the_json_says_what_was_found() throws IOException {
        JsonNode report = JSON.readTree(report(List.of(phase(true)), List.of()).toJson());
        assertThat(report.at("/name").textValue()).isEqualTo("shop");
        assertThat(report.at("/target").textValue()).isEqualTo("local");
        assertThat(report.at("/pace").doubleValue()).isEqualTo(10);
        assertThat(report.at("/held").booleanValue()).isTrue();
        assertThat(report.at("/durationMillis").longValue()).isEqualTo(42_000);
        assertThat(report.at("/phases/0/id").textValue()).isEqualTo("initial");
        assertThat(report.at("/phases/0/durationMillis").longValue()).isEqualTo(3_000);
        assertThat(report.at("/phases/0/responses/recommendation").longValue()).isEqualTo(2);
        assertThat(report.at("/phases/0/responses/static").longValue()).isZero();
        assertThat(report.at("/phases/0/responses/error").longValue()).isEqualTo(1);
        assertThat(report.at("/phases/0/expectations/0/withinMillis").longValue())
                .isEqualTo(5_000);
    }

    @Test
    void one_expectation_that_did_not_hold_fails_the_phase_and_the_run() {
        RunReport report = report(List.of(phase(true), phase(false)), List.of());
        assertThat(report.phases().getFirst().held()).isTrue();
        assertThat(report.phases().getLast().held()).isFalse();
        assertThat(report.held()).isFalse();
    }

    @Test
    void one_leftover_fails_the_run() {
        assertThat(report(List.of(phase(true)), List.of("S3 bucket shop")).held())
                .isFalse();
    }

    @Test
    void a_run_without_phases_and_a_phase_without_expectations_prove_nothing() {
        assertThat(report(List.of(), List.of()).held()).isFalse();
        assertThat(PhaseReport.of(PHASE, Duration.ZERO, List.of(), List.of()).held())
                .isFalse();
    }

    @Test
    void it_is_written_into_a_folder_that_need_not_exist(@TempDir Path folder) throws IOException {
        Path file = report(List.of(phase(true)), List.of()).writeTo(folder.resolve("a/b"));
        assertThat(file).hasFileName("report.json");
        assertThat(JSON.readTree(file.toFile()).at("/held").booleanValue()).isTrue();
    }

    private static RunReport report(List<PhaseReport> phases, List<String> leftovers) {
        return RunReport.of(SUBJECT, Duration.ofSeconds(42), phases, leftovers);
    }

    private static PhaseReport phase(boolean held) {
        return PhaseReport.of(
                PHASE,
                Duration.ofSeconds(3),
                List.of(new ExpectationReport("It works", held, "it did", 5_000)),
                List.of(
                        answer(ResponseKind.RECOMMENDATION),
                        answer(ResponseKind.ERROR),
                        answer(ResponseKind.RECOMMENDATION)));
    }

    private static Answer answer(ResponseKind kind) {
        return new Answer(0, Duration.ZERO, true, kind, OptionalInt.of(200), Optional.empty(), Optional.empty(), "");
    }

    private static List<String> keys(JsonNode node) {
        List<String> keys = new ArrayList<>();
        node.fieldNames().forEachRemaining(keys::add);
        return keys;
    }
}

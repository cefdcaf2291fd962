package dev.resilient.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job, as a stranger does it: one command in an empty home folder. */
class RunTest {
    private static final List<String> PHASES = List.of(
            "initial",
            "broken-dependency",
            "static-response",
            "bad-credentials",
            "deep-health-checks",
            "replace-instance",
            "fail-open");

    @TempDir
    private Path home;

    @Test
    void one_command_shows_all_three_acts_and_leaves_nothing() {
        Product product = new Product(home);

        Product.Outcome outcome =
                product.run("run", "--auto", "--report", home.resolve("report").toString());

        assertThat(outcome.status())
                .as("%s%n%s", outcome.output(), outcome.errors())
                .isZero();
        JsonNode report = product.report(home.resolve("report"));
        assertThat(report.path("held").booleanValue()).isTrue();
        assertThat(report.path("target").textValue()).isEqualTo("local");
        assertThat(report.path("leftovers").isArray()).isTrue();
        assertThat(report.path("leftovers")).isEmpty();
        assertThat(report.path("phases").findValuesAsText("id")).isEqualTo(PHASES);
        report.path("phases").forEach(RunTest::assertPhase);
        assertThat(outcome.output()).doesNotContain("\u001b[", "Exception", "\tat ");
        assertThat(outcome.errors()).isEmpty();
        assertThat(product.data()).isEmptyDirectory();
    }

    @Tag("full")
    @Test
    void the_phases_about_who_replaces_instances_follow_and_leave_nothing() {
        Product product = new Product(home);

        Product.Outcome outcome = product.run(
                "run", "--auto", "--more", "--report", home.resolve("report").toString());

        assertThat(outcome.status())
                .as("%s%n%s", outcome.output(), outcome.errors())
                .isZero();
        JsonNode report = product.report(home.resolve("report"));
        assertThat(report.path("phases").findValuesAsText("id"))
                .startsWith(PHASES.toArray(String[]::new))
                .endsWith("hung-server", "group-replaces", "replaced-for-nothing", "guard-replaces", "guard-refuses")
                .hasSize(PHASES.size() + 5);
        report.path("phases").forEach(RunTest::assertPhase);
        assertThat(report.path("leftovers")).isEmpty();
        assertThat(outcome.output())
                .contains("12 of 12  The guard replaces nobody", "  alarm  3 of 3 do not work")
                .doesNotContain("\u001b[", "Exception", "\tat ");
        assertThat(outcome.errors()).isEmpty();
        assertThat(product.data()).isEmptyDirectory();
    }

    private static void assertPhase(JsonNode phase) {
        assertThat(phase.path("held").booleanValue()).as("%s", phase).isTrue();
        assertThat(phase.path("durationMillis").longValue()).isPositive();
        assertThat(phase.path("expectations")).isNotEmpty();
        phase.path("expectations").forEach(expectation -> {
            assertThat(expectation.path("held").booleanValue())
                    .as("%s", expectation)
                    .isTrue();
            assertThat(expectation.path("text").textValue()).isNotBlank();
            assertThat(expectation.path("observed").textValue()).isNotBlank();
            assertThat(expectation.path("withinMillis").longValue()).isPositive();
        });
        JsonNode responses = phase.path("responses");
        assertThat(responses.path("recommendation").intValue()
                        + responses.path("static").intValue()
                        + responses.path("error").intValue())
                .as("requests of %s", phase.path("id"))
                .isPositive();
    }
}

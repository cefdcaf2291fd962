package dev.resilient.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Drills as a stranger plays them. */
class DrillTest {
    private static final Duration ALL_AT_MOST = Duration.ofMinutes(6);

    @TempDir
    private Path home;

    @Tag("full")
    @Test
    void a_server_is_killed_and_parameters_are_lost_while_users_come() {
        Product product = new Product(home);
        Path folder = home.resolve("report");

        Product.Outcome outcome = product.run(
                "drill", "server-killed", "parameter-store-down", "--duration", "3", "--report", folder.toString());

        assertThat(outcome.status())
                .as("%s%n%s", outcome.output(), outcome.errors())
                .isZero();
        JsonNode report = product.report(folder);
        JsonNode killed = report.at("/configurations/0/drills/0");
        JsonNode parameters = report.at("/configurations/0/drills/1");
        assertThat(killed.path("result").textValue()).isEqualTo("HELD");
        assertThat(killed.at("/figures/errors").longValue()).isPositive();
        assertThat(killed.at("/figures/detectMillis").isNumber()).isTrue();
        assertThat(killed.at("/figures/instancesTouched")).hasSize(1);
        assertThat(killed.at("/before/availability").doubleValue()).isEqualTo(1);
        assertThat(parameters.path("result").textValue()).isEqualTo("HELD");
        assertThat(parameters.at("/figures/errors").longValue()).isZero();
        assertThat(parameters.at("/figures/instancesTouched")).isEmpty();
        assertSecondsAddUp(killed);
        assertSecondsAddUp(parameters);
        assertThat(folder.resolve("junit.xml")).content().contains("<testcase name=\"server-killed\"");
        assertThat(folder.resolve("summary.md")).content().contains("**2 of 2 drills held**");
        assertThat(report.path("leftovers")).isEmpty();
        assertThat(outcome.output()).doesNotContain("\u001b[", "Exception", "\tat ");
        assertThat(outcome.errors()).isEmpty();
        assertThat(product.data()).isEmptyDirectory();
    }

    /** wrk knows nothing of drills: what it counts second by second is a fact that the drill's figures must agree with. */
    @Test
    void a_load_tool_of_the_system_sees_the_same_on_the_same_run() throws Exception {
        Product product = new Product(home);
        Path folder = home.resolve("report");
        try {
            assertThat(product.run("deploy").status()).isZero();
            String endpoint = new ObjectMapper()
                    .readTree(product.run("status", "--json").output())
                    .path("endpoint")
                    .textValue();
            Path counted = home.resolve("wrk.txt");
            Process wrk = wrk(endpoint, counted);
            Product.Outcome outcome = product.run("drill", "broken-dependency", "--report", folder.toString());
            new ProcessBuilder("kill", "-INT", Long.toString(wrk.pid())).start().waitFor();
            wrk.waitFor();

            assertThat(outcome.status()).as("%s", outcome.output()).isZero();
            Map<Long, long[]> bySecond = bySecond(counted);
            long failing = bySecond.values().stream()
                    .filter(counts -> counts[1] * 2 > counts[0])
                    .count();
            JsonNode broken = product.report(folder).at("/configurations/0/drills/1");
            assertThat(broken.path("id").textValue()).isEqualTo("broken-dependency");
            long errorsMillis = broken.at("/figures/errorsMillis").longValue();
            assertThat(failing)
                    .as("seconds in which most of wrk's requests failed, of %s", bySecond.size())
                    .isPositive();
            assertThat(Math.abs(failing * 1_000 - errorsMillis))
                    .as("%d failing seconds by wrk, %d ms by the drill", failing, errorsMillis)
                    .isLessThanOrEqualTo(2_000);
            assertThat(bySecond.values().stream().filter(counts -> counts[1] == 0))
                    .isNotEmpty();
        } finally {
            product.run("destroy", "--yes");
            product.run("cloud", "stop", "--delete");
        }
    }

    /** Runs until it is told to end. */
    private static Process wrk(String endpoint, Path output) throws IOException {
        Path script = Product.ROOT.resolve("end-to-end/src/test/resources/load/by-second.lua");
        return new ProcessBuilder("wrk", "-t1", "-c2", "-d180s", "-s", script.toString(), endpoint + "/")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    /** All of wrk's answers in a second, and those that were errors. */
    private static Map<Long, long[]> bySecond(Path counted) throws IOException {
        Map<Long, long[]> bySecond = new TreeMap<>();
        for (String line : Files.readAllLines(counted)) {
            if (line.matches("\\d+ \\d{3} \\d+")) {
                String[] parts = line.split(" ");
                long[] counts = bySecond.computeIfAbsent(Long.valueOf(parts[0]), _ -> new long[2]);
                counts[0] += Long.parseLong(parts[2]);
                counts[1] += parts[1].startsWith("2") ? 0 : Long.parseLong(parts[2]);
            }
        }
        return bySecond;
    }

    @Test
    @Tag("full")
    @Timeout(600)
    void all_drills_end_within_six_minutes_and_hold() {
        Product product = new Product(home);
        Path folder = home.resolve("report");

        Product.Outcome outcome = product.run(ALL_AT_MOST, "drill", "--all", "--report", folder.toString());

        JsonNode drills = product.report(folder).at("/configurations/0/drills");
        assertThat(drills).hasSize(17);
        drills.forEach(drill -> assertThat(drill.path("result").textValue())
                .as("%s", drill.path("expectations"))
                .isEqualTo("HELD"));
        assertThat(outcome.status()).isZero();
    }

    @Test
    @Tag("full")
    @Timeout(600)
    void a_remedy_is_worth_something() {
        Product product = new Product(home);
        Path folder = home.resolve("report");

        Product.Outcome outcome =
                product.run("compare", "dependency-slow", "credentials-expired", "--report", folder.toString());

        assertThat(outcome.status()).as("%s", outcome.output()).isZero();
        JsonNode report = product.report(folder);
        for (int drill = 0; drill < 2; drill++) {
            assertThat(availability(report, 1, drill)).isGreaterThan(0.99);
            assertThat(availability(report, 1, drill)).isGreaterThan(availability(report, 0, drill));
        }
        assertThat(outcome.output()).contains("What the remedies are worth");
    }

    private static double availability(JsonNode report, int configuration, int drill) {
        return report.at("/configurations/%d/drills/%d/during/availability".formatted(configuration, drill))
                .doubleValue();
    }

    /** Each request is in one second and in one window, and its kind is one of those that the report names. */
    private static void assertSecondsAddUp(JsonNode drill) {
        long inSeconds = 0;
        Set<String> kinds = new TreeSet<>();
        for (JsonNode second : drill.path("seconds")) {
            for (var count : second.path("answers").properties()) {
                inSeconds += count.getValue().longValue();
                kinds.add(count.getKey());
            }
        }
        long inWindows = drill.at("/before/requests").longValue()
                + drill.at("/during/requests").longValue()
                + drill.at("/after/requests").longValue();
        assertThat(inSeconds).isPositive().isEqualTo(inWindows);
        assertThat(drill.at("/load/sent").longValue()).isBetween(inSeconds, inSeconds + 100);
        drill.at("/before/answers").fieldNames().forEachRemaining(kinds::remove);
        assertThat(kinds).isEmpty();
    }
}

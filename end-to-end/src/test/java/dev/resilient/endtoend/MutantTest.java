package dev.resilient.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A check that cannot fail is no check: each of these breaks one claim on purpose, and the run must see it. */
class MutantTest {
    private static final Path SERVER_JAR =
            Product.ROOT.resolve("recommendation-server/target/recommendation-server.jar");
    private static final Path LIBRARIES = Product.ROOT.resolve("cli/target/lib");
    private static final Path CLI_JAR = Product.ROOT.resolve("cli/target/resilient.jar");

    @TempDir
    private Path home;

    @Test
    void a_server_that_ignores_static_fails_the_static_response() throws Exception {
        Mutant mutant = new Mutant(
                "recommendation-server",
                "dev/resilient/recommendation/RecommendationHandler.java",
                "case STATIC -> Json.send(request, response, Status.OK_200,",
                "case STATIC -> Json.send(request, response, Status.BAD_GATEWAY_502,");
        Path jar = mutant.patch(home, SERVER_JAR);

        assertThat(failedPhases(List.of(CLI_JAR), jar)).contains("static-response");
    }

    @Tag("full")
    @Test
    void a_load_balancer_that_does_not_fail_open_fails_the_last_phase() throws Exception {
        Mutant mutant = new Mutant(
                "load-balancer",
                "dev/resilient/loadbalancer/rotation/FailOpen.java",
                "return meets(minimum) ? healthy : checked;",
                "return healthy;");
        Path classes = mutant.compile(home, libraries());

        assertThat(failedPhases(List.of(classes, CLI_JAR), SERVER_JAR)).containsExactly("fail-open");
    }

    /** In the full proof, since it takes two minutes: claim after claim is waited for in vain. */
    @Tag("full")
    @Test
    void policies_that_deny_nothing_fail_the_bad_credentials() throws Exception {
        Mutant mutant = new Mutant(
                "local-cloud",
                "dev/resilient/cloud/identity/PolicyEvaluator.java",
                "return new Outcome.ImplicitlyDenied(of.getKey());",
                "continue;");
        Path classes = mutant.compile(home, libraries());

        assertThat(failedPhases(List.of(classes, CLI_JAR), SERVER_JAR)).contains("bad-credentials");
    }

    /** Plays the whole run with this class path and this server; it must end with exit status 1. */
    private List<String> failedPhases(List<Path> classPath, Path serverJar) throws Exception {
        Product product = new Product(home);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dresilient.server.jar=" + serverJar,
                "-cp",
                classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator))));
        command.addAll(List.of(
                "dev.resilient.cli.Resilient",
                "run",
                "--auto",
                "--pace",
                "20",
                "--report",
                home.resolve("report").toString()));
        Process process = product.start(command, Map.of());
        assertThat(process.waitFor(4, TimeUnit.MINUTES)).as(product.output()).isTrue();

        assertThat(process.exitValue()).as(product.output()).isEqualTo(1);
        JsonNode report = product.report(home.resolve("report"));
        assertThat(report.path("held").booleanValue()).isFalse();
        assertThat(report.path("leftovers")).isEmpty();
        List<String> failed = new ArrayList<>();
        report.path("phases").forEach(phase -> {
            if (!phase.path("held").booleanValue()) {
                failed.add(phase.path("id").textValue());
            }
        });
        return failed;
    }

    private static String libraries() throws IOException {
        try (Stream<Path> jars = Files.list(LIBRARIES)) {
            return jars.map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        }
    }
}

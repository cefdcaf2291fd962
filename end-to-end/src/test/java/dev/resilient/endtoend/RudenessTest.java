package dev.resilient.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What users and machines do to a program: wrong words, Ctrl-C, kill -9. */
class RudenessTest {
    @TempDir
    private Path home;

    @Test
    void a_wrong_flag_is_one_sentence_and_status_2() {
        Product.Outcome outcome = new Product(home).run("run", "--speed", "fast");

        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.errors()).contains("Unknown option").doesNotContain("\tat ");
        assertThat(outcome.output()).isEmpty();
    }

    @Test
    void a_wrong_value_is_one_sentence_and_status_2() {
        Product.Outcome outcome = new Product(home).run("run", "--auto", "--name", "Not A Name");

        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.errors()).contains("Not A Name").doesNotContain("\tat ");
    }

    @Test
    void the_version_is_answered_without_a_build() {
        Product.Outcome outcome = new Product(home).run("--version");

        assertThat(outcome.status()).isZero();
        assertThat(outcome.output()).matches("resilient \\d+\\.\\d+\\.\\d+\n");
    }

    @Test
    void control_c_in_the_middle_destroys_what_was_made_and_says_so() throws Exception {
        Product product = new Product(home);
        // Whoever runs the tests in the background has them ignore the signal, and processes inherit that.
        List<String> heedful = List.of(
                "env", "--default-signal=INT", Product.ROOT.resolve("resilient").toString(), "run", "--auto");
        Process process = product.start(heedful, Map.of());
        awaitInstances(process);

        signal("INT", process.pid());

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(product.output()).isTrue();
        assertThat(process.exitValue()).isEqualTo(130);
        assertThat(product.output()).contains("destroyed");
        assertThat(product.data()).isEmptyDirectory();
    }

    @Test
    void no_instance_outlives_a_run_that_is_killed_and_the_next_run_works() throws Exception {
        Product product = new Product(home);
        Process process = product.start("run", "--auto");
        List<ProcessHandle> instances = awaitInstances(process);

        signal("KILL", process.pid());

        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        await("instances end").atMost(Duration.ofSeconds(20)).until(() -> instances.stream()
                .noneMatch(ProcessHandle::isAlive));
        assertThat(product.run("run", "--auto").status()).isZero();
        assertThat(product.data()).isEmptyDirectory();
    }

    /** Waits until three servers run below the process, and returns every process below it. */
    private static List<ProcessHandle> awaitInstances(Process process) {
        await("three servers")
                .atMost(Duration.ofSeconds(60))
                .until(() ->
                        process.descendants().filter(RudenessTest::isServer).count() == 3);
        return process.descendants().toList();
    }

    private static boolean isServer(ProcessHandle process) {
        return process.info()
                .commandLine()
                .filter(line -> line.contains("recommendation-server.jar"))
                .isPresent();
    }

    /** Sends a signal to a process that this test started, as a terminal or an administrator would. */
    private static void signal(String name, long pid) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid))
                .inheritIO()
                .start();
        assertThat(kill.waitFor()).isZero();
    }
}

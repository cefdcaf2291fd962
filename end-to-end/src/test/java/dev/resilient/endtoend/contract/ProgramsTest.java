package dev.resilient.endtoend.contract;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole programs that know nothing but AWS, on an endpoint that they share. Each says itself what must hold. */
class ProgramsTest {
    private Endpoint endpoint;

    @BeforeEach
    void start(@TempDir Path home) {
        SystemPython.require();
        endpoint = Endpoint.start(home);
    }

    @AfterEach
    void end() {
        endpoint.close();
    }

    @Test
    void a_group_lives_and_ends_and_clients_on_an_instance_are_its_role_while_the_published_example_runs_beside_them()
            throws Exception {
        Program group = new Program("load_balanced_group.py");
        Program example = new Program("published_example.py", "HEAD");
        Program role = new Program("role_in_instance.py");

        group.assertEndsWell();
        example.assertEndsWell();
        role.assertEndsWell();
        assertAccountIsEmpty();
    }

    @Test
    @Tag("full")
    void the_published_example_runs_as_it_did_when_the_article_was_written() throws Exception {
        new Program("published_example.py", "OLD").assertEndsWell();
        assertAccountIsEmpty();
    }

    private void assertAccountIsEmpty() {
        try (Client boto3 = PythonClient.boto3(endpoint)) {
            Player player = new Player(boto3, endpoint);
            ContractCase.chapter("empty").forEach(player::play);
        }
    }

    /** A program that runs, and what it prints. */
    private final class Program {
        private final String name;
        private final Path output;
        private final Process process;

        Program(String name, String... arguments) throws IOException {
            this.name = name;
            this.output = endpoint.product().home().resolve(name + ".txt");
            File file = output.toFile();
            this.process = SystemPython.script(endpoint, name, arguments)
                    .redirectErrorStream(true)
                    .redirectOutput(file)
                    .start();
        }

        void assertEndsWell() throws Exception {
            boolean ended = process.waitFor(4, MINUTES);
            process.destroyForcibly();
            assertThat(ended && process.exitValue() == 0)
                    .as("%s:%n%s", name, Files.readString(output))
                    .isTrue();
        }
    }
}

package dev.resilient.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.cli.target.BackgroundCloud;
import dev.resilient.cli.target.LocalSettings;
import dev.resilient.cli.target.Target;
import dev.resilient.cli.target.Targets;
import dev.resilient.cli.terminal.Paper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpeningTest {
    @TempDir
    private Path folder;

    private final Paper paper = Paper.plain();

    @Test
    void an_account_is_named_by_its_region_and_has_no_pace() {
        try (Target account = Targets.forRun(Targets.Kind.AWS, new LocalSettings("eu-west-1", 10))) {
            Opening.tell(paper.page(), account);
        }
        assertThat(paper.lines()).containsExactly("resilient  AWS in eu-west-1");
    }

    @ParameterizedTest
    @CsvSource({"10.0, 10", "2.5, 2.5"})
    void a_local_cloud_is_named_by_its_address_and_its_pace_is_explained(double pace, String told) throws IOException {
        try (Target cloud = cloud(pace)) {
            Opening.tell(paper.page(), cloud);
        }
        assertThat(paper.lines())
                .containsExactly(
                        "resilient  A local cloud in us-west-2 at http://127.0.0.1:4566",
                        "What only waits on AWS goes " + told + " times as fast here; real work takes its real time.");
    }

    @Test
    void the_pace_of_aws_needs_no_words() throws IOException {
        try (Target cloud = cloud(1)) {
            Opening.tell(paper.page(), cloud);
        }
        assertThat(paper.lines()).hasSize(1);
    }

    private Target cloud(double pace) throws IOException {
        ProcessHandle self = ProcessHandle.current();
        long started = self.info().startInstant().map(Instant::toEpochMilli).orElseThrow();
        Files.writeString(folder.resolve("cloud.json"), """
                {"pid": %d, "started": %d, "endpoint": "http://127.0.0.1:4566", "region": "us-west-2", "pace": %s,
                 "accessKeyId": "AKIAEXAMPLE", "secretAccessKey": "secret", "forDeployment": false}
                """.formatted(self.pid(), started, pace));
        return BackgroundCloud.running(folder).orElseThrow();
    }
}

package dev.resilient.cli.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CloudStateTest {
    private static final ProcessHandle SELF = ProcessHandle.current();

    @TempDir
    private Path folder;

    @Test
    void what_was_written_is_read() throws IOException {
        CloudState state = state(SELF.pid(), CloudState.startOf(SELF));
        state.write(folder);
        assertThat(CloudState.read(folder)).contains(state);
        assertThat(state.process()).contains(SELF);
    }

    @Test
    void no_folder_and_no_file_mean_that_no_cloud_runs() {
        assertThat(CloudState.read(folder)).isEmpty();
        assertThat(CloudState.read(folder.resolve("nothing"))).isEmpty();
    }

    @Test
    void only_its_user_may_read_the_file_which_holds_a_secret() throws IOException {
        state(SELF.pid(), CloudState.startOf(SELF)).write(folder);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
    }

    @Test
    void the_secret_does_not_get_into_logs() {
        assertThat(state(1, 2).toString()).doesNotContain("secret").contains("http://127.0.0.1:4566");
    }

    @Test
    void a_reader_sees_the_whole_file_or_none_while_it_is_written_again_and_again() throws Exception {
        CloudState state = state(SELF.pid(), CloudState.startOf(SELF));
        state.write(folder);
        AtomicBoolean done = new AtomicBoolean();
        Thread writer = Thread.ofVirtual().start(() -> {
            try {
                for (int turn = 0; turn < 300; turn++) {
                    state.write(folder);
                }
            } catch (IOException failure) {
                throw new IllegalStateException(failure);
            } finally {
                done.set(true);
            }
        });
        do {
            assertThat(CloudState.read(folder)).contains(state);
        } while (!done.get());
        writer.join();
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file());
        }
    }

    @Test
    void a_process_that_has_ended_is_no_cloud() throws Exception {
        Process ended = new ProcessBuilder("true").start();
        long started = CloudState.startOf(ended.toHandle());
        ended.waitFor();
        state(ended.pid(), started).write(folder);
        assertThat(CloudState.read(folder)).isEmpty();
    }

    @Test
    void another_process_of_the_same_id_is_no_cloud() throws IOException {
        state(SELF.pid(), CloudState.startOf(SELF) - 60_000).write(folder);
        assertThat(CloudState.read(folder)).isEmpty();
    }

    @Test
    void a_clock_that_was_put_right_does_not_hide_a_cloud() throws IOException {
        state(SELF.pid(), CloudState.startOf(SELF) + 1_000).write(folder);
        assertThat(CloudState.read(folder)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{}", "[]", "\u0000\u0000", "{\"pid\":1}", "{\"pid\":\"x\"}", "{\"unknown\":1}"})
    void a_damaged_file_is_one_sentence_that_says_what_to_do(String content) throws IOException {
        Files.writeString(file(), content);
        assertThatExceptionOfType(EnvironmentRefused.class)
                .isThrownBy(() -> CloudState.read(folder))
                .withMessage("Cannot read " + file() + ": delete it if no local cloud is running.");
    }

    @Test
    void a_removed_file_means_that_no_cloud_runs_and_may_be_removed_again() throws IOException {
        state(SELF.pid(), CloudState.startOf(SELF)).write(folder);
        CloudState.remove(folder);
        CloudState.remove(folder);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void the_cloud_of_a_folder_is_what_its_file_says() throws IOException {
        state(SELF.pid(), CloudState.startOf(SELF)).write(folder);
        try (BackgroundCloud cloud = BackgroundCloud.running(folder).orElseThrow()) {
            assertThat(cloud.endpoint()).contains(URI.create("http://127.0.0.1:4566"));
            assertThat(cloud.region()).isEqualTo("us-west-2");
            assertThat(cloud.pace()).isEqualTo(10);
            assertThat(cloud.isForDeployment()).isTrue();
            assertThat(cloud.credentials().resolveCredentials().secretAccessKey())
                    .isEqualTo("secret");
        }
    }

    private Path file() {
        return folder.resolve("cloud.json");
    }

    private static CloudState state(long pid, long started) {
        return new CloudState(
                pid, started, URI.create("http://127.0.0.1:4566"), "us-west-2", 10, "AKIAEXAMPLE", "secret", true, 7L);
    }
}

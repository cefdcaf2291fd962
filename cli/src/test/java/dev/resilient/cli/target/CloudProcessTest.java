package dev.resilient.cli.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CloudProcessTest {
    private static final LocalSettings SETTINGS = new LocalSettings("eu-west-1", 20);

    @TempDir
    private Path home;

    @Test
    void a_cloud_is_found_by_its_folder_while_it_is_served() {
        Path folder = home.resolve("new/cloud");
        List<Optional<URI>> found = new ArrayList<>();
        new CloudProcess(folder, SETTINGS, 0, true).serve(() -> {
            BackgroundCloud cloud = BackgroundCloud.running(folder).orElseThrow();
            found.add(cloud.endpoint());
            assertThat(cloud.process()).contains(ProcessHandle.current());
            assertThat(cloud.region()).isEqualTo("eu-west-1");
            assertThat(cloud.isForDeployment()).isTrue();
        });
        assertThat(found).singleElement().satisfies(endpoint -> assertThat(endpoint)
                .isPresent());
        assertThat(BackgroundCloud.running(folder)).isEmpty();
    }

    @Test
    void a_folder_that_was_a_clouds_can_be_one_again() {
        List<String> served = new ArrayList<>();
        new CloudProcess(home, SETTINGS, 0, false).serve(() -> served.add("first"));
        new CloudProcess(home, SETTINGS, 0, false).serve(() -> served.add("second"));
        assertThat(served).containsExactly("first", "second");
    }

    @Test
    void a_port_that_is_taken_is_named() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = other.getLocalPort();
            CloudProcess process = new CloudProcess(home, SETTINGS, port, false);
            assertThatExceptionOfType(EnvironmentRefused.class)
                    .isThrownBy(() -> process.serve(() -> {}))
                    .withMessageContaining("127.0.0.1:" + port)
                    .withMessageContaining("--port");
        }
        assertThat(BackgroundCloud.running(home)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 65_536})
    void there_is_no_such_port(int port) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CloudProcess(home, SETTINGS, port, false))
                .withMessageContaining("--port");
    }

    @Test
    void a_second_cloud_on_the_folder_is_refused_with_the_address_of_the_first() {
        new CloudProcess(home, SETTINGS, 0, false).serve(() -> {
            URI first = BackgroundCloud.running(home).orElseThrow().endpoint().orElseThrow();
            CloudProcess second = new CloudProcess(home, SETTINGS, 0, false);
            assertThatExceptionOfType(EnvironmentRefused.class)
                    .isThrownBy(second::start)
                    .withMessageContaining(first.toString())
                    .withMessageContaining("resilient cloud stop");
        });
    }

    @Test
    void a_folder_with_other_things_in_it_is_left_alone() throws IOException {
        Path precious = Files.writeString(home.resolve("precious"), "data");
        CloudProcess process = new CloudProcess(home, SETTINGS, 0, false);
        assertThatExceptionOfType(EnvironmentRefused.class)
                .isThrownBy(process::start)
                .withMessageContaining("other things in " + home);
        assertThatExceptionOfType(EnvironmentRefused.class).isThrownBy(() -> process.serve(() -> {}));
        assertThat(home).isDirectoryContaining(precious::equals);
        assertThat(precious).hasContent("data");
    }

    @Test
    void deleting_ends_the_process_and_deletes_the_folder() throws Exception {
        Path folder = Files.createDirectory(home.resolve("cloud"));
        Files.createFile(folder.resolve("cloud.lock"));
        Process standIn = new ProcessBuilder("sleep", "60").start();
        try {
            new CloudState(
                            standIn.pid(),
                            CloudState.startOf(standIn.toHandle()),
                            URI.create("http://127.0.0.1:4566"),
                            "us-west-2",
                            10,
                            "AKIAEXAMPLE",
                            "secret",
                            false,
                            null)
                    .write(folder);
            CloudProcess.delete(folder);
            assertThat(standIn.isAlive()).isFalse();
            assertThat(folder).doesNotExist();
        } finally {
            standIn.destroyForcibly().waitFor();
        }
    }

    @Test
    void deleting_a_cloud_that_has_ended_deletes_its_folder() {
        Path folder = home.resolve("cloud");
        new CloudProcess(folder, SETTINGS, 0, false).serve(() -> {});
        assertThat(BackgroundCloud.running(folder)).isEmpty();
        CloudProcess.delete(folder);
        assertThat(folder).doesNotExist();
    }

    @Test
    void what_is_no_cloud_is_not_deleted() throws IOException {
        Path precious = Files.writeString(home.resolve("precious"), "data");
        assertThatExceptionOfType(EnvironmentRefused.class)
                .isThrownBy(() -> CloudProcess.delete(home))
                .withMessage("There is no local cloud in " + home + ".");
        assertThat(precious).hasContent("data");
    }
}

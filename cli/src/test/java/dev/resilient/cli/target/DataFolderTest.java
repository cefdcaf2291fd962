package dev.resilient.cli.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
    private static final long OWN = ProcessHandle.current().pid();

    @TempDir
    private Path root;

    @Test
    void the_environment_says_where_the_data_is_or_else_the_home_folder() {
        assertThat(DataFolder.root(Map.of("RESILIENT_HOME", "/data"), "/home/ann"))
                .isEqualTo(Path.of("/data"));
        assertThat(DataFolder.root(Map.of(), "/home/ann")).isEqualTo(Path.of("/home/ann/.resilient"));
        assertThat(DataFolder.root(Map.of("RESILIENT_HOME", " "), "/home/ann"))
                .isEqualTo(Path.of("/home/ann/.resilient"));
    }

    @Test
    void a_relative_place_means_the_same_from_everywhere() {
        assertThat(DataFolder.root(Map.of("RESILIENT_HOME", "data"), "/home/ann"))
                .isEqualTo(Path.of("data").toAbsolutePath());
    }

    @Test
    void a_run_gets_a_folder_of_its_own_that_only_its_user_can_enter() throws IOException {
        Path folder = DataFolder.forThisRun(root.resolve("new"));
        assertThat(folder).isEqualTo(root.resolve("new/run-" + OWN)).isEmptyDirectory();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
    }

    @Test
    void what_an_earlier_process_of_the_same_id_left_is_gone() throws IOException {
        file("run-" + OWN + "/i-1/log");
        assertThat(DataFolder.forThisRun(root)).isEmptyDirectory();
    }

    @Test
    void folders_of_runs_that_were_killed_are_removed_and_all_else_is_kept() throws Exception {
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();
        Process alive = new ProcessBuilder("sleep", "60").start();
        try {
            file("run-" + ended.pid() + "/deep/down/file");
            Path kept = file("run-" + alive.pid() + "/file");
            Path cloud = file("cloud/cloud.json");
            Path notes = file("run-notes");
            Path number = file("run-99999999999999999999999999/file");
            DataFolder.forThisRun(root);
            assertThat(root.resolve("run-" + ended.pid())).doesNotExist();
            assertThat(kept).exists();
            assertThat(cloud).exists();
            assertThat(notes).exists();
            assertThat(number).exists();
        } finally {
            alive.destroyForcibly().waitFor();
        }
    }

    @Test
    void what_a_link_points_to_is_not_deleted(@TempDir Path elsewhere) throws IOException {
        Path precious = Files.createFile(elsewhere.resolve("precious"));
        Files.createSymbolicLink(root.resolve("link"), elsewhere);
        DataFolder.delete(root);
        assertThat(root).doesNotExist();
        assertThat(precious).exists();
    }

    @Test
    void deleting_what_is_not_there_is_fine() {
        DataFolder.delete(root.resolve("nothing"));
        assertThat(root).isEmptyDirectory();
    }

    @Test
    void many_may_delete_the_same_folder() throws Exception {
        for (int file = 0; file < 300; file++) {
            file("gone/" + file + "/a/b");
        }
        AtomicInteger failed = new AtomicInteger();
        Thread[] deleters = IntStream.range(0, 4)
                .mapToObj(number -> Thread.ofVirtual().start(() -> {
                    try {
                        DataFolder.delete(root.resolve("gone"));
                    } catch (EnvironmentRefused refused) {
                        failed.incrementAndGet();
                    }
                }))
                .toArray(Thread[]::new);
        for (Thread deleter : deleters) {
            deleter.join();
        }
        assertThat(failed).hasValue(0);
        assertThat(root.resolve("gone")).doesNotExist();
    }

    @Test
    void a_place_that_cannot_be_used_is_one_sentence() throws IOException {
        Path file = file("file");
        assertThatExceptionOfType(EnvironmentRefused.class)
                .isThrownBy(() -> DataFolder.createPrivate(file, "RESILIENT_HOME"))
                .withMessageContaining(file + " is a file")
                .withMessageContaining("RESILIENT_HOME");
        assertThatExceptionOfType(EnvironmentRefused.class)
                .isThrownBy(() -> DataFolder.forThisRun(file))
                .withMessageContaining("RESILIENT_HOME");
    }

    private Path file(String name) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.createFile(file);
    }
}

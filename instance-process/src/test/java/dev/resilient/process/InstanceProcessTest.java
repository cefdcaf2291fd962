package dev.resilient.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.resilient.process.Guest.Ending;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class InstanceProcessTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    @Test
    void a_tree_whose_leader_returns_has_exited() throws Exception {
        InstanceProcess process = start("exit 7");
        assertThat(process.onExit().get(20, TimeUnit.SECONDS)).isEqualTo(Ending.EXITED);
    }

    @Test
    void a_tree_lives_as_long_as_anything_in_it() throws Exception {
        InstanceProcess process = start("mkfifo gate; cat gate & echo $! > pid; exit 0");
        long reader = pid("pid");
        assertThat(process.root().isAlive()).isTrue();
        assertThat(process.onExit()).isNotDone();

        Files.writeString(directory.resolve("gate"), "through\n");

        assertThat(process.onExit().get(20, TimeUnit.SECONDS)).isEqualTo(Ending.EXITED);
        assertThat(isRunning(reader)).isFalse();
    }

    @Test
    void ending_a_tree_ends_its_grandchildren() throws Exception {
        InstanceProcess process = start("bash -c 'sleep 1000 & echo $! > pid; wait' & wait");
        long grandchild = pid("pid");

        process.end();

        assertThat(isRunning(grandchild)).isFalse();
        assertThat(process.root().isAlive()).isFalse();
    }

    @Test
    void ending_a_tree_gives_it_time_to_clean_up() throws Exception {
        InstanceProcess process = start("trap 'echo clean > done; exit 0' TERM; touch ready; sleep 1000 & wait");
        awaitFile("ready");

        process.end();

        assertThat(directory.resolve("done")).hasContent("clean");
    }

    @Test
    void what_ignores_TERM_is_killed_after_the_patience() throws Exception {
        InstanceProcess process = start("trap '' TERM; echo $$ > pid; sleep 1000; sleep 1000");
        long leader = pid("pid");

        process.end();

        assertThat(isRunning(leader)).isFalse();
    }

    @Test
    void a_process_in_a_group_of_its_own_is_ended_too() throws Exception {
        InstanceProcess process = start("set -m; sleep 1000 & echo $! > pid; wait");
        long other = pid("pid");

        process.end();

        assertThat(isRunning(other)).isFalse();
    }

    /** What daemons do: a session of their own, a parent that is not theirs, and perhaps no file that they were born with. */
    @ParameterizedTest
    @ValueSource(strings = {"", "exec 0<&- 1>&- 2>&- 9>&-;"})
    void a_daemon_is_part_of_the_tree(String closing) throws Exception {
        InstanceProcess process =
                start("setsid -f bash -c 'echo $$ > pid; " + closing + " mkfifo gate; read < gate'; exit 0");
        long daemon = pid("pid");
        awaitFile("gate");
        assertThat(process.awaitLeader()).isZero();
        assertThatExceptionOfType(TimeoutException.class)
                .isThrownBy(() -> process.onExit().get(1, TimeUnit.SECONDS));

        Files.writeString(directory.resolve("gate"), "through\n");

        assertThat(process.onExit().get(20, TimeUnit.SECONDS)).isEqualTo(Ending.EXITED);
        assertThat(isRunning(daemon)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sleep 1000",
                "exec 0<&- 1>&- 2>&- 9>&-; sleep 1000",
                "trap \"\" TERM; exec 0<&- 1>&- 2>&- 9>&-; sleep 1000; sleep 1000"
            })
    void a_daemon_is_ended_with_its_tree(String program) throws Exception {
        InstanceProcess process = start("setsid -f bash -c 'echo $$ > pid; " + program + "'; sleep 1000");
        long daemon = pid("pid");

        process.end();

        assertThat(isRunning(daemon)).isFalse();
        assertThat(process.root().isAlive()).isFalse();
    }

    @Test
    void killing_the_wrapper_kills_the_tree_once_the_pipe_is_closed() throws Exception {
        InstanceProcess process =
                start("setsid -f bash -c 'echo $$ > daemon; exec 9>&-; sleep 1000'; echo $$ > pid; sleep 1000");
        long leader = pid("pid");
        long daemon = pid("daemon");

        process.root().destroyForcibly();

        assertThat(process.onExit().get(20, TimeUnit.SECONDS)).isEqualTo(Ending.KILLED);
        process.end();
        assertThat(isRunning(leader)).isFalse();
        assertThat(isRunning(daemon)).isFalse();
    }

    @Test
    void a_JVM_that_is_killed_takes_its_instances_along() throws Exception {
        Process parent = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Parent.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("parent.log").toFile())
                .start();
        long grandchild = pid("pid");
        long daemon = pid("daemon");
        assertThat(isRunning(grandchild)).isTrue();

        parent.destroyForcibly();

        await().atMost(LIMIT).until(() -> !isRunning(grandchild) && !isRunning(daemon));
        parent.waitFor();
    }

    /** A JVM that starts an instance and waits to be killed. */
    static final class Parent {
        public static void main(String[] arguments) throws Exception {
            start(
                            Path.of(arguments[0]),
                            "setsid -f bash -c 'echo $$ > daemon; exec 9>&-; sleep 1000'; sleep 1000 & echo $! > pid; wait")
                    .onExit()
                    .join();
        }
    }

    @Test
    void nothing_of_the_environment_is_inherited() throws Exception {
        InstanceProcess process = start("env > environment");
        process.onExit().get(20, TimeUnit.SECONDS);

        assertThat(Files.readAllLines(directory.resolve("environment")))
                .allMatch(line -> line.matches("(PATH|GREETING|INSTANCE_TREE|PWD|SHLVL|_)=.*"))
                .contains("GREETING=hello");
    }

    @Test
    void both_outputs_are_in_the_console_log() throws Exception {
        InstanceProcess process = start("echo to stdout; echo to stderr >&2");
        process.onExit().get(20, TimeUnit.SECONDS);

        assertThat(directory.resolve("console.log")).hasContent("to stdout\nto stderr\n");
    }

    @Test
    void instances_live_in_other_process_groups_than_this_process() throws Exception {
        InstanceProcess process =
                start("ps -o pgid= -p $$ > group 2> /dev/null || cut -d ' ' -f 5 /proc/$$/stat > group; echo $$ > pid");
        process.onExit().get(20, TimeUnit.SECONDS);

        assertThat(Files.readString(directory.resolve("group")).strip())
                .isEqualTo(Files.readString(directory.resolve("pid")).strip());
    }

    private InstanceProcess start(String script) throws IOException {
        return start(directory, script);
    }

    private static InstanceProcess start(Path directory, String script) throws IOException {
        return InstanceProcess.start(new InstanceProcess.Boot(
                "i-test",
                directory,
                directory,
                List.of("bash", "-c", script),
                Map.of("PATH", "/usr/local/bin:/usr/bin:/bin", "GREETING", "hello"),
                Duration.ofSeconds(1)));
    }

    private long pid(String file) {
        awaitFile(file);
        return await().atMost(LIMIT)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> Files.readString(directory.resolve(file)).strip(), text -> !text.isEmpty())
                .transform(Long::parseLong);
    }

    private void awaitFile(String file) {
        await().atMost(LIMIT).pollInterval(Duration.ofMillis(5)).until(() -> Files.exists(directory.resolve(file)));
    }

    /** A dead process that its adopter has not reaped yet has no command any more. */
    private static boolean isRunning(long pid) {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .flatMap(handle -> handle.info().command())
                .isPresent();
    }
}

package dev.resilient.cloud.ec2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resilient.process.Agent;
import dev.resilient.process.RunningScript;
import dev.resilient.process.RunningScript.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ec2.model.IamInstanceProfileSpecification;
import software.amazon.awssdk.services.ec2.model.RebootInstancesRequest;
import software.amazon.awssdk.services.ec2.model.ReplaceIamInstanceProfileAssociationRequest;
import software.amazon.awssdk.services.ec2.model.StopInstancesRequest;
import software.amazon.awssdk.services.ec2.model.TerminateInstancesRequest;

final class AgentTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String FOREVER = "#!/bin/bash\nsleep 1000\n";

    @TempDir
    Path directory;

    private Ec2Fixture cloud;

    @BeforeEach
    void start() {
        cloud = new Ec2Fixture(directory);
    }

    @AfterEach
    void close() {
        cloud.close();
    }

    @Test
    void a_script_runs_in_the_environment_and_the_folder_of_its_instance() throws Exception {
        String id = launch();
        Result result = run(id, "pwd; env; echo oops >&2; exit 3");

        assertThat(result.exitStatus()).hasValue(3);
        assertThat(result.error()).isEqualTo("oops\n");
        assertThat(result.output().lines())
                .startsWith(cloud.home(id).toString())
                .contains("HOME=" + cloud.home(id), "AWS_ENDPOINT_URL=http://127.0.0.1:1")
                .anyMatch(line -> line.startsWith("AWS_EC2_METADATA_SERVICE_ENDPOINT=http://127.31."));
        assertThat(cloud.instanceDirectory(id).resolve("beside")).isEmptyDirectory();
    }

    @Test
    void the_first_line_names_the_interpreter() throws Exception {
        String id = launch();

        assertThat(run(id, "#!/bin/bash\necho ${BASH_VERSION:+bash}\n").output())
                .isEqualTo("bash\n");
    }

    @Test
    void a_folder_that_is_not_there_fails_the_script() throws Exception {
        RunningScript script =
                agent(launch()).start("script", "echo here", "nowhere").orElseThrow();

        assertThat(result(script).exitStatus()).hasValue(1);
        assertThat(result(script).error()).contains("nowhere");
    }

    @Test
    void a_script_may_leave_something_running_which_ends_with_the_instance() throws Exception {
        String id = launch();
        Result result = run(id, "sleep 1000 > log 2>&1 & echo $! > pid");
        long left = pid(id);

        assertThat(result.exitStatus()).hasValue(0);
        assertThat(isRunning(left)).isTrue();
        cloud.call(StopInstancesRequest.builder().instanceIds(id).build());
        cloud.awaitState(id, "stopped");
        assertThat(isRunning(left)).isFalse();
    }

    @Test
    void a_script_has_not_returned_while_something_can_still_write_its_output() throws Exception {
        String id = launch();
        RunningScript script = agent(id)
                .start("script", "mkfifo gate; (cat gate > /dev/null; echo late) & echo $! > pid", "")
                .orElseThrow();
        pid(id);
        assertThat(script.result()).isNotDone();

        Files.writeString(cloud.home(id).resolve("gate"), "open\n");

        assertThat(result(script).output()).isEqualTo("late\n");
    }

    @Test
    void ending_a_script_ends_all_of_it_and_keeps_what_it_said() throws Exception {
        String id = launch();
        RunningScript script = agent(id)
                .start("script", "trap 'trap \"\" TERM; echo bye; exit 4' TERM; sleep 1000 & echo $! > pid; wait", "")
                .orElseThrow();
        long child = pid(id);

        script.end();

        assertThat(result(script)).isEqualTo(new Result(OptionalInt.of(4), "bye\n", ""));
        assertThat(isRunning(child)).isFalse();
        assertThat(cloud.describe(id).state().nameAsString()).isEqualTo("running");
    }

    @Test
    void a_script_ends_with_its_instance() throws Exception {
        String id = launch();
        RunningScript script =
                agent(id).start("script", "echo $$ > pid; sleep 1000", "").orElseThrow();
        long leader = pid(id);

        cloud.call(TerminateInstancesRequest.builder().instanceIds(id).build());

        assertThat(result(script).exitStatus()).isEmpty();
        cloud.awaitState(id, "terminated");
        assertThat(isRunning(leader)).isFalse();
        assertThat(cloud.instanceDirectory(id)).doesNotExist();
        assertThat(agent(id).start("other", "true", "")).isEmpty();
    }

    @Test
    void a_reboot_ends_scripts_and_takes_up_the_profile_of_now() throws Exception {
        String id = cloud.run(Ec2Fixture.launch(FOREVER)
                .iamInstanceProfile(IamInstanceProfileSpecification.builder()
                        .arn(Ec2Fixture.GOOD_PROFILE)
                        .build()));
        cloud.awaitState(id, "running");
        RunningScript script = agent(id).start("script", "sleep 1000", "").orElseThrow();
        cloud.call(ReplaceIamInstanceProfileAssociationRequest.builder()
                .associationId(cloud.association(id))
                .iamInstanceProfile(IamInstanceProfileSpecification.builder()
                        .arn(Ec2Fixture.OTHER_PROFILE)
                        .build())
                .build());
        assertThat(agent(id).profile()).contains(Ec2Fixture.GOOD_PROFILE);

        cloud.call(RebootInstancesRequest.builder().instanceIds(id).build());

        assertThat(result(script).exitStatus()).isEmpty();
        await().atMost(LIMIT).until(() -> agent(id)
                .profile()
                .filter(Ec2Fixture.OTHER_PROFILE::equals)
                .isPresent());
        assertThat(run(id, "echo again").output()).isEqualTo("again\n");
    }

    @Test
    void a_JVM_that_is_killed_takes_its_scripts_along(@TempDir Path other) throws Exception {
        Process parent = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Parent.class.getName(),
                        other.toString())
                .redirectErrorStream(true)
                .redirectOutput(other.resolve("parent.log").toFile())
                .start();
        await().atMost(LIMIT).until(() -> Files.exists(other.resolve("pid")) && Files.size(other.resolve("pid")) > 0);
        long script = Long.parseLong(Files.readString(other.resolve("pid")).strip());
        assertThat(isRunning(script)).isTrue();

        parent.destroyForcibly();

        await().atMost(LIMIT).until(() -> !isRunning(script));
        parent.waitFor();
    }

    /** A JVM with an instance that runs a script, and that waits to be killed. */
    static final class Parent {
        public static void main(String[] arguments) throws Exception {
            Path folder = Path.of(arguments[0]);
            Ec2Fixture cloud = new Ec2Fixture(folder);
            String id = cloud.run(Ec2Fixture.launch(FOREVER));
            cloud.awaitState(id, "running");
            cloud.ec2
                    .instances()
                    .agent(id)
                    .orElseThrow()
                    .start("script", "echo $$ > " + folder.resolve("pid") + "; sleep 1000", "")
                    .orElseThrow()
                    .result()
                    .join();
        }
    }

    private String launch() {
        String id = cloud.run(Ec2Fixture.launch(FOREVER));
        cloud.awaitState(id, "running");
        return id;
    }

    private Agent agent(String id) {
        return cloud.ec2.instances().agent(id).orElseThrow();
    }

    private Result run(String id, String script) throws Exception {
        return result(agent(id).start("script", script, "").orElseThrow());
    }

    private static Result result(RunningScript script) throws Exception {
        return script.result().get(20, TimeUnit.SECONDS);
    }

    private long pid(String id) {
        Path file = cloud.home(id).resolve("pid");
        await().atMost(LIMIT).until(() -> Files.exists(file) && Files.size(file) > 0);
        try {
            return Long.parseLong(Files.readString(file).strip());
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    /** A dead process that its adopter has not reaped yet has no command any more. */
    private static boolean isRunning(long pid) {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .flatMap(handle -> handle.info().command())
                .isPresent();
    }
}

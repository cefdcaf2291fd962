package dev.resilient.cloud.ec2;

import static dev.resilient.cloud.ec2.Ec2Fixture.FOREVER;
import static dev.resilient.cloud.ec2.Ec2Fixture.awaitLines;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.resilient.wire.ServiceError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ec2.model.GetConsoleOutputRequest;
import software.amazon.awssdk.services.ec2.model.GetConsoleOutputResponse;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.RebootInstancesRequest;
import software.amazon.awssdk.services.ec2.model.ShutdownBehavior;
import software.amazon.awssdk.services.ec2.model.StartInstancesRequest;
import software.amazon.awssdk.services.ec2.model.StopInstancesRequest;
import software.amazon.awssdk.services.ec2.model.TerminateInstancesRequest;
import software.amazon.awssdk.services.ec2.model.TerminateInstancesResponse;

/** An instance from its launch to its end: its script, its console, and what stops, reboots and terminates it. */
final class InstanceLifeTest {
    private static final String AT_EACH_BOOT = """
        Content-Type: multipart/mixed; boundary="//"
        MIME-Version: 1.0

        --//
        Content-Type: text/cloud-config; charset="us-ascii"

        #cloud-config
        cloud_final_modules:
        - [scripts-user, always]

        --//
        Content-Type: text/x-shellscript; charset="us-ascii"

        %s
        --//--
        """.formatted(FOREVER);

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
    void an_instance_is_pending_and_then_runs_its_user_data() {
        String id = cloud.run(Ec2Fixture.launch(FOREVER));
        cloud.awaitState(id, "running");
        awaitLines(cloud.home(id).resolve("boots"), 1);
        assertThat(cloud.statesOf(id)).containsExactly("running");
    }

    @Test
    void a_script_finds_its_environment_and_nothing_else() throws IOException {
        String id = cloud.run(Ec2Fixture.launch("#!/bin/bash\nenv > environment\ntouch done\nsleep 1000\n"));
        await().atMost(Ec2Fixture.LIMIT).until(() -> Files.exists(cloud.home(id).resolve("done")));

        List<String> environment = Files.readAllLines(cloud.home(id).resolve("environment"));
        assertThat(environment)
                .contains("AWS_ENDPOINT_URL=http://127.0.0.1:1", "HOME=" + cloud.home(id), "LANG=C.UTF-8")
                .anyMatch(line -> line.matches("AWS_EC2_METADATA_SERVICE_ENDPOINT=http://127\\.31\\.\\d+\\.\\d+:1338/"))
                .anyMatch(line -> line.startsWith("PATH=" + System.getProperty("java.home") + "/bin:"))
                .allMatch(
                        line -> line.matches(
                                "(AWS_ENDPOINT_URL|AWS_EC2_METADATA_SERVICE_ENDPOINT|HOME|INSTANCE_TREE|LANG|PATH|PWD|SHLVL|OLDPWD|_)=.*"));
    }

    @Test
    void a_script_that_ends_stops_its_instance() {
        String id = cloud.run(Ec2Fixture.launch("#!/bin/bash\nexit 3\n"));
        cloud.awaitState(id, "stopped");

        assertThat(cloud.statesOf(id)).containsExactly("running", "stopping", "stopped");
        assertThat(cloud.describe(id).stateReason().code()).isEqualTo("Client.InstanceInitiatedShutdown");
    }

    @Test
    void a_script_that_ends_terminates_an_instance_that_was_launched_so() {
        String id = cloud.run(Ec2Fixture.launch("#!/bin/bash\nexit 0\n")
                .instanceInitiatedShutdownBehavior(ShutdownBehavior.TERMINATE));
        cloud.awaitState(id, "terminated");

        assertThat(cloud.describe(id).stateReason().code()).isEqualTo("Client.InstanceInitiatedShutdown");
    }

    @Test
    void an_instance_without_user_data_runs_all_the_same() {
        String id = cloud.run(Ec2Fixture.launch("").userData(null));
        cloud.awaitState(id, "running");
    }

    @Test
    void an_instance_that_is_killed_is_terminated() {
        String id = cloud.run(Ec2Fixture.launch("#!/bin/bash\necho $$ > pid\nsleep 1000\n"));
        long script = awaitPid(id);
        process(id).destroyForcibly();

        cloud.awaitState(id, "terminated");

        assertThat(cloud.describe(id).stateReason().code()).startsWith("Server.");
        assertThat(ProcessHandle.of(script).flatMap(handle -> handle.info().command()))
                .isEmpty();
    }

    @Test
    void terminating_ends_every_process_and_removes_every_file() {
        String id = cloud.run(Ec2Fixture.launch("#!/bin/bash\nsleep 1000 & echo $! > pid\nsleep 1000\n"));
        long child = awaitPid(id);

        TerminateInstancesResponse response =
                cloud.call(TerminateInstancesRequest.builder().instanceIds(id).build());

        assertThat(response.terminatingInstances().getFirst().currentState().nameAsString())
                .isEqualTo("shutting-down");
        cloud.awaitState(id, "terminated");
        assertThat(cloud.instanceDirectory(id)).doesNotExist();
        assertThat(ProcessHandle.of(child).flatMap(handle -> handle.info().command()))
                .isEmpty();
        assertThat(cloud.describe(id).privateIpAddress()).isNull();
        assertThat(cloud.describe(id).stateReason().code()).isEqualTo("Client.UserInitiatedShutdown");
    }

    @Test
    void terminating_twice_does_no_harm() {
        String id = cloud.run(Ec2Fixture.launch(FOREVER));
        TerminateInstancesRequest terminate =
                TerminateInstancesRequest.builder().instanceIds(id).build();
        cloud.call(terminate);
        cloud.call(terminate);
        cloud.awaitState(id, "terminated");
        cloud.call(terminate);
    }

    @Test
    void the_console_output_is_what_the_script_wrote_also_after_termination() {
        String id = cloud.run(Ec2Fixture.launch("#!/bin/bash\necho out; echo err >&2; touch done; exec sleep 1000\n"));
        await().atMost(Ec2Fixture.LIMIT).until(() -> Files.exists(cloud.home(id).resolve("done")));
        assertThat(console(id)).isEqualTo("out\nerr\n");

        cloud.call(TerminateInstancesRequest.builder().instanceIds(id).build());
        cloud.awaitState(id, "terminated");

        assertThat(console(id)).isEqualTo("out\nerr\n");
    }

    @Test
    void what_the_shell_around_a_script_says_of_its_end_is_not_console_output() {
        String id = cloud.run(Ec2Fixture.launch("#!/bin/bash\necho out; kill -TERM $$\n"));
        cloud.awaitState(id, "stopped");

        assertThat(console(id)).isEqualTo("out\n");
    }

    @Test
    void the_console_output_is_the_last_64_KiB() {
        String id = cloud.run(Ec2Fixture.launch(
                "#!/bin/bash\nhead -c 100000 /dev/zero | tr '\\0' x; echo end; touch done; sleep 1000\n"));
        await().atMost(Ec2Fixture.LIMIT).until(() -> Files.exists(cloud.home(id).resolve("done")));

        assertThat(console(id)).hasSize(64 * 1024).endsWith("xxend\n");
    }

    @Test
    void a_plain_script_runs_once_per_instance() {
        String id = cloud.run(Ec2Fixture.launch(FOREVER));
        awaitLines(cloud.home(id).resolve("boots"), 1);
        cloud.awaitState(id, "running");
        ProcessHandle before = process(id);

        cloud.call(RebootInstancesRequest.builder().instanceIds(id).build());

        await().atMost(Ec2Fixture.LIMIT).until(() -> !before.isAlive() && hasProcess(id));
        cloud.awaitState(id, "running");
        assertThat(cloud.home(id).resolve("boots")).hasContent("booted\n");
    }

    @Test
    void a_reboot_runs_always_scripts_again_in_the_same_place() {
        String id = cloud.run(Ec2Fixture.launch(AT_EACH_BOOT));
        awaitLines(cloud.home(id).resolve("boots"), 1);
        cloud.awaitState(id, "running");
        Instance before = cloud.describe(id);

        cloud.call(RebootInstancesRequest.builder().instanceIds(id).build());

        awaitLines(cloud.home(id).resolve("boots"), 2);
        assertThat(cloud.describe(id).privateIpAddress()).isEqualTo(before.privateIpAddress());
        assertThat(cloud.statesOf(id)).containsExactly("running");
    }

    @Test
    void a_stopped_instance_starts_again_with_its_address_and_files() {
        String id = cloud.run(Ec2Fixture.launch(AT_EACH_BOOT));
        awaitLines(cloud.home(id).resolve("boots"), 1);
        cloud.awaitState(id, "running");
        String address = cloud.describe(id).privateIpAddress();

        cloud.call(StopInstancesRequest.builder().instanceIds(id).build());
        cloud.awaitState(id, "stopped");
        cloud.call(StartInstancesRequest.builder().instanceIds(id).build());

        awaitLines(cloud.home(id).resolve("boots"), 2);
        assertThat(cloud.describe(id).privateIpAddress()).isEqualTo(address);
        assertThat(cloud.statesOf(id)).containsExactly("running", "stopping", "stopped", "pending", "running");
    }

    @Test
    void what_cannot_be_done_in_a_state_is_refused_and_changes_nothing() {
        String id = cloud.run(Ec2Fixture.launch("#!/bin/bash\nexit 0\n"));
        cloud.awaitState(id, "stopped");

        assertThatThrownBy(() -> cloud.call(
                        RebootInstancesRequest.builder().instanceIds(id).build()))
                .isInstanceOfSatisfying(
                        ServiceError.class, error -> assertThat(error.code()).isEqualTo("IncorrectInstanceState"));
        assertThat(cloud.describe(id).state().nameAsString()).isEqualTo("stopped");
    }

    @Test
    void closing_ends_every_instance_and_leaves_no_file() throws IOException {
        String id = cloud.run(Ec2Fixture.launch("#!/bin/bash\nsleep 1000 & echo $! > pid\nsleep 1000\n"));
        long child = awaitPid(id);

        cloud.close();

        assertThat(ProcessHandle.of(child).flatMap(handle -> handle.info().command()))
                .isEmpty();
        try (var left = Files.list(directory.resolve("instances"))) {
            assertThat(left).isEmpty();
        }
    }

    private String console(String id) {
        GetConsoleOutputResponse response =
                cloud.call(GetConsoleOutputRequest.builder().instanceId(id).build());
        return new String(Base64.getDecoder().decode(response.output()), StandardCharsets.UTF_8);
    }

    private long awaitPid(String id) {
        awaitLines(cloud.home(id).resolve("pid"), 1);
        try {
            return Long.parseLong(
                    Files.readString(cloud.home(id).resolve("pid")).strip());
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    private static boolean hasProcess(String id) {
        return processes(id).findAny().isPresent();
    }

    private static ProcessHandle process(String id) {
        return processes(id).findFirst().orElseThrow();
    }

    /** The bash that everything of an instance descends from has its id among its arguments. */
    private static Stream<ProcessHandle> processes(String id) {
        return ProcessHandle.current()
                .children()
                .filter(child ->
                        child.info().arguments().map(List::of).orElse(List.of()).contains(id));
    }
}

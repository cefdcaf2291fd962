package dev.resilient.cloud.ec2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.resilient.cloud.ec2.instance.Instances;
import dev.resilient.wire.ServiceError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ec2.model.CreateLaunchTemplateRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceStatusRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceStatusResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.GetConsoleOutputRequest;
import software.amazon.awssdk.services.ec2.model.GetConsoleOutputResponse;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceType;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateSpecification;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateTagSpecificationRequest;
import software.amazon.awssdk.services.ec2.model.RebootInstancesRequest;
import software.amazon.awssdk.services.ec2.model.RequestLaunchTemplateData;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.RunInstancesResponse;
import software.amazon.awssdk.services.ec2.model.ShutdownBehavior;
import software.amazon.awssdk.services.ec2.model.StartInstancesRequest;
import software.amazon.awssdk.services.ec2.model.StopInstancesRequest;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;
import software.amazon.awssdk.services.ec2.model.TerminateInstancesRequest;
import software.amazon.awssdk.services.ec2.model.TerminateInstancesResponse;

final class InstancesTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String FOREVER = "#!/bin/bash\necho booted >> boots\nsleep 1000\n";
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
    void more_instances_than_the_limit_are_refused_and_as_many_as_possible_are_granted() {
        RunInstancesRequest tooMany = Ec2Fixture.launch(FOREVER)
                .minCount(Instances.LIMIT)
                .maxCount(Instances.LIMIT)
                .build();
        String id = cloud.run(Ec2Fixture.launch(FOREVER));

        assertThatThrownBy(() -> cloud.call(tooMany)).isInstanceOfSatisfying(ServiceError.class, error -> {
            assertThat(error.code()).isEqualTo("InstanceLimitExceeded");
            assertThat(error.getMessage())
                    .startsWith(
                            "You have requested more instances (257) than your current instance limit of 256 allows");
        });
        DescribeInstancesResponse all =
                cloud.call(DescribeInstancesRequest.builder().build());
        assertThat(all.reservations()).singleElement().satisfies(reservation -> assertThat(reservation.instances())
                .extracting(Instance::instanceId)
                .containsExactly(id));
    }

    @Test
    void a_script_finds_its_environment_and_nothing_else() throws IOException {
        String id = cloud.run(Ec2Fixture.launch("#!/bin/bash\nenv > environment\ntouch done\nsleep 1000\n"));
        await().atMost(LIMIT).until(() -> Files.exists(cloud.home(id).resolve("done")));

        List<String> environment = Files.readAllLines(cloud.home(id).resolve("environment"));
        assertThat(environment)
                .contains("AWS_ENDPOINT_URL=http://127.0.0.1:1", "HOME=" + cloud.home(id), "LANG=C.UTF-8")
                .anyMatch(line -> line.matches("AWS_EC2_METADATA_SERVICE_ENDPOINT=http://127\\.31\\.\\d+\\.\\d+:1338"))
                .anyMatch(line -> line.startsWith("PATH=" + System.getProperty("java.home") + "/bin:"))
                .allMatch(line -> line.matches(
                        "(AWS_ENDPOINT_URL|AWS_EC2_METADATA_SERVICE_ENDPOINT|HOME|LANG|PATH|PWD|SHLVL|OLDPWD|_)=.*"));
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
        await().atMost(LIMIT).until(() -> Files.exists(cloud.home(id).resolve("done")));
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
        await().atMost(LIMIT).until(() -> Files.exists(cloud.home(id).resolve("done")));

        assertThat(console(id)).hasSize(64 * 1024).endsWith("xxend\n");
    }

    @Test
    void a_plain_script_runs_once_per_instance() {
        String id = cloud.run(Ec2Fixture.launch(FOREVER));
        awaitLines(cloud.home(id).resolve("boots"), 1);
        cloud.awaitState(id, "running");
        ProcessHandle before = process(id);

        cloud.call(RebootInstancesRequest.builder().instanceIds(id).build());

        await().atMost(LIMIT).until(() -> !before.isAlive() && hasProcess(id));
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
    void an_unknown_instance_is_not_found_and_a_wrong_id_malformed() {
        assertThatThrownBy(() -> cloud.describe("i-00000000000000000"))
                .isInstanceOfSatisfying(
                        ServiceError.class, error -> assertThat(error.code()).isEqualTo("InvalidInstanceID.NotFound"))
                .hasMessage("The instance ID 'i-00000000000000000' does not exist");
        assertThatThrownBy(() -> cloud.describe("instance"))
                .isInstanceOfSatisfying(
                        ServiceError.class, error -> assertThat(error.code()).isEqualTo("InvalidInstanceID.Malformed"))
                .hasMessage("Invalid id: \"instance\"");
    }

    @Test
    void a_dry_run_launches_nothing() {
        assertThatThrownBy(() -> cloud.run(Ec2Fixture.launch(FOREVER).dryRun(true)))
                .isInstanceOfSatisfying(ServiceError.class, error -> {
                    assertThat(error.code()).isEqualTo("DryRunOperation");
                    assertThat(error.status()).isEqualTo(412);
                });
        assertThat(ids()).isEmpty();
    }

    @Test
    void a_repeated_client_token_launches_once() {
        RunInstancesRequest.Builder request = Ec2Fixture.launch(FOREVER).clientToken("token");
        assertThat(cloud.run(request)).isEqualTo(cloud.run(request));
        assertThat(ids()).hasSize(1);

        assertThatThrownBy(() -> cloud.run(request.minCount(2).maxCount(2)))
                .isInstanceOfSatisfying(
                        ServiceError.class, error -> assertThat(error.code()).isEqualTo("IdempotentParameterMismatch"));
    }

    @Test
    void a_template_gives_what_the_request_does_not_and_tags_add_up() {
        cloud.call(CreateLaunchTemplateRequest.builder()
                .launchTemplateName("template")
                .launchTemplateData(RequestLaunchTemplateData.builder()
                        .imageId(Ec2Fixture.IMAGE)
                        .instanceType(InstanceType.T3_NANO)
                        .userData(Ec2Fixture.base64(FOREVER))
                        .iamInstanceProfile(profile -> profile.name("good"))
                        .metadataOptions(options -> options.httpTokens("required"))
                        .tagSpecifications(LaunchTemplateTagSpecificationRequest.builder()
                                .resourceType(ResourceType.INSTANCE)
                                .tags(tag("from", "template"), tag("Name", "template"))
                                .build())
                        .build())
                .build());

        String id = cloud.run(RunInstancesRequest.builder()
                .minCount(1)
                .maxCount(1)
                .instanceType(InstanceType.T3_SMALL)
                .launchTemplate(LaunchTemplateSpecification.builder()
                        .launchTemplateName("template")
                        .version("$Default")
                        .build())
                .tagSpecifications(TagSpecification.builder()
                        .resourceType(ResourceType.INSTANCE)
                        .tags(tag("Name", "request"))
                        .build()));

        Instance instance = cloud.describe(id);
        assertThat(instance.instanceType()).isEqualTo(InstanceType.T3_SMALL);
        assertThat(instance.iamInstanceProfile().arn()).isEqualTo(Ec2Fixture.GOOD_PROFILE);
        assertThat(instance.metadataOptions().httpTokensAsString()).isEqualTo("required");
        assertThat(instance.tags()).containsExactly(tag("Name", "request"), tag("from", "template"));
        awaitLines(cloud.home(id).resolve("boots"), 1);
    }

    @Test
    void several_instances_have_several_addresses_in_one_reservation() {
        RunInstancesResponse response =
                cloud.call(Ec2Fixture.launch(FOREVER).minCount(1).maxCount(3).build());

        assertThat(response.instances()).extracting(Instance::amiLaunchIndex).containsExactly(0, 1, 2);
        assertThat(response.instances().stream().map(Instance::privateIpAddress).distinct())
                .hasSize(3);
        DescribeInstancesResponse described =
                cloud.call(DescribeInstancesRequest.builder().build());
        assertThat(described.reservations()).hasSize(1);
    }

    @Test
    void instances_are_found_by_filters() {
        String first = cloud.run(Ec2Fixture.launch(FOREVER)
                .tagSpecifications(TagSpecification.builder()
                        .resourceType(ResourceType.INSTANCE)
                        .tags(tag("Name", "first"))
                        .build()));
        String second = cloud.run(Ec2Fixture.launch("#!/bin/bash\nexit 0\n"));
        cloud.awaitState(first, "running");
        cloud.awaitState(second, "stopped");

        assertThat(ids(filter("tag:Name", "fir*"))).containsExactly(first);
        assertThat(ids(filter("instance-state-name", "stopped", "stopping"))).containsExactly(second);
        assertThat(ids(filter("private-ip-address", cloud.describe(first).privateIpAddress())))
                .containsExactly(first);
        assertThat(ids(filter("availability-zone", "us-west-2a"), filter("instance-state-name", "running")))
                .containsExactly(first);
        assertThatThrownBy(() -> ids(filter("colour", "red"))).hasMessage("The filter 'colour' is invalid");
        DescribeInstanceStatusResponse status =
                cloud.call(DescribeInstanceStatusRequest.builder().build());
        assertThat(status.instanceStatuses())
                .extracting(each -> each.instanceId())
                .containsExactly(first);
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

    @Test
    void user_data_that_is_not_base64_launches_nothing() {
        assertThatThrownBy(() -> cloud.run(Ec2Fixture.launch("").userData("a")))
                .isInstanceOfSatisfying(
                        ServiceError.class, error -> assertThat(error.code()).isEqualTo("InvalidUserData.Malformed"));
        assertThat(ids()).isEmpty();
    }

    private List<String> ids(Filter... filters) {
        DescribeInstancesResponse response =
                cloud.call(DescribeInstancesRequest.builder().filters(filters).build());
        return response.reservations().stream()
                .flatMap(reservation -> reservation.instances().stream())
                .map(Instance::instanceId)
                .toList();
    }

    private static Filter filter(String name, String... values) {
        return Filter.builder().name(name).values(values).build();
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
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

    private static void awaitLines(Path file, int lines) {
        await(lines + " lines in " + file)
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> Files.exists(file) && Files.readAllLines(file).size() == lines);
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

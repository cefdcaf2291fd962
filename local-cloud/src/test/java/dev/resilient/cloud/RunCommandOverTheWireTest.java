package dev.resilient.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationResponse;
import software.amazon.awssdk.services.ssm.model.InstanceInformation;
import software.amazon.awssdk.services.ssm.model.InvalidInstanceIdException;
import software.amazon.awssdk.services.ssm.model.PingStatus;

/** Run Command on real instances, whose roles decide whether they can be reached, as the SDK's clients see it. */
class RunCommandOverTheWireTest {
    private static final String CORE = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore";
    private CloudWithClients cloud;
    private Ec2Client ec2;
    private IamClient iam;
    private SsmClient ssm;

    @BeforeEach
    void start(@TempDir Path directory) {
        cloud = new CloudWithClients(directory);
        ec2 = cloud.ec2;
        iam = cloud.iam;
        ssm = cloud.ssm;
    }

    @AfterEach
    void close() {
        cloud.close();
    }

    @Test
    void an_instance_is_known_once_its_role_may_say_so_and_it_has_taken_that_role_up() {
        cloud.createProfile("server");
        cloud.createProfile("managed", CORE);
        String id = launch("server");
        assertThat(information()).isEmpty();
        assertThatExceptionOfType(InvalidInstanceIdException.class)
                .isThrownBy(() -> send(id, "true"))
                .satisfies(error -> assertThat(error.awsErrorDetails().errorMessage())
                        .isEqualTo("Instances [[" + id + "]] not in a valid state for account 123456789012"));

        String association = ec2.describeIamInstanceProfileAssociations()
                .iamInstanceProfileAssociations()
                .getFirst()
                .associationId();
        ec2.replaceIamInstanceProfileAssociation(
                request -> request.associationId(association).iamInstanceProfile(profile -> profile.name("managed")));
        assertThat(information()).isEmpty();

        ec2.rebootInstances(request -> request.instanceIds(id));
        await().until(() -> !information().isEmpty());
        assertThat(information()).singleElement().satisfies(instance -> {
            assertThat(instance.instanceId()).isEqualTo(id);
            assertThat(instance.pingStatus()).isEqualTo(PingStatus.ONLINE);
        });
        assertThat(run(id, "echo reached").standardOutputContent()).isEqualTo("reached\n");

        iam.detachRolePolicy(request -> request.roleName("managed").policyArn(CORE));
        assertThat(information()).isEmpty();
    }

    @Test
    void a_command_has_the_instances_own_metadata_service_and_a_failure_is_told() {
        cloud.createProfile("managed", CORE);
        String id = launch("managed");

        GetCommandInvocationResponse metadata = run(
                id,
                "token=$(curl -s -X PUT -H 'X-aws-ec2-metadata-token-ttl-seconds: 60'"
                        + " $AWS_EC2_METADATA_SERVICE_ENDPOINT/latest/api/token)",
                "curl -s -H \"X-aws-ec2-metadata-token: $token\""
                        + " $AWS_EC2_METADATA_SERVICE_ENDPOINT/latest/meta-data/instance-id");
        GetCommandInvocationResponse failure = run(id, "echo wrong >&2", "exit 9");

        assertThat(metadata.standardOutputContent()).isEqualTo(id);
        assertThat(failure.statusAsString()).isEqualTo("Failed");
        assertThat(failure.responseCode()).isEqualTo(9);
        assertThat(failure.standardErrorContent()).isEqualTo("wrong\nfailed to run commands: exit status 9");
    }

    @Test
    void a_stopped_instance_has_lost_its_connection() {
        cloud.createProfile("managed", CORE);
        String id = launch("managed");
        assertThat(information()).hasSize(1);
        ec2.stopInstances(request -> request.instanceIds(id));
        awaitState(id, "stopped");

        assertThat(information())
                .extracting(InstanceInformation::pingStatus)
                .containsExactly(PingStatus.CONNECTION_LOST);
        assertThatExceptionOfType(InvalidInstanceIdException.class).isThrownBy(() -> send(id, "true"));

        ec2.terminateInstances(request -> request.instanceIds(id));
        awaitState(id, "terminated");
        assertThat(information()).isEmpty();
    }

    private String launch(String profile) {
        String id = cloud.launch(profile);
        awaitState(id, "running");
        return id;
    }

    private void awaitState(String id, String state) {
        await().until(() -> ec2.describeInstances(request -> request.instanceIds(id))
                .reservations()
                .getFirst()
                .instances()
                .getFirst()
                .state()
                .nameAsString()
                .equals(state));
    }

    private List<InstanceInformation> information() {
        return ssm.describeInstanceInformation().instanceInformationList();
    }

    private String send(String instanceId, String... lines) {
        return ssm.sendCommand(request -> request.documentName("AWS-RunShellScript")
                        .instanceIds(instanceId)
                        .parameters(Map.of("commands", List.of(lines))))
                .command()
                .commandId();
    }

    private GetCommandInvocationResponse run(String instanceId, String... lines) {
        String command = send(instanceId, lines);
        await().until(() -> {
            String status = invocation(command, instanceId).statusAsString();
            return !List.of("Pending", "InProgress").contains(status);
        });
        return invocation(command, instanceId);
    }

    private GetCommandInvocationResponse invocation(String command, String instanceId) {
        return ssm.getCommandInvocation(request -> request.commandId(command).instanceId(instanceId));
    }
}

package dev.resilient.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.cloud.base.NotedWaiter;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.waiters.WaiterOverrideConfiguration;
import software.amazon.awssdk.core.waiters.WaiterResponse;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceStatusRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeKeyPairsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVpcsRequest;
import software.amazon.awssdk.services.ec2.waiters.Ec2Waiter;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationRequest;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationResponse;
import software.amazon.awssdk.services.ssm.waiters.SsmWaiter;

/** Every waiter of the SDK whose operations are there comes to its end. */
class WaitersTest {
    private static final WaiterOverrideConfiguration OFTEN = WaiterOverrideConfiguration.builder()
            .maxAttempts(400)
            .backoffStrategyV2(BackoffStrategy.fixedDelayWithoutJitter(Duration.ofMillis(50)))
            .build();

    private static final Set<String> SUPPORTED = Set.of(
            "waitUntilImageAvailable",
            "waitUntilImageExists",
            "waitUntilInstanceExists",
            "waitUntilInstanceRunning",
            "waitUntilInstanceStatusOk",
            "waitUntilInstanceStopped",
            "waitUntilInstanceTerminated",
            "waitUntilKeyPairExists",
            "waitUntilSecurityGroupExists",
            "waitUntilSubnetAvailable",
            "waitUntilSystemStatusOk",
            "waitUntilVpcAvailable",
            "waitUntilVpcExists");

    private CloudWithClients cloud;
    private Ec2Client ec2;

    @BeforeEach
    void start(@TempDir Path directory) {
        cloud = new CloudWithClients(directory);
        ec2 = cloud.ec2;
    }

    @AfterEach
    void close() {
        cloud.close();
    }

    @Test
    void those_for_instances_end() {
        cloud.createProfile("none");
        String id = cloud.launch("none");
        DescribeInstancesRequest instance =
                DescribeInstancesRequest.builder().instanceIds(id).build();
        DescribeInstanceStatusRequest status =
                DescribeInstanceStatusRequest.builder().instanceIds(id).build();
        try (Ec2Waiter waiter = ec2.waiter()) {
            assertEnds(waiter.waitUntilInstanceExists(instance, OFTEN));
            assertEnds(waiter.waitUntilInstanceRunning(instance, OFTEN));
            assertEnds(waiter.waitUntilInstanceStatusOk(status, OFTEN));
            assertEnds(waiter.waitUntilSystemStatusOk(status, OFTEN));
            ec2.stopInstances(request -> request.instanceIds(id));
            assertEnds(waiter.waitUntilInstanceStopped(instance, OFTEN));
            ec2.terminateInstances(request -> request.instanceIds(id));
            assertEnds(waiter.waitUntilInstanceTerminated(instance, OFTEN));
        }
    }

    @Test
    void those_for_what_surrounds_instances_end() {
        ec2.createKeyPair(request -> request.keyName("mine"));
        try (Ec2Waiter waiter = ec2.waiter()) {
            assertEnds(waiter.waitUntilKeyPairExists(
                    DescribeKeyPairsRequest.builder().keyNames("mine").build(), OFTEN));
            assertEnds(waiter.waitUntilSecurityGroupExists(
                    DescribeSecurityGroupsRequest.builder()
                            .groupNames("default")
                            .build(),
                    OFTEN));
            assertEnds(waiter.waitUntilSubnetAvailable(
                    DescribeSubnetsRequest.builder().build(), OFTEN));
            assertEnds(
                    waiter.waitUntilVpcAvailable(DescribeVpcsRequest.builder().build(), OFTEN));
            assertEnds(waiter.waitUntilVpcExists(DescribeVpcsRequest.builder().build(), OFTEN));
            assertEnds(waiter.waitUntilImageAvailable(
                    DescribeImagesRequest.builder().build(), OFTEN));
            assertEnds(
                    waiter.waitUntilImageExists(DescribeImagesRequest.builder().build(), OFTEN));
        }
    }

    @Test
    void that_for_a_command_ends() {
        cloud.createProfile("managed", "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore");
        String id = cloud.launch("managed");
        try (Ec2Waiter waiter = ec2.waiter();
                SsmWaiter commands = cloud.ssm.waiter()) {
            waiter.waitUntilInstanceRunning(
                    DescribeInstancesRequest.builder().instanceIds(id).build(), OFTEN);
            String command = cloud.ssm
                    .sendCommand(request -> request.documentName("AWS-RunShellScript")
                            .instanceIds(id)
                            .parameters(Map.of("commands", List.of("sleep 0.2", "echo done"))))
                    .command()
                    .commandId();

            NotedWaiter<SsmWaiter> all = new NotedWaiter<>(SsmWaiter.class, commands);
            WaiterResponse<GetCommandInvocationResponse> executed = all.noted()
                    .waitUntilCommandExecuted(
                            GetCommandInvocationRequest.builder()
                                    .commandId(command)
                                    .instanceId(id)
                                    .build(),
                            OFTEN);

            assertThat(executed.matched().response().orElseThrow().standardOutputContent())
                    .isEqualTo("done\n");
            all.assertAllCalled();
        }
    }

    /** A waiter that the SDK adds, or an operation that is added here, must not be forgotten. */
    @Test
    void there_are_no_others_whose_operations_are_there() {
        Set<String> operations = Set.copyOf(cloud.operationsOf("ec2"));
        Set<String> found = new TreeSet<>();
        for (Method method : Ec2Waiter.class.getMethods()) {
            if (method.getName().startsWith("waitUntil")
                    && Arrays.stream(method.getParameterTypes())
                            .map(Class::getSimpleName)
                            .map(name -> name.replaceFirst("Request$", ""))
                            .anyMatch(operations::contains)) {
                found.add(method.getName());
            }
        }

        assertThat(found).containsExactlyInAnyOrderElementsOf(SUPPORTED);
    }

    private static void assertEnds(WaiterResponse<?> response) {
        assertThat(response.matched().exception()).isEmpty();
        assertThat(response.attemptsExecuted()).isPositive();
    }
}

package dev.resilient.cloud.ec2;

import static org.awaitility.Awaitility.await;

import dev.resilient.cloud.base.Account;
import dev.resilient.cloud.base.OpenGate;
import dev.resilient.cloud.base.Pace;
import dev.resilient.cloud.base.PublicImages;
import dev.resilient.cloud.base.TestContext;
import dev.resilient.cloud.event.CloudEvent;
import dev.resilient.cloud.event.CloudEvents;
import dev.resilient.cloud.identity.RoleCredentials;
import dev.resilient.cloud.identity.RoleDirectory;
import dev.resilient.cloud.identity.RoleDirectory.AssumableRole;
import dev.resilient.policy.PolicyDocument;
import dev.resilient.time.SystemTime;
import dev.resilient.wire.Access;
import dev.resilient.wire.Call;
import dev.resilient.wire.Caller;
import dev.resilient.wire.Gate;
import dev.resilient.wire.Operation;
import dev.resilient.wire.OperationRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeIamInstanceProfileAssociationsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeIamInstanceProfileAssociationsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.GetConsoleOutputRequest;
import software.amazon.awssdk.services.ec2.model.GetConsoleOutputResponse;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceType;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.RunInstancesResponse;

/** An EC2 with real instances, called through its registered operations as the endpoint calls them. */
final class Ec2Fixture implements AutoCloseable {
    static final Account ACCOUNT = Account.inRegion("us-west-2");
    static final String GOOD_PROFILE = "arn:aws:iam::123456789012:instance-profile/good";
    static final String OTHER_PROFILE = "arn:aws:iam::123456789012:instance-profile/other";
    static final String IMAGE = PublicImages.of(ACCOUNT).images().stream()
            .filter(image -> image.architecture().equals("x86_64"))
            .findFirst()
            .orElseThrow()
            .imageId();
    /** A script that notes each of its boots in a file and does not end. */
    static final String FOREVER = "#!/bin/bash\necho booted >> boots\nsleep 1000\n";

    static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Call CALL = new Call(
            new Caller(ACCOUNT.id(), "arn:aws:iam::123456789012:user/deployer", "AIDA"),
            "request",
            new byte[0],
            Gate.Origin.NONE,
            new OpenGate());

    final List<CloudEvent> events = new CopyOnWriteArrayList<>();
    final Path directory;
    final Ec2 ec2;
    private final OperationRegistry operations = new OperationRegistry("ec2");

    Ec2Fixture(Path directory) {
        this.directory = directory;
        CloudEvents stream = new CloudEvents();
        stream.subscribe(events::add);
        ec2 = new Ec2(
                TestContext.at(SystemTime.INSTANCE, new Pace(100), stream),
                new Random(1),
                new Ec2.Settings(
                        directory,
                        Path.of(System.getProperty("java.home")),
                        () -> Map.of("AWS_ENDPOINT_URL", "http://127.0.0.1:1"),
                        Duration.ofSeconds(2)),
                new Ec2.Identity(new Profiles(), Ec2Fixture::credentials));
        ec2.register(operations);
    }

    /** The registry pairs the class of each request with that of its response; the caller names the latter. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    <I extends AwsRequest, O extends AwsResponse> O call(I request) {
        String name = request.getClass().getSimpleName().replaceFirst("Request$", "");
        Operation<I, O> operation = (Operation<I, O>) operations.find(name).orElseThrow();
        return operation.handler().handle(request, CALL).response();
    }

    /** What IAM is asked before this request is carried out. */
    @SuppressWarnings("unchecked") // as call
    <I extends AwsRequest> List<Access.Question> questions(I request) {
        String name = request.getClass().getSimpleName().replaceFirst("Request$", "");
        return ((Operation<I, ?>) operations.find(name).orElseThrow()).access().of(request);
    }

    OperationRegistry operations() {
        return operations;
    }

    static RunInstancesRequest.Builder launch(String userData) {
        return RunInstancesRequest.builder()
                .imageId(IMAGE)
                .instanceType(InstanceType.T3_MICRO)
                .minCount(1)
                .maxCount(1)
                .userData(base64(userData));
    }

    static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Launches one instance and gives its id. */
    String run(RunInstancesRequest.Builder request) {
        RunInstancesResponse response = call(request.build());
        return response.instances().getFirst().instanceId();
    }

    Instance describe(String id) {
        DescribeInstancesResponse response =
                call(DescribeInstancesRequest.builder().instanceIds(id).build());
        return response.reservations().getFirst().instances().getFirst();
    }

    /** The id of the association of an instance with its profile. */
    String association(String id) {
        DescribeIamInstanceProfileAssociationsResponse response =
                call(DescribeIamInstanceProfileAssociationsRequest.builder()
                        .filters(Filter.builder().name("instance-id").values(id).build())
                        .build());
        return response.iamInstanceProfileAssociations().getFirst().associationId();
    }

    void awaitState(String id, String state) {
        await(id + " is " + state)
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> describe(id).state().nameAsString().equals(state));
    }

    void awaitConsole(String id, String output) {
        await(id + " has said " + output).atMost(LIMIT).until(() -> {
            GetConsoleOutputResponse response =
                    call(GetConsoleOutputRequest.builder().instanceId(id).build());
            return new String(Base64.getMimeDecoder().decode(response.output()), StandardCharsets.UTF_8)
                    .endsWith(output);
        });
    }

    static void awaitLines(Path file, int lines) {
        await(lines + " lines in " + file)
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> Files.exists(file) && Files.readAllLines(file).size() == lines);
    }

    Path instanceDirectory(String id) {
        return directory.resolve("instances").resolve(id);
    }

    Path home(String id) {
        return instanceDirectory(id).resolve("home");
    }

    List<String> statesOf(String id) {
        return events.stream()
                .map(CloudEvent.InstanceStateChanged.class::cast)
                .filter(event -> event.instanceId().equals(id))
                .map(CloudEvent.InstanceStateChanged::to)
                .toList();
    }

    @Override
    public void close() {
        ec2.close();
    }

    private static RoleCredentials credentials(String profileArn, String instanceId) {
        String role = profileArn.substring(profileArn.lastIndexOf('/') + 1) + "-role";
        return new RoleCredentials.Issued(
                role,
                "ASIA" + role,
                "secret of " + instanceId,
                "token of " + role,
                SystemTime.INSTANCE.instant(),
                SystemTime.INSTANCE.instant().plus(Duration.ofHours(6)));
    }

    private static final class Profiles implements RoleDirectory {
        private static final PolicyDocument NOTHING = PolicyDocument.parse("""
            {"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Principal": "*", "Action": "sts:AssumeRole"}}
            """, PolicyDocument.Kind.TRUST);

        @Override
        public Optional<AssumableRole> role(String name) {
            String arn = "arn:aws:iam::123456789012:role/" + name;
            return Optional.of(new AssumableRole(name, arn, "AROA" + name, NOTHING, Duration.ofHours(1)));
        }

        @Override
        public Optional<ProfileOfInstances> instanceProfile(String nameOrArn) {
            String name = nameOrArn.substring(nameOrArn.lastIndexOf('/') + 1);
            String arn = "arn:aws:iam::123456789012:instance-profile/" + name;
            return arn.equals(GOOD_PROFILE) || arn.equals(OTHER_PROFILE)
                    ? Optional.of(new ProfileOfInstances(
                            name,
                            arn,
                            "AIPA" + arn.substring(arn.length() - 4),
                            arn.equals(GOOD_PROFILE) ? "good-role" : null))
                    : Optional.empty();
        }
    }
}

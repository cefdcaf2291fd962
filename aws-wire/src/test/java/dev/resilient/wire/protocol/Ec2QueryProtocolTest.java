package dev.resilient.wire.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resilient.wire.Access;
import dev.resilient.wire.AnsweredCall;
import dev.resilient.wire.Echo;
import dev.resilient.wire.KeyRing;
import dev.resilient.wire.Models;
import dev.resilient.wire.OperationRegistry;
import dev.resilient.wire.TestCloud;
import java.time.Instant;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.CreateLaunchTemplateRequest;
import software.amazon.awssdk.services.ec2.model.CreateLaunchTemplateResponse;
import software.amazon.awssdk.services.ec2.model.CreateTagsRequest;
import software.amazon.awssdk.services.ec2.model.CreateTagsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceType;
import software.amazon.awssdk.services.ec2.model.Reservation;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.RunInstancesResponse;
import software.amazon.awssdk.services.ec2.model.Tag;

@SuppressWarnings("unchecked") // the SDK takes arrays of lambdas of its generic builders
final class Ec2QueryProtocolTest {

    @Test
    void a_rich_request_arrives_as_it_was_sent() {
        CreateLaunchTemplateRequest sent = CreateLaunchTemplateRequest.builder()
                .clientToken("token")
                .launchTemplateName("template")
                .launchTemplateData(data -> data.imageId("ami-1")
                        .instanceType(InstanceType.T3_MICRO)
                        .userData("IyEvYmluL2Jhc2gK")
                        .securityGroupIds("sg-1", "sg-2")
                        .metadataOptions(metadata -> metadata.httpTokens("required"))
                        .blockDeviceMappings(mapping -> mapping.deviceName("/dev/xvda")
                                .ebs(ebs -> ebs.volumeSize(8).deleteOnTermination(true)))
                        .tagSpecifications(specification -> specification
                                .resourceType(ResourceType.INSTANCE)
                                .tags(tag("a", "1"), tag("b", ""))))
                .build();
        Echo<CreateLaunchTemplateRequest, CreateLaunchTemplateResponse> echo =
                new Echo<>(CreateLaunchTemplateResponse.builder()
                        .launchTemplate(
                                template -> template.launchTemplateId("lt-1").latestVersionNumber(1L))
                        .build());
        try (TestCloud cloud = ec2(operations ->
                        operations.register(CreateLaunchTemplateRequest.class, Access.anyResource(), echo));
                Ec2Client client = cloud.client(Ec2Client.builder())) {
            assertThat(client.createLaunchTemplate(sent).launchTemplate().launchTemplateId())
                    .isEqualTo("lt-1");
            assertThat(echo.seen()).isEqualTo(sent);
        }
    }

    @Test
    void a_rich_response_arrives_as_it_was_answered() {
        DescribeInstancesResponse answer = DescribeInstancesResponse.builder()
                .reservations(
                        Reservation.builder()
                                .reservationId("r-1")
                                .instances(Instance.builder()
                                        .instanceId("i-1")
                                        .launchTime(Instant.parse("2026-01-02T03:04:05Z"))
                                        .state(state -> state.code(16).name("running"))
                                        .ebsOptimized(false)
                                        .placement(placement -> placement.availabilityZone("us-west-2a"))
                                        .tags(tag("Name", "<a & b>"), tag("empty", ""))
                                        .publicDnsName("127.31.0.1")
                                        .build())
                                .build(),
                        Reservation.builder().reservationId("r-2").build())
                .build();
        Echo<DescribeInstancesRequest, DescribeInstancesResponse> echo = new Echo<>(answer);
        try (TestCloud cloud = ec2(
                        operations -> operations.register(DescribeInstancesRequest.class, Access.anyResource(), echo));
                Ec2Client client = cloud.client(Ec2Client.builder())) {
            DescribeInstancesRequest sent = DescribeInstancesRequest.builder()
                    .instanceIds("i-1", "i-2")
                    .filters(filter -> filter.name("tag:Name").values("a", "b"), filter -> filter.name("vpc-id")
                            .values("vpc-1"))
                    .build();
            assertThat(client.describeInstances(sent)).matches(answer::equalsBySdkFields, answer.toString());
            assertThat(echo.seen()).isEqualTo(sent);
        }
    }

    @Test
    void an_operation_without_output_says_so() {
        try (TestCloud cloud = ec2(operations -> operations.register(
                        CreateTagsRequest.class,
                        Access.anyResource(),
                        new Echo<>(CreateTagsResponse.builder().build())));
                Ec2Client client = cloud.client(Ec2Client.builder())) {
            assertThat(client.createTags(tags -> tags.resources("i-1").tags(tag("a", "b")))
                            .sdkHttpResponse()
                            .isSuccessful())
                    .isTrue();
        }
    }

    @Test
    void a_denied_caller_reads_who_may_not_do_what() {
        try (TestCloud cloud = ec2(operations -> operations.register(
                        RunInstancesRequest.class,
                        Access.resource(request -> "arn:aws:ec2:us-west-2:123456789012:instance/*"),
                        new Echo<>(RunInstancesResponse.builder().build())));
                Ec2Client client = cloud.client(Ec2Client.builder())) {
            cloud.keys.denied.add("ec2:RunInstances");
            assertThatThrownBy(() -> client.runInstances(run -> run.minCount(1).maxCount(1)))
                    .isInstanceOfSatisfying(Ec2Exception.class, error -> {
                        assertThat(error.statusCode()).isEqualTo(403);
                        assertThat(error.awsErrorDetails().errorCode()).isEqualTo("UnauthorizedOperation");
                        assertThat(error.awsErrorDetails().errorMessage())
                                .isEqualTo("You are not authorized to perform this operation. User:"
                                        + " arn:aws:iam::123456789012:user/alice is not authorized to perform:"
                                        + " ec2:RunInstances on resource:"
                                        + " arn:aws:ec2:us-west-2:123456789012:instance/* because no identity-based"
                                        + " policy allows the ec2:RunInstances action");
                    });
            assertThat(cloud.calls).singleElement().satisfies(call -> assertThat(call)
                    .returns(KeyRing.ALICE.arn(), AnsweredCall::caller)
                    .returns("ec2:RunInstances", AnsweredCall::action)
                    .returns(403, AnsweredCall::status)
                    .returns("UnauthorizedOperation", AnsweredCall::error));
        }
    }

    @Test
    void input_rules_are_told_in_ec2s_words() {
        try (TestCloud cloud = ec2(operations -> operations.register(
                        RunInstancesRequest.class,
                        Access.anyResource(),
                        new Echo<>(RunInstancesResponse.builder().build())));
                Ec2Client client = cloud.client(Ec2Client.builder())) {
            assertThatThrownBy(() -> client.runInstances(run -> run.maxCount(1)))
                    .isInstanceOfSatisfying(Ec2Exception.class, error -> {
                        assertThat(error.awsErrorDetails().errorCode()).isEqualTo("MissingParameter");
                        assertThat(error.awsErrorDetails().errorMessage())
                                .isEqualTo("The request must contain the parameter MinCount.");
                    });
            assertThatThrownBy(() -> client.runInstances(run ->
                            run.minCount(1).maxCount(1).metadataOptions(metadata -> metadata.httpTokens("sometimes"))))
                    .isInstanceOfSatisfying(Ec2Exception.class, error -> {
                        assertThat(error.awsErrorDetails().errorCode()).isEqualTo("InvalidParameterValue");
                        assertThat(error.awsErrorDetails().errorMessage())
                                .isEqualTo("Value (sometimes) for parameter MetadataOptions.HttpTokens is invalid."
                                        + " Member must satisfy enum value set: [optional, required].");
                    });
        }
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }

    private static TestCloud ec2(Consumer<OperationRegistry> operations) {
        return new TestCloud(TestCloud.service(Models.EC2, operations));
    }
}

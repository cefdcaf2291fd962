package dev.resilient.cloud.ec2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.resilient.wire.Access;
import dev.resilient.wire.ServiceError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.services.ec2.model.AssociateIamInstanceProfileRequest;
import software.amazon.awssdk.services.ec2.model.CreateLaunchTemplateRequest;
import software.amazon.awssdk.services.ec2.model.DescribeIamInstanceProfileAssociationsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeIamInstanceProfileAssociationsResponse;
import software.amazon.awssdk.services.ec2.model.DisassociateIamInstanceProfileRequest;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.IamInstanceProfileAssociation;
import software.amazon.awssdk.services.ec2.model.IamInstanceProfileSpecification;
import software.amazon.awssdk.services.ec2.model.ReplaceIamInstanceProfileAssociationRequest;
import software.amazon.awssdk.services.ec2.model.StopInstancesRequest;

final class ProfileAssociationsTest {
    private static final String ASKS_FOR_ITS_ROLE = """
        #!/bin/bash
        mkfifo again
        metadata=$AWS_EC2_METADATA_SERVICE_ENDPOINT/latest
        token=$(curl -s -X PUT -H 'X-aws-ec2-metadata-token-ttl-seconds: 60' "$metadata/api/token")
        for answer in first second; do
            curl -s -H "X-aws-ec2-metadata-token: $token" "$metadata/meta-data/iam/security-credentials/" > part
            mv part $answer
            cat again
        done
        """;

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
    void an_instance_sees_its_replaced_profile_at_once() throws Exception {
        String id = cloud.run(Ec2Fixture.launch(ASKS_FOR_ITS_ROLE).iamInstanceProfile(profile("good")));
        awaitContent(cloud.home(id).resolve("first"), "good-role");
        IamInstanceProfileAssociation before = association(id);

        cloud.call(ReplaceIamInstanceProfileAssociationRequest.builder()
                .associationId(before.associationId())
                .iamInstanceProfile(profile("other"))
                .build());
        Files.writeString(cloud.home(id).resolve("again"), "\n");

        awaitContent(cloud.home(id).resolve("second"), "other-role");
        assertThat(association(id).iamInstanceProfile().arn()).isEqualTo(Ec2Fixture.OTHER_PROFILE);
        assertThat(association(id).associationId()).isNotEqualTo(before.associationId());
        assertFails(
                ReplaceIamInstanceProfileAssociationRequest.builder()
                        .associationId(before.associationId())
                        .iamInstanceProfile(profile("good"))
                        .build(),
                "InvalidAssociationID.NotFound");
    }

    @Test
    void whoever_gives_an_instance_a_profile_must_be_allowed_to_pass_the_role_in_it() {
        Access.Question passRole = new Access.Question(
                "iam:PassRole",
                "arn:aws:iam::123456789012:role/good-role",
                Map.of("iam:PassedToService", "ec2.amazonaws.com"));
        cloud.call(CreateLaunchTemplateRequest.builder()
                .launchTemplateName("with-profile")
                .launchTemplateData(data -> data.iamInstanceProfile(profile -> profile.name("good")))
                .build());

        assertThat(cloud.questions(Ec2Fixture.launch("#!/bin/bash\n")
                        .iamInstanceProfile(profile("good"))
                        .build()))
                .hasSize(2)
                .contains(passRole);
        assertThat(cloud.questions(Ec2Fixture.launch("#!/bin/bash\n")
                        .launchTemplate(template -> template.launchTemplateName("with-profile"))
                        .build()))
                .contains(passRole);
        assertThat(cloud.questions(AssociateIamInstanceProfileRequest.builder()
                        .instanceId("i-1")
                        .iamInstanceProfile(profile("good"))
                        .build()))
                .contains(passRole);
        assertThat(cloud.questions(ReplaceIamInstanceProfileAssociationRequest.builder()
                        .associationId("iip-assoc-1")
                        .iamInstanceProfile(profile("good"))
                        .build()))
                .contains(passRole);
        assertThat(cloud.questions(Ec2Fixture.launch("#!/bin/bash\n").build())).hasSize(1);
        assertThat(cloud.questions(Ec2Fixture.launch("#!/bin/bash\n")
                        .iamInstanceProfile(profile("none such"))
                        .build()))
                .as("the launch itself says that there is no such profile")
                .hasSize(1);
    }

    @Test
    void an_instance_has_at_most_one_profile() {
        String id = cloud.run(Ec2Fixture.launch("#!/bin/bash\nsleep 1000\n"));
        assertThat(associations(id)).isEmpty();

        AssociateIamInstanceProfileRequest associate = AssociateIamInstanceProfileRequest.builder()
                .instanceId(id)
                .iamInstanceProfile(profile("good"))
                .build();
        cloud.call(associate);
        assertFails(associate, "IncorrectState");
        cloud.call(DisassociateIamInstanceProfileRequest.builder()
                .associationId(association(id).associationId())
                .build());

        assertThat(associations(id)).isEmpty();
        assertThat(cloud.describe(id).iamInstanceProfile()).isNull();
    }

    @Test
    void a_profile_is_replaced_on_a_running_instance_only() {
        String id = cloud.run(Ec2Fixture.launch("#!/bin/bash\nsleep 1000\n").iamInstanceProfile(profile("good")));
        cloud.awaitState(id, "running");
        cloud.call(StopInstancesRequest.builder().instanceIds(id).build());
        cloud.awaitState(id, "stopped");

        assertFails(
                ReplaceIamInstanceProfileAssociationRequest.builder()
                        .associationId(association(id).associationId())
                        .iamInstanceProfile(profile("other"))
                        .build(),
                "IncorrectInstanceState");
    }

    @Test
    void a_profile_that_IAM_does_not_have_is_refused() {
        assertThatThrownBy(() -> cloud.run(Ec2Fixture.launch("").iamInstanceProfile(profile("missing"))))
                .isInstanceOfSatisfying(
                        ServiceError.class, error -> assertThat(error.code()).isEqualTo("InvalidParameterValue"))
                .hasMessage("Value (missing) for parameter iamInstanceProfile.name is invalid. Invalid IAM Instance"
                        + " Profile name");
    }

    private IamInstanceProfileAssociation association(String instanceId) {
        return associations(instanceId).getFirst();
    }

    private List<IamInstanceProfileAssociation> associations(String instanceId) {
        DescribeIamInstanceProfileAssociationsResponse response =
                cloud.call(DescribeIamInstanceProfileAssociationsRequest.builder()
                        .filters(Filter.builder()
                                .name("instance-id")
                                .values(instanceId)
                                .build())
                        .build());
        return response.iamInstanceProfileAssociations();
    }

    private void assertFails(AwsRequest request, String code) {
        assertThatThrownBy(() -> cloud.call(request))
                .isInstanceOfSatisfying(
                        ServiceError.class, error -> assertThat(error.code()).isEqualTo(code));
    }

    private static IamInstanceProfileSpecification profile(String name) {
        return IamInstanceProfileSpecification.builder().name(name).build();
    }

    private static void awaitContent(Path file, String content) {
        await(file.toString())
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> Files.exists(file) && Files.readString(file).equals(content));
    }
}

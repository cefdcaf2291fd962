package dev.resilient.cloud.ec2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.resilient.wire.ServiceError;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.ec2.model.CreateSecurityGroupRequest;
import software.amazon.awssdk.services.ec2.model.CreateSecurityGroupResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceAttributeRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceAttributeResponse;
import software.amazon.awssdk.services.ec2.model.GroupIdentifier;
import software.amazon.awssdk.services.ec2.model.InstanceAttributeName;
import software.amazon.awssdk.services.ec2.model.ModifyInstanceAttributeRequest;
import software.amazon.awssdk.services.ec2.model.StartInstancesRequest;
import software.amazon.awssdk.services.ec2.model.StopInstancesRequest;
import software.amazon.awssdk.services.ec2.model.TerminateInstancesRequest;

final class InstanceAttributesTest {
    private static final String FOREVER = "#!/bin/bash\nsleep 1000\n";

    @TempDir
    Path directory;

    private Ec2Fixture cloud;
    private String id;

    @BeforeEach
    void start() {
        cloud = new Ec2Fixture(directory);
        id = cloud.run(Ec2Fixture.launch(FOREVER));
        cloud.awaitState(id, "running");
    }

    @AfterEach
    void close() {
        cloud.close();
    }

    @Test
    void attributes_are_what_the_instance_was_launched_with() {
        assertThat(describe(InstanceAttributeName.INSTANCE_TYPE).instanceType().value())
                .isEqualTo("t3.micro");
        assertThat(describe(InstanceAttributeName.USER_DATA).userData().value()).isEqualTo(Ec2Fixture.base64(FOREVER));
        assertThat(describe(InstanceAttributeName.DISABLE_API_TERMINATION)
                        .disableApiTermination()
                        .value())
                .isFalse();
        assertThat(describe(InstanceAttributeName.GROUP_SET).groups()).hasSize(1);
        assertError(
                () -> describe(InstanceAttributeName.SRIOV_NET_SUPPORT),
                "InvalidParameterValue",
                "The instance attribute sriovNetSupport is not supported by this cloud.");
    }

    @Test
    void what_is_protected_is_not_terminated() {
        modify(request -> request.disableApiTermination(flag -> flag.value(true)));

        assertError(
                () -> cloud.call(
                        TerminateInstancesRequest.builder().instanceIds(id).build()),
                "OperationNotPermitted",
                "The instance '" + id + "' may not be terminated. Modify its 'disableApiTermination' instance attribute"
                        + " and try again.");
        assertThat(cloud.describe(id).state().nameAsString()).isEqualTo("running");

        modify(request -> request.disableApiTermination(flag -> flag.value(false)));
        cloud.call(TerminateInstancesRequest.builder().instanceIds(id).build());
        cloud.awaitState(id, "terminated");
    }

    @Test
    void user_data_change_while_the_instance_is_stopped() {
        String eachBoot = """
            Content-Type: multipart/mixed; boundary="//"

            --//
            Content-Type: text/cloud-config

            #cloud-config
            cloud_final_modules:
            - [scripts-user, always]

            --//
            Content-Type: text/x-shellscript

            #!/bin/bash
            echo changed
            sleep 1000

            --//--
            """;
        assertError(
                () -> modify(request -> request.userData(data -> data.value(SdkBytes.fromUtf8String("x")))),
                "IncorrectInstanceState");
        cloud.call(StopInstancesRequest.builder().instanceIds(id).build());
        cloud.awaitState(id, "stopped");

        modify(request -> request.userData(data -> data.value(SdkBytes.fromUtf8String(eachBoot))));

        cloud.call(StartInstancesRequest.builder().instanceIds(id).build());
        cloud.awaitState(id, "running");
        cloud.awaitConsole(id, "changed\n");
        assertThat(new String(
                        Base64.getDecoder()
                                .decode(describe(InstanceAttributeName.USER_DATA)
                                        .userData()
                                        .value()),
                        StandardCharsets.UTF_8))
                .isEqualTo(eachBoot);
    }

    @Test
    void groups_change_at_once_and_must_exist() {
        CreateSecurityGroupResponse group = cloud.call(CreateSecurityGroupRequest.builder()
                .groupName("web")
                .description("web")
                .build());
        assertError(() -> modify(request -> request.groups("sg-00000000000000000")), "InvalidGroup.NotFound");

        modify(request -> request.groups(group.groupId()));

        assertThat(cloud.describe(id).securityGroups())
                .extracting(GroupIdentifier::groupName)
                .containsExactly("web");
    }

    @Test
    void one_supported_attribute_is_changed_at_a_time() {
        assertError(() -> modify(request -> {}), "InvalidParameterCombination");
        assertError(
                () -> modify(request -> request.groups("sg-1").disableApiTermination(flag -> flag.value(true))),
                "InvalidParameterCombination");
        assertError(() -> modify(request -> request.disableApiStop(flag -> flag.value(true))), "InvalidParameterValue");
        assertError(
                () -> modify(request -> request.sourceDestCheck(flag -> flag.value(false))), "InvalidParameterValue");
        assertError(
                () -> modify(request -> request.instanceInitiatedShutdownBehavior(value -> value.value("stop"))),
                "InvalidParameterValue");
        assertThat(describe(InstanceAttributeName.DISABLE_API_TERMINATION)
                        .disableApiTermination()
                        .value())
                .isFalse();
    }

    @Test
    void what_would_make_another_instance_is_refused_by_name() {
        assertError(
                () -> cloud.run(Ec2Fixture.launch(FOREVER).privateIpAddress("127.31.0.77")),
                "UnsupportedOperation",
                "The parameter PrivateIpAddress is not supported by this cloud");
        assertError(
                () -> cloud.run(Ec2Fixture.launch(FOREVER).instanceMarketOptions(spot -> spot.marketType("spot"))),
                "UnsupportedOperation");
    }

    private DescribeInstanceAttributeResponse describe(InstanceAttributeName attribute) {
        return cloud.call(DescribeInstanceAttributeRequest.builder()
                .instanceId(id)
                .attribute(attribute)
                .build());
    }

    private void modify(Consumer<ModifyInstanceAttributeRequest.Builder> change) {
        ModifyInstanceAttributeRequest.Builder request =
                ModifyInstanceAttributeRequest.builder().instanceId(id);
        change.accept(request);
        cloud.call(request.build());
    }

    private static void assertError(ThrowingCallable call, String code, String message) {
        assertThatExceptionOfType(ServiceError.class).isThrownBy(call).satisfies(error -> {
            assertThat(error.code()).isEqualTo(code);
            assertThat(error.getMessage()).isEqualTo(message);
        });
    }

    private static void assertError(ThrowingCallable call, String code) {
        assertThatExceptionOfType(ServiceError.class).isThrownBy(call).satisfies(error -> assertThat(error.code())
                .isEqualTo(code));
    }
}

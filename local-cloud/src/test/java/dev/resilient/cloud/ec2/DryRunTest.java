package dev.resilient.cloud.ec2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.resilient.cloud.base.OpenGate;
import dev.resilient.wire.Call;
import dev.resilient.wire.Caller;
import dev.resilient.wire.Gate;
import dev.resilient.wire.Operation;
import dev.resilient.wire.ServiceError;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.utils.builder.Buildable;

/** Every operation can say what it asks IAM, and ends at the parameter DryRun, before it looks at anything else, unless AWS gives it none. */
final class DryRunTest {
    private static final Set<String> WITHOUT = Set.of(
            "AssociateIamInstanceProfile",
            "DescribeIamInstanceProfileAssociations",
            "DisassociateIamInstanceProfile",
            "ReplaceIamInstanceProfileAssociation");
    private static final Call CALL = new Call(
            new Caller("123456789012", "arn:aws:iam::123456789012:user/a", "AIDA"),
            "request",
            new byte[0],
            Gate.Origin.NONE,
            new OpenGate());

    @TestFactory
    Stream<DynamicTest> a_dry_run_says_that_it_would_have_succeeded(@TempDir Path directory) {
        Ec2Fixture cloud = new Ec2Fixture(directory);
        return cloud.operations().names().stream()
                .filter(name -> !WITHOUT.contains(name))
                .map(name -> DynamicTest.dynamicTest(
                        name, () -> dryRun(cloud.operations().find(name).orElseThrow())))
                .onClose(cloud::close);
    }

    @SuppressWarnings("unchecked") // the request is of the operation's own class
    private static <I extends AwsRequest> void dryRun(Operation<I, ?> operation) throws Exception {
        SdkPojo builder = (SdkPojo) operation.requestType().getMethod("builder").invoke(null);
        SdkField<?> field = builder.sdkFieldNameToField().get("DryRun");
        assertThat(field).as("the parameter DryRun").isNotNull();
        field.set(builder, true);
        I request = (I) ((Buildable) builder).build();

        assertThat(operation.access().of(request)).isNotNull();
        assertThatExceptionOfType(ServiceError.class)
                .isThrownBy(() -> operation.handler().handle(request, CALL))
                .satisfies(error -> {
                    assertThat(error.code()).isEqualTo("DryRunOperation");
                    assertThat(error.status()).isEqualTo(412);
                });
    }
}

package dev.resilient.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.ssm.model.ParameterType;
import software.amazon.awssdk.services.ssm.model.SsmException;

/** Faults that are given and taken with an ordinary client of Systems Manager. */
class FaultsOverTheWireTest {
    private static final String FAULT = "/local-cloud/faults/iam";
    private CloudWithClients cloud;

    @BeforeEach
    void start(@TempDir Path directory) {
        cloud = new CloudWithClients(directory);
    }

    @AfterEach
    void close() {
        cloud.close();
    }

    private void put(String value) {
        cloud.ssm.putParameter(request ->
                request.name(FAULT).value(value).type(ParameterType.STRING).overwrite(true));
    }

    @Test
    void a_parameter_makes_a_service_fail_until_it_is_deleted() {
        put("throttle 1.0");
        assertThatExceptionOfType(IamException.class)
                .isThrownBy(() -> cloud.iam.getUser())
                .satisfies(
                        error -> assertThat(error.awsErrorDetails().errorCode()).isEqualTo("Throttling"));
        assertThat(cloud.ec2.describeInstances().reservations()).isEmpty();

        cloud.ssm.deleteParameter(request -> request.name(FAULT));
        assertThat(cloud.iam.listRoles().roles()).isEmpty();
    }

    @Test
    void a_fault_that_is_not_understood_is_refused_and_changes_nothing() {
        assertThatExceptionOfType(SsmException.class)
                .isThrownBy(() -> put("throttle much"))
                .satisfies(error -> {
                    assertThat(error.awsErrorDetails().errorCode()).isEqualTo("ValidationException");
                    assertThat(error.awsErrorDetails().errorMessage()).startsWith("The fault \"throttle much\" is not");
                });
        assertThat(cloud.ssm.describeParameters().parameters()).isEmpty();
        assertThat(cloud.iam.listRoles().roles()).isEmpty();
    }
}

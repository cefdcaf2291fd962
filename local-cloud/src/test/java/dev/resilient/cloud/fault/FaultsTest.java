package dev.resilient.cloud.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resilient.time.TimeSource;
import dev.resilient.wire.Caller;
import dev.resilient.wire.ServiceError;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;

class FaultsTest {
    private static final AwsRequest REQUEST = GetItemRequest.builder().build();
    private static final Caller USER = new Caller("123456789012", "arn:aws:iam::123456789012:user/me", "AIDA");
    private static final Caller SERVER =
            new Caller("123456789012", "arn:aws:sts::123456789012:assumed-role/server/i-1", "AROA:i-1");

    private final Map<String, String> parameters = new HashMap<>();
    private final List<String> happened = new ArrayList<>();
    private final Faults faults =
            new Faults(name -> Optional.ofNullable(parameters.get(name)), new Waits(), new Random(20_261_127));

    /** Time in which waiting is over at once and written down. */
    private final class Waits implements TimeSource {
        @Override
        public long nanoTime() {
            return 0;
        }

        @Override
        public Instant instant() {
            return Instant.EPOCH;
        }

        @Override
        public void sleep(Duration duration) throws InterruptedException {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (duration.isPositive()) {
                happened.add("waited " + duration);
            }
        }
    }

    private String call(String action, Caller caller) {
        try {
            return faults.around(action, REQUEST, caller, () -> "done");
        } catch (ServiceError error) {
            return error.status() + " " + error.code();
        }
    }

    @Test
    void without_a_parameter_every_call_goes_through() {
        assertThat(call("dynamodb:GetItem", USER)).isEqualTo("done");
    }

    @Test
    void a_fault_is_told_in_the_services_own_words_and_ends_with_its_parameter() {
        parameters.put("/local-cloud/faults/dynamodb", "throttle 1");
        assertThat(call("dynamodb:GetItem", USER)).isEqualTo("400 ProvisionedThroughputExceededException");
        assertThat(call("dynamodb:DescribeTable", SERVER)).isEqualTo("400 ThrottlingException");
        assertThat(call("ec2:DescribeInstances", USER)).isEqualTo("done");

        parameters.put("/local-cloud/faults/dynamodb", "error 1");
        assertThat(call("dynamodb:GetItem", USER)).isEqualTo("500 InternalServerError");

        parameters.clear();
        assertThat(call("dynamodb:GetItem", USER)).isEqualTo("done");
    }

    @Test
    void a_fault_of_a_role_is_for_its_sessions_only_and_stands_for_the_services_own() {
        parameters.put("/local-cloud/faults/ec2/server", "throttle 1");
        assertThat(call("ec2:DescribeInstances", SERVER)).isEqualTo("503 RequestLimitExceeded");
        assertThat(call("ec2:DescribeInstances", USER)).isEqualTo("done");

        parameters.put("/local-cloud/faults/ec2", "error 1");
        assertThat(call("ec2:DescribeInstances", SERVER)).isEqualTo("503 RequestLimitExceeded");
        assertThat(call("ec2:DescribeInstances", USER)).isEqualTo("500 InternalError");
    }

    @Test
    void a_share_is_a_share_of_calls() {
        parameters.put("/local-cloud/faults/dynamodb", "throttle 0.25");
        long throttled = 0;
        for (int calls = 0; calls < 10_000; calls++) {
            throttled += call("dynamodb:GetItem", USER).equals("done") ? 0 : 1;
        }
        // Ten standard deviations of 43 calls on either side.
        assertThat(throttled).isBetween(2_070L, 2_930L);
    }

    @Test
    void a_delayed_call_is_done_when_its_delay_is_over_and_not_before() {
        parameters.put("/local-cloud/faults/dynamodb", "delay 1500ms");
        faults.around("dynamodb:GetItem", REQUEST, USER, () -> happened.add("done"));
        assertThat(happened).containsExactly("waited PT1.5S", "done");
    }

    @Test
    void a_delay_that_the_end_of_the_cloud_cuts_off_is_an_outage() {
        parameters.put("/local-cloud/faults/dynamodb", "delay 1s");
        Thread.currentThread().interrupt();
        assertThat(call("dynamodb:GetItem", USER)).isEqualTo("503 ServiceUnavailable");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void the_parameter_store_itself_has_no_faults_since_it_could_not_be_told_to_stop() {
        parameters.put("/local-cloud/faults/ssm", "error 1");
        assertThat(call("ssm:DeleteParameter", USER)).isEqualTo("done");
    }

    @Test
    void only_parameters_that_are_faults_are_checked() {
        assertThatThrownBy(() -> Faults.check("/local-cloud/faults/dynamodb", "slow"))
                .isInstanceOf(ServiceError.class);
        assertThatCode(() -> Faults.check("/local-cloud/faults/dynamodb", "delay 1s"))
                .doesNotThrowAnyException();
        assertThatCode(() -> Faults.check("/mine/faults/dynamodb", "slow")).doesNotThrowAnyException();
    }
}

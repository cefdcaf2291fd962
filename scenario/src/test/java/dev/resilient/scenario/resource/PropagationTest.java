package dev.resilient.scenario.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.resilient.scenario.FakeAws;
import dev.resilient.scenario.FakeEnvironment;
import dev.resilient.scenario.base.Environment;
import dev.resilient.scenario.base.ScenarioException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingException;

class PropagationTest {
    private FakeAws aws;
    private Environment environment;

    @BeforeEach
    void start() throws IOException {
        aws = new FakeAws((operation, _) -> {
            throw new AssertionError(operation);
        });
        environment = FakeEnvironment.of(aws).make();
    }

    @AfterEach
    void stop() {
        aws.close();
    }

    private static AwsServiceException failure(String code, String message) {
        return AutoScalingException.builder()
                .message(message)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage(message)
                        .build())
                .build();
    }

    /** A resource whose creation fails with these, one after the other, before it succeeds. */
    private record Late(Deque<AwsServiceException> failures) implements Resource {

        @Override
        public String kind() {
            return "thing";
        }

        @Override
        public String name() {
            return "late";
        }

        @Override
        public Creation create() {
            if (!failures.isEmpty()) {
                throw failures.pop();
            }
            return Creation.CREATED;
        }

        @Override
        public boolean delete() {
            return false;
        }

        @Override
        public List<String> existing() {
            return List.of();
        }
    }

    private Resource.Creation createAfter(AwsServiceException failure, int times) {
        return Propagation.create(environment, new Late(new ArrayDeque<>(Collections.nCopies(times, failure))));
    }

    @ParameterizedTest
    @CsvSource({
        "InvalidGroup.NotFound, The security group 'sg-1' does not exist",
        "LoadBalancerNotFound, One or more load balancers not found",
        "InvalidLaunchTemplateName.AlreadyExistsException, Launch template name already in use.",
        "AlreadyExists, AutoScalingGroup by this name already exists",
        "ValidationError, You must use a valid fully-formed launch template. Invalid IAM Instance Profile name"
    })
    void what_AWS_does_not_agree_about_yet_is_made_again(String code, String message) {
        assertThat(createAfter(failure(code, message), 3)).isEqualTo(Resource.Creation.CREATED);
    }

    @Test
    void what_it_never_agrees_about_is_told_in_the_end() {
        assertThatExceptionOfType(ScenarioException.class)
                .isThrownBy(() -> createAfter(failure("LoadBalancerNotFound", "not found"), 1000))
                .withMessageContaining(
                        "until the thing can be made, in vain: AWS refused with LoadBalancerNotFound: not found");
    }

    @ParameterizedTest
    @CsvSource({"UnauthorizedOperation, You are not authorized", "ValidationError, Max bound must be greater"})
    void what_is_wrong_for_good_is_told_at_once(String code, String message) {
        AwsServiceException wrong = failure(code, message);
        assertThatExceptionOfType(AwsServiceException.class)
                .isThrownBy(() -> createAfter(wrong, 1))
                .isSameAs(wrong);
    }
}

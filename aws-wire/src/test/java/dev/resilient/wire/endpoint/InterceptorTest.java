package dev.resilient.wire.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.resilient.time.SystemTime;
import dev.resilient.wire.Access;
import dev.resilient.wire.Caller;
import dev.resilient.wire.Interceptor;
import dev.resilient.wire.KeyRing;
import dev.resilient.wire.Models;
import dev.resilient.wire.ServiceError;
import dev.resilient.wire.TestCloud;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;
import software.amazon.awssdk.services.sts.model.StsException;

/** What stands between a call and its handler sees what is allowed, and nothing else, and may answer in its place. */
final class InterceptorTest {
    private final List<String> happened = new ArrayList<>();
    private AutoCloseable endpoint = () -> {};

    @AfterEach
    void stop() throws Exception {
        endpoint.close();
    }

    /** Writes down what goes past, and answers in the handler's place when it is told to. */
    private Interceptor recording(String name, boolean refuses) {
        return new Interceptor() {
            @Override
            public <T> T around(String action, AwsRequest request, Caller caller, Supplier<T> call) {
                happened.add(name + " " + action + " by " + caller.arn());
                if (refuses) {
                    throw ServiceError.badRequest("Throttling", "Rate exceeded");
                }
                T answer = call.get();
                happened.add(name + " answered");
                return answer;
            }
        };
    }

    private StsClient client(Interceptor interceptor, AwsCredentials credentials) {
        AwsEndpoint started = AwsEndpoint.builder(SystemTime.INSTANCE, new KeyRing(), "us-west-2")
                .services(List.of(TestCloud.service(
                        Models.STS,
                        operations -> operations.register(
                                GetCallerIdentityRequest.class, Access.anyResource(), (request, call) -> {
                                    happened.add("handled");
                                    return GetCallerIdentityResponse.builder()
                                            .account("123456789012")
                                            .build();
                                }))))
                .interceptor(interceptor)
                .start();
        endpoint = started;
        return StsClient.builder()
                .endpointOverride(started.uri())
                .region(Region.US_WEST_2)
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .overrideConfiguration(override -> override.retryStrategy(retries -> retries.maxAttempts(1)))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    @Test
    void the_one_before_sees_a_call_first_and_its_answer_last() {
        try (StsClient sts = client(recording("outer", false).before(recording("inner", false)), TestCloud.ALICE)) {
            assertThat(sts.getCallerIdentity().account()).isEqualTo("123456789012");
        }
        String call = " sts:GetCallerIdentity by " + KeyRing.ALICE.arn();
        assertThat(happened)
                .containsExactly("outer" + call, "inner" + call, "handled", "inner answered", "outer answered");
    }

    @Test
    void its_refusal_is_answered_and_nothing_is_done() {
        try (StsClient sts = client(recording("outer", true).before(recording("inner", false)), TestCloud.ALICE)) {
            assertThatExceptionOfType(StsException.class)
                    .isThrownBy(sts::getCallerIdentity)
                    .satisfies(error ->
                            assertThat(error.awsErrorDetails().errorCode()).isEqualTo("Throttling"));
        }
        assertThat(happened).hasSize(1);
    }

    @Test
    void a_call_that_nobody_signed_rightly_is_not_seen() {
        try (StsClient sts = client(recording("outer", false), AwsBasicCredentials.create(KeyRing.ID, "forged"))) {
            assertThatExceptionOfType(StsException.class)
                    .isThrownBy(sts::getCallerIdentity)
                    .satisfies(error ->
                            assertThat(error.awsErrorDetails().errorCode()).isEqualTo("SignatureDoesNotMatch"));
        }
        assertThat(happened).isEmpty();
    }
}

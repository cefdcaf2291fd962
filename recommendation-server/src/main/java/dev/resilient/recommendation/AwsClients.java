package dev.resilient.recommendation;

import java.time.Duration;
import software.amazon.awssdk.auth.credentials.InstanceProfileCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ssm.SsmClient;

/**
 * The clients of the services that the server depends on, with the instance's own credentials. Nothing is left to the SDK's
 * default chains, which would look for profiles in files: region, credentials and HTTP client are given, so that a start is
 * quick and means the same everywhere. Where {@code AWS_ENDPOINT_URL} is set, the clients go there.
 */
final class AwsClients implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofMillis(500);
    private static final Duration READ = Duration.ofMillis(500);

    /** The instance metadata service is asked in its version 2 only, also when it is not willing. */
    private static final ProfileFile PROFILE = ProfileFile.builder()
            .type(ProfileFile.Type.CONFIGURATION)
            .content("[default]\nec2_metadata_v1_disabled = true\n")
            .build();

    private static final String PROFILE_NAME = "default";

    private final SdkHttpClient http;
    private final InstanceProfileCredentialsProvider credentials;
    private final DynamoDbClient dynamoDb;
    private final DynamoDbClient unlimitedDynamoDb;
    private final SsmClient systemsManager;

    /** Clients for this region, which share {@code http}; it stays the caller's to close. */
    AwsClients(String region, SdkHttpClient http) {
        this.http = http;
        this.credentials = InstanceProfileCredentialsProvider.builder()
                .profileFile(PROFILE)
                .profileName(PROFILE_NAME)
                .build();
        this.dynamoDb = configured(DynamoDbClient.builder(), region, retries()).build();
        this.unlimitedDynamoDb = DynamoDbClient.builder()
                .region(Region.of(region))
                .credentialsProvider(credentials)
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .overrideConfiguration(
                        override -> override.defaultProfileFile(PROFILE).defaultProfileName(PROFILE_NAME))
                .build();
        this.systemsManager = configured(SsmClient.builder(), region, AwsRetryStrategy.doNotRetry())
                .build();
    }

    /** A client whose connections and reads take half a second at most: one attempt of a call. */
    static SdkHttpClient httpClient() {
        return UrlConnectionHttpClient.builder()
                .connectionTimeout(CONNECT)
                .socketTimeout(READ)
                .build();
    }

    DynamoDbClient dynamoDb() {
        return dynamoDb;
    }

    /** With the patience and the retries that the SDK has where nobody says anything. */
    DynamoDbClient unlimitedDynamoDb() {
        return unlimitedDynamoDb;
    }

    /** Never tries again: its only user reads twice a second anyway. */
    SsmClient systemsManager() {
        return systemsManager;
    }

    @Override
    public void close() {
        systemsManager.close();
        dynamoDb.close();
        unlimitedDynamoDb.close();
        credentials.close();
    }

    /**
     * Seven attempts, since a table that throttles refuses several calls in a row: after random pauses of up to 25 ms, 50 ms and
     * then 100 ms, so that there is time for them. The SDK's own limit on retries is off: it remembers an outage for hundreds of
     * calls, and meanwhile gives up at the first refusal of a table that works half of the time. What keeps this server from
     * burdening a table that fails is its circuit breaker.
     */
    private static RetryStrategy retries() {
        BackoffStrategy pause = BackoffStrategy.exponentialDelay(Duration.ofMillis(25), Duration.ofMillis(100));
        return AwsRetryStrategy.standardRetryStrategy().toBuilder()
                .maxAttempts(7)
                .circuitBreakerEnabled(false)
                .backoffStrategy(pause)
                .throttlingBackoffStrategy(pause)
                .build();
    }

    private <B extends AwsClientBuilder<B, ?> & SdkSyncClientBuilder<B, ?>> B configured(
            B builder, String region, RetryStrategy retries) {
        return builder.region(Region.of(region))
                .credentialsProvider(credentials)
                .httpClient(http)
                .overrideConfiguration(override -> override.retryStrategy(retries)
                        .defaultProfileFile(PROFILE)
                        .defaultProfileName(PROFILE_NAME));
    }
}

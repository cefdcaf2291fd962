package dev.resilient.wire;

import dev.resilient.time.SystemTime;
import dev.resilient.wire.endpoint.AwsEndpoint;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;

/** A running endpoint with the services of one test, and the SDK's clients to it. */
public final class TestCloud implements AutoCloseable {
    public static final AwsCredentials ALICE = AwsBasicCredentials.create(KeyRing.ID, KeyRing.SECRET);
    public final KeyRing keys = new KeyRing();
    public final List<AnsweredCall> calls = new CopyOnWriteArrayList<>();
    private final AwsEndpoint endpoint;

    public TestCloud(AwsService... services) {
        endpoint = AwsEndpoint.builder(SystemTime.INSTANCE, keys, "us-west-2")
                .services(List.of(services))
                .listener(calls::add)
                .start();
    }

    public URI uri() {
        return endpoint.uri();
    }

    public <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(B builder) {
        return client(builder, ALICE);
    }

    public <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(
            B builder, AwsCredentials credentials) {
        return client(builder, credentials, Region.US_WEST_2);
    }

    public <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(
            B builder, AwsCredentials credentials, Region region) {
        return builder.endpointOverride(uri())
                .region(region)
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    /** A service that registers what {@code operations} says. */
    public static AwsService service(ServiceModel model, Consumer<OperationRegistry> operations) {
        return new AwsService() {
            @Override
            public ServiceModel model() {
                return model;
            }

            @Override
            public void register(OperationRegistry registry) {
                operations.accept(registry);
            }
        };
    }

    @Override
    public void close() {
        endpoint.close();
    }
}

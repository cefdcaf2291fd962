package dev.resilient.cloud.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.resilient.cloud.base.Account;
import dev.resilient.cloud.base.CloudContext;
import dev.resilient.cloud.base.Ids;
import dev.resilient.cloud.base.OpenGate;
import dev.resilient.cloud.base.Pace;
import dev.resilient.cloud.event.CloudEvents;
import dev.resilient.cloud.store.ResourceStore;
import dev.resilient.testing.ManualTime;
import dev.resilient.time.SystemTime;
import dev.resilient.wire.Gate;
import dev.resilient.wire.endpoint.AwsEndpoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** S3 over HTTP with one bucket, on a clock that tests move. */
final class S3Stage implements AutoCloseable {
    static final String BUCKET = "artifacts.of-mine";
    final ManualTime time = new ManualTime();
    final S3Client s3;
    private final Path data;
    private final ResourceStore store;
    private final AwsEndpoint endpoint;

    /** In the oldest region, with the buckets and objects that an earlier one left in {@code data}. */
    S3Stage(Path data) {
        this(data, "us-east-1", new OpenGate());
    }

    /** The same in this region; in all but the oldest one the bucket must be new. */
    S3Stage(Path data, String region, Gate gate) {
        this.data = data;
        store = ResourceStore.inFile(data.resolve("resources"));
        CloudContext cloud = new CloudContext(
                Account.inRegion(region), Pace.REAL, time, new Ids(new Random()), new CloudEvents(), store);
        endpoint = AwsEndpoint.builder(SystemTime.INSTANCE, gate, region)
                .services(List.of(new S3(cloud, data)))
                .start();
        s3 = S3Client.builder()
                .endpointOverride(endpoint.uri())
                .forcePathStyle(true)
                .region(Region.of(region))
                .credentialsProvider(OpenGate.CREDENTIALS)
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
        s3.createBucket(inRegion(BUCKET, region));
    }

    static CreateBucketRequest inRegion(String name, String region) {
        return region.equals("us-east-1")
                ? CreateBucketRequest.builder().bucket(name).build()
                : CreateBucketRequest.builder()
                        .bucket(name)
                        .createBucketConfiguration(configuration -> configuration.locationConstraint(region))
                        .build();
    }

    static List<String> keys(ListObjectsV2Response response) {
        return response.contents().stream().map(S3Object::key).toList();
    }

    String put(String key, String content) {
        return s3.putObject(request -> request.bucket(BUCKET).key(key), RequestBody.fromString(content))
                .eTag();
    }

    String get(String key) {
        return s3.getObjectAsBytes(request -> request.bucket(BUCKET).key(key)).asString(StandardCharsets.UTF_8);
    }

    /** How many files there are. */
    long files() throws IOException {
        try (Stream<Path> files = Files.list(data.resolve("s3"))) {
            return files.count();
        }
    }

    /** @param code empty for an answer without a body, which has no code */
    static void refused(String code, int status, ThrowingCallable call) {
        assertThatExceptionOfType(S3Exception.class).isThrownBy(call).satisfies(failure -> {
            assertThat(failure.statusCode()).isEqualTo(status);
            if (!code.isEmpty()) {
                assertThat(failure.awsErrorDetails().errorCode()).isEqualTo(code);
            }
        });
    }

    @Override
    public void close() {
        s3.close();
        endpoint.close();
        store.close();
    }
}

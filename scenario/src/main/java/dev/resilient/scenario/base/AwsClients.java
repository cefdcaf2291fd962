package dev.resilient.scenario.base;

import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.servicequotas.ServiceQuotasClient;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * The SDK's clients for one account and one region. Each is made when it is first needed, since making one takes a noticeable
 * part of a second. Thread-safe; closing closes all of them, and none may be used afterwards.
 */
public final class AwsClients implements AutoCloseable {
    private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    /** On a bad day AWS refuses several calls in a row. */
    private static final int ATTEMPTS = 10;

    /** Between two attempts a random part of this: little at first, more each time. */
    private static final BackoffStrategy BACK_OFF =
            BackoffStrategy.exponentialDelay(Duration.ofMillis(100), Duration.ofSeconds(5));

    private final Region region;
    private final Optional<URI> endpoint;
    private final AwsCredentialsProvider credentials;
    private final List<ExecutionInterceptor> watchers;
    private final SdkHttpClient http;

    private final Lazy<AutoScalingClient> autoScaling = new Lazy<>(() -> build(AutoScalingClient.builder()));
    private final Lazy<DynamoDbClient> dynamoDb = new Lazy<>(() -> build(DynamoDbClient.builder()));
    private final Lazy<Ec2Client> ec2 = new Lazy<>(() -> build(Ec2Client.builder()));
    private final Lazy<ElasticLoadBalancingV2Client> loadBalancing =
            new Lazy<>(() -> build(ElasticLoadBalancingV2Client.builder()));
    private final Lazy<IamClient> iam = new Lazy<>(() -> build(IamClient.builder()));
    private final Lazy<S3Client> s3 = new Lazy<>(this::buildS3);
    private final Lazy<ServiceQuotasClient> serviceQuotas = new Lazy<>(() -> build(ServiceQuotasClient.builder()));
    private final Lazy<SsmClient> ssm = new Lazy<>(() -> build(SsmClient.builder()));
    private final Lazy<StsClient> sts = new Lazy<>(() -> build(StsClient.builder()));
    private final Lazy<CallerAccount> account = new Lazy<>(this::askForAccount);

    /** What every command may need. Only a plan asks for quotas. */
    private final List<Lazy<? extends SdkAutoCloseable>> usual =
            List.of(dynamoDb, ssm, s3, iam, ec2, autoScaling, loadBalancing, sts);

    /**
     * Clients for {@code region}.
     *
     * @param endpoint where all services are, if not at AWS
     * @param watchers see every call, in this order, besides the log
     */
    public AwsClients(
            Region region,
            Optional<URI> endpoint,
            AwsCredentialsProvider credentials,
            ExecutionInterceptor... watchers) {
        this.region = region;
        this.endpoint = endpoint;
        this.credentials = credentials;
        this.watchers =
                Stream.concat(Stream.of(new CallLog()), Arrays.stream(watchers)).toList();
        this.http = UrlConnectionHttpClient.builder()
                .connectionTimeout(CONNECT_TIMEOUT)
                .socketTimeout(ATTEMPT_TIMEOUT)
                .build();
    }

    /** Begins to make the clients in the background, each on a thread that ends when its client is made. */
    public void warmUp() {
        // Making a client loads many classes, and a virtual thread that waits for a class keeps its carrier. A start
        // was
        // once seen to hang, which this may or may not have been; platform threads cannot hang so.
        usual.forEach(client -> Thread.ofPlatform().daemon().name("warm-up").start(client::get));
    }

    /** The client of EC2 Auto Scaling. */
    public AutoScalingClient autoScaling() {
        return autoScaling.get();
    }

    /** The client of DynamoDB. */
    public DynamoDbClient dynamoDb() {
        return dynamoDb.get();
    }

    /** The client of EC2. */
    public Ec2Client ec2() {
        return ec2.get();
    }

    /** The client of Elastic Load Balancing, version 2. */
    public ElasticLoadBalancingV2Client loadBalancing() {
        return loadBalancing.get();
    }

    /** The client of IAM. */
    public IamClient iam() {
        return iam.get();
    }

    /** The client of S3. */
    public S3Client s3() {
        return s3.get();
    }

    /** The client of Service Quotas. */
    public ServiceQuotasClient serviceQuotas() {
        return serviceQuotas.get();
    }

    /** The client of Systems Manager, for its Parameter Store. */
    public SsmClient ssm() {
        return ssm.get();
    }

    /** The account that the credentials belong to, asked for once. */
    public CallerAccount account() {
        return account.get();
    }

    @Override
    public void close() {
        usual.forEach(client -> client.ifMade(SdkAutoCloseable::close));
        serviceQuotas.ifMade(SdkAutoCloseable::close);
        http.close();
    }

    private CallerAccount askForAccount() {
        var identity = sts.get().getCallerIdentity();
        return new CallerAccount(identity.account(), identity.arn().split(":", 3)[1], identity.arn());
    }

    private S3Client buildS3() {
        // Behind one endpoint for all services a bucket can only be named by the path.
        return build(S3Client.builder().forcePathStyle(endpoint.isPresent()));
    }

    private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C build(B builder) {
        endpoint.ifPresent(builder::endpointOverride);
        return builder.region(region)
                .credentialsProvider(credentials)
                .httpClient(http)
                .overrideConfiguration(ClientOverrideConfiguration.builder()
                        .apiCallAttemptTimeout(ATTEMPT_TIMEOUT)
                        .apiCallTimeout(CALL_TIMEOUT)
                        .retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                                .maxAttempts(ATTEMPTS)
                                .backoffStrategy(BACK_OFF)
                                .throttlingBackoffStrategy(BACK_OFF)
                                .build())
                        .executionInterceptors(watchers)
                        .build())
                .build();
    }

    /**
     * Whose credentials these are.
     *
     * @param id twelve digits
     * @param partition the part of AWS it is in, such as {@code aws}, for building ARNs
     * @param caller the ARN of the user or the session
     */
    public record CallerAccount(String id, String partition, String caller) {}

    /** A value made at the first call, once, while others wait for it. */
    private static final class Lazy<T> {
        private final ReentrantLock lock = new ReentrantLock();
        private final Supplier<T> maker;
        private @Nullable T value;

        Lazy(Supplier<T> maker) {
            this.maker = maker;
        }

        T get() {
            lock.lock();
            try {
                T made = value;
                if (made == null) {
                    made = maker.get();
                    value = made;
                }
                return made;
            } finally {
                lock.unlock();
            }
        }

        void ifMade(Consumer<? super T> consumer) {
            lock.lock();
            try {
                T made = value;
                if (made != null) {
                    consumer.accept(made);
                }
            } finally {
                lock.unlock();
            }
        }
    }
}

package dev.resilient.scenario.base;

import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
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

    /** By their classes. None is named before it is needed, so that a program may do without the classes of clients it never asks for. */
    private final Map<Class<?>, Lazy<? extends SdkAutoCloseable>> clients = new ConcurrentHashMap<>();

    private final Lazy<CallerAccount> account = new Lazy<>(this::askForAccount);

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
        // was once seen to hang, which this may or may not have been; platform threads cannot hang so. Only a plan
        // asks for quotas.
        List<Runnable> usual = List.of(
                this::dynamoDb,
                this::ssm,
                this::s3,
                this::iam,
                this::ec2,
                this::autoScaling,
                this::loadBalancing,
                this::sts);
        usual.forEach(client -> Thread.ofPlatform().daemon().name("warm-up").start(client));
    }

    /** The client of EC2 Auto Scaling. */
    public AutoScalingClient autoScaling() {
        return client(AutoScalingClient.class, () -> build(AutoScalingClient.builder()));
    }

    /** The client of DynamoDB. */
    public DynamoDbClient dynamoDb() {
        return client(DynamoDbClient.class, () -> build(DynamoDbClient.builder()));
    }

    /** The client of EC2. */
    public Ec2Client ec2() {
        return client(Ec2Client.class, () -> build(Ec2Client.builder()));
    }

    /** The client of Elastic Load Balancing, version 2. */
    public ElasticLoadBalancingV2Client loadBalancing() {
        return client(ElasticLoadBalancingV2Client.class, () -> build(ElasticLoadBalancingV2Client.builder()));
    }

    /** The client of IAM. */
    public IamClient iam() {
        return client(IamClient.class, () -> build(IamClient.builder()));
    }

    /** The client of S3. */
    public S3Client s3() {
        // Behind one endpoint for all services a bucket can only be named by the path.
        return client(S3Client.class, () -> build(S3Client.builder().forcePathStyle(endpoint.isPresent())));
    }

    /** The client of Service Quotas. */
    public ServiceQuotasClient serviceQuotas() {
        return client(ServiceQuotasClient.class, () -> build(ServiceQuotasClient.builder()));
    }

    /** The client of Systems Manager, for its Parameter Store. */
    public SsmClient ssm() {
        return client(SsmClient.class, () -> build(SsmClient.builder()));
    }

    /** The account that the credentials belong to, asked for once. */
    public CallerAccount account() {
        return account.get();
    }

    @Override
    public void close() {
        clients.values().forEach(client -> client.ifMade(SdkAutoCloseable::close));
        http.close();
    }

    private CallerAccount askForAccount() {
        var identity = sts().getCallerIdentity();
        return new CallerAccount(identity.account(), identity.arn().split(":", 3)[1], identity.arn());
    }

    private StsClient sts() {
        return client(StsClient.class, () -> build(StsClient.builder()));
    }

    private <C extends SdkAutoCloseable> C client(Class<C> type, Supplier<C> maker) {
        return type.cast(clients.computeIfAbsent(type, _ -> new Lazy<>(maker)).get());
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

package dev.resilient.endtoend.account;

import dev.resilient.cloud.LocalCloud;
import dev.resilient.cloud.LocalCloudBuilder;
import dev.resilient.endtoend.Product;
import dev.resilient.scenario.Scenario;
import dev.resilient.scenario.base.AwsClients;
import dev.resilient.scenario.base.Deployment;
import dev.resilient.scenario.base.Pacing;
import dev.resilient.time.SystemTime;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.regions.Region;

/** An account in a local cloud as fast as it can be, in which processes that know nothing of each other use the scenario. */
final class Account implements AutoCloseable {
    private static final double PACE = 100;

    /** In the local cloud's network, and never given to an instance. */
    private static final String SPARE_ADDRESS = "127.31.255.254";

    private static final int FIRST_PORT = 20_000;
    private static final int FIRST_GIVEN_BY_CHANCE = 32_768;

    private final LocalCloud cloud;
    private final Deployment deployment;

    private Account(LocalCloud cloud, Deployment deployment) {
        this.cloud = cloud;
        this.deployment = deployment;
    }

    /** A new account, whose cloud keeps its files in {@code folder}, and in which {@code serverJar} can be deployed. */
    static Account open(Path folder, Path serverJar) throws IOException {
        return start(builder(folder), serverJar);
    }

    /** The same on the bad day of this seed. */
    static Account openOnABadDay(Path folder, Path serverJar, long seed) throws IOException {
        return start(builder(folder).realism(seed), serverJar);
    }

    private static LocalCloudBuilder builder(Path folder) throws IOException {
        return LocalCloud.builder()
                .data(Files.createTempDirectory(folder, "cloud"))
                .instanceEnvironment(Account::fastStart)
                .pace(PACE);
    }

    /** The ahead-of-time cache that the build made for the recommendation server; any other server's JVM passes over it. */
    private static Map<String, String> fastStart() {
        Path cache = Product.ROOT.resolve("recommendation-server/target/recommendation-server.aot");
        return Map.of("JDK_JAVA_OPTIONS", "-XX:AOTCache=\"" + cache + "\" -Xlog:aot*=off -Xlog:cds*=off");
    }

    private static Account start(LocalCloudBuilder cloud, Path serverJar) throws IOException {
        return new Account(
                cloud.start(),
                new Deployment(
                        "resilient",
                        Region.US_WEST_2,
                        freePort(),
                        Optional.empty(),
                        "127.0.0.1/32",
                        serverJar,
                        new Pacing(PACE)));
    }

    /** Another deployment in the same account and region. It ends with this one. */
    Account neighbour(String name) {
        return new Account(
                cloud,
                new Deployment(
                        name,
                        deployment.region(),
                        freePort(),
                        deployment.vpcId(),
                        deployment.allowedCidr(),
                        deployment.serverJar(),
                        deployment.pacing()));
    }

    /** Lets another process use the scenario: with clients of its own, and without any memory. */
    <T> T process(Function<Scenario, T> act, ExecutionInterceptor... watchers) {
        return process(administrator(), act, watchers);
    }

    /** Lets another process use the scenario with these credentials. */
    <T> T process(AwsCredentialsProvider credentials, Function<Scenario, T> act, ExecutionInterceptor... watchers) {
        try (AwsClients clients = clients(credentials, watchers)) {
            return act.apply(new Scenario(deployment, clients, SystemTime.INSTANCE));
        }
    }

    /** Everything that there is in the account, and was not there when it was new. */
    Set<String> contents() {
        try (AwsClients clients = clients(administrator())) {
            return Inventory.of(clients);
        }
    }

    AwsClients clients(AwsCredentialsProvider credentials, ExecutionInterceptor... watchers) {
        return new AwsClients(deployment.region(), Optional.of(cloud.endpoint()), credentials, watchers);
    }

    AwsCredentialsProvider administrator() {
        return StaticCredentialsProvider.create(AwsBasicCredentials.create(
                cloud.administrator().accessKeyId(), cloud.administrator().secretAccessKey()));
    }

    @Override
    public void close() {
        cloud.close();
    }

    /**
     * A port that no other program has taken on all addresses; other clouds have other addresses. Not one of those that the system gives to whoever connects, since an instance's server binds it only
     * when the instance has booted, and again after each reboot.
     */
    private static int freePort() {
        return IntStream.range(FIRST_PORT, FIRST_GIVEN_BY_CHANCE)
                .filter(Account::isFree)
                .findFirst()
                .orElseThrow();
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.ofLiteral(SPARE_ADDRESS))) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}

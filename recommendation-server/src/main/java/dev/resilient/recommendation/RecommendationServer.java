package dev.resilient.recommendation;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.Handler;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.logging.LogManager;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The web server on an instance: starts what it needs, listens, and stops it all again in reverse order. Started by its
 * constructor; {@link #close} ends it, once.
 */
public final class RecommendationServer implements AutoCloseable {
    private static final String STATUS = "status";
    private static final Duration PATIENCE_WITH_PARAMETERS = Duration.ofSeconds(2);
    private static final Duration PARAMETER_PERIOD = Duration.ofMillis(500);

    /** Longer than any request takes: the wait for its turn, and the time limit of its call. */
    private static final Duration GRACE = Duration.ofSeconds(3);

    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private final Logger log = LoggerFactory.getLogger(RecommendationServer.class);
    private final WebServer web;

    /**
     * Starts to listen, after a short wait for the parameters.
     *
     * @param random chooses the recommendations; many threads may use it
     * @throws RuntimeException if the instance metadata service does not answer, or the address cannot be listened on
     */
    RecommendationServer(ServerOptions options, RandomGenerator random, Clocks clocks) throws InterruptedException {
        boolean complete = false;
        try {
            web = start(options, random, clocks);
            complete = true;
        } finally {
            if (!complete) {
                close();
            }
        }
    }

    private WebServer start(ServerOptions options, RandomGenerator random, Clocks clocks) throws InterruptedException {
        SdkHttpClient http = starting(AwsClients.httpClient());
        InstanceIdentity instance = InstanceIdentity.read(http);
        AwsClients clients = starting(new AwsClients(instance.region(), http));
        ParameterStore store = new ParameterStore(
                clients.systemsManager(), ServiceParameters.Names.startingWith(options.parameters()));
        Limits limits = Limits.DEFAULTS;
        ParameterWatcher parameters =
                starting(new ParameterWatcher(store::read, PARAMETER_PERIOD, limits.answer(), clocks));
        CurrentTable tables = tables(clients, random);
        LastGood lastGood = new LastGood(clocks);
        Supplier<OwnView> own = () -> OwnView.of(parameters, tables, lastGood);
        HealthHandler health = new HealthHandler(parameters::current, tables, lastGood);
        WebServerConfig.Builder settings = WebServer.builder()
                .host(options.host())
                .port(options.port())
                .shutdownHook(false)
                .shutdownGracePeriod(GRACE)
                .routing(routing -> Routes.add(
                        routing,
                        new RecommendationHandler(
                                parameters::current, tables, lastGood, new RecommendationBody(instance)),
                        health));
        options.statusPort()
                .ifPresent(port -> addStatus(settings, options.host(), port, new StatusHandler(instance, own)));
        WebServer server = settings.build();
        if (!parameters.awaitFirstRead(PATIENCE_WITH_PARAMETERS)) {
            log.warn("no parameters yet, so the defaults hold");
        }
        starting(server::stop);
        server.start();
        if (!server.isRunning()) {
            throw new IllegalStateException("cannot listen on %s:%d".formatted(options.host(), options.port()));
        }
        options.heartbeats()
                .ifPresent(table -> starting(new Heartbeats(
                        new Heartbeats.Settings(table, options.heartbeatPeriod()),
                        instance,
                        clients.dynamoDb(),
                        health::isWorking,
                        own,
                        limits.answer(),
                        clocks)));
        log.info(
                "listening on {}:{} as {} in {}, {}",
                options.host(),
                server.port(),
                instance.instanceId(),
                instance.availabilityZone(),
                instance.region());
        return server;
    }

    private static void addStatus(WebServerConfig.Builder settings, String host, int port, Handler status) {
        settings.putSocket(
                STATUS, socket -> socket.host(host).port(port).routing(routing -> Routes.addStatus(routing, status)));
    }

    private static CurrentTable tables(AwsClients clients, RandomGenerator random) {
        Semaphore few = new Semaphore(Limits.DEFAULTS.concurrentRequests(), true);
        Semaphore many = new Semaphore(Limits.NONE.concurrentRequests());
        return new CurrentTable((table, limits) -> switch (limits) {
            case ON -> guarded(table, clients.dynamoDb(), random, Limits.DEFAULTS, few);
            case OFF -> guarded(table, clients.unlimitedDynamoDb(), random, Limits.NONE, many);
        });
    }

    private static GuardedRecommendations guarded(
            String table, DynamoDbClient dynamoDb, RandomGenerator random, Limits limits, Semaphore requests) {
        Executor afterKeyLife =
                CompletableFuture.delayedExecutor(limits.keyLife().toNanos(), TimeUnit.NANOSECONDS);
        KeyCatalogue keys = new KeyCatalogue(dynamoDb, table, afterKeyLife);
        Recommendations recommendations = new Recommendations(dynamoDb, table, keys, random);
        return new GuardedRecommendations(table, recommendations, limits, requests);
    }

    private <T extends AutoCloseable> T starting(T part) {
        started.push(part);
        return part;
    }

    /** The port that it listens on. */
    int port() {
        return web.port();
    }

    /** The port of its status; -1 if it has none. */
    int statusPort() {
        return web.port(STATUS);
    }

    /** Stops accepting, waits for what is in flight, and lets go of everything. */
    @Override
    public void close() {
        while (!started.isEmpty()) {
            try {
                started.pop().close();
            } catch (Exception failure) {
                log.warn("stopping goes on after a failure", failure);
            }
        }
    }

    /** Runs the server until the process is told to end; wrong usage is exit code 2, a failed start 1. */
    public static void main(String[] arguments) {
        configureLogging();
        try {
            start(ServerOptions.parse(List.of(arguments)));
        } catch (IllegalArgumentException wrongUsage) {
            System.err.println(wrongUsage.getMessage());
            System.exit(2);
        }
    }

    private static void start(ServerOptions options) {
        try {
            RandomGenerator random = () -> ThreadLocalRandom.current().nextLong();
            RecommendationServer server = new RecommendationServer(options, random, Clocks.SYSTEM);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "stop"));
        } catch (InterruptedException | RuntimeException failure) {
            System.err.println("cannot start: " + failure.getMessage());
            System.exit(1);
        }
    }

    /** Being told to end is no failure, but without the halt the JVM would report the signal as its exit code. */
    private static void stop(RecommendationServer server) {
        server.close();
        Runtime.getRuntime().halt(0);
    }

    private static void configureLogging() {
        try (InputStream configuration = RecommendationServer.class.getResourceAsStream("/logging.properties")) {
            LogManager.getLogManager().readConfiguration(configuration);
        } catch (IOException unreadable) {
            throw new IllegalStateException("the jar is damaged", unreadable);
        }
    }
}

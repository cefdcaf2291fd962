package dev.resilient.scenario.guard;

import dev.resilient.scenario.base.AwsClients;
import dev.resilient.scenario.base.Cancellation;
import dev.resilient.scenario.base.CancelledException;
import dev.resilient.scenario.base.Deployment;
import dev.resilient.scenario.base.Environment;
import dev.resilient.scenario.base.Pacing;
import dev.resilient.scenario.base.Waiting;
import dev.resilient.scenario.event.ScenarioEvent;
import dev.resilient.scenario.event.ScenarioEvents;
import dev.resilient.time.SystemTime;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.auth.credentials.InstanceProfileCredentialsProvider;
import software.amazon.awssdk.regions.Region;

/**
 * The guard as a program beside the server on an instance, with the credentials of the instance's role. Its jar holds the clients of
 * DynamoDB, Auto Scaling and Elastic Load Balancing and no others, so nothing that a guard does may ask another service.
 */
public final class GuardService {
    private static final int ARGUMENTS = 4;

    /** Its deployment's port, addresses and jars are none of a guard's business. */
    private static final int NO_PORT = 80;

    private static final String NOBODY = "127.0.0.1/32";

    private GuardService() {}

    /**
     * Guards until the process is told to end.
     *
     * @param arguments the deployment's name, its region, its pace, and what the guard is called; as {@code boot-server.sh} gives them
     */
    public static void main(String[] arguments) {
        if (arguments.length != ARGUMENTS) {
            System.err.println("usage: DEPLOYMENT REGION PACE NAME");
            System.exit(2);
        }
        Region region = Region.of(arguments[1]);
        Deployment deployment = new Deployment(
                arguments[0],
                region,
                NO_PORT,
                Optional.empty(),
                NOBODY,
                Path.of(""),
                new Pacing(Double.parseDouble(arguments[2])));
        Optional<URI> endpoint =
                Optional.ofNullable(System.getenv("AWS_ENDPOINT_URL")).map(URI::create);
        Cancellation cancellation = new Cancellation();
        Runtime.getRuntime().addShutdownHook(new Thread(cancellation::cancel, "stop"));
        try (var credentials = InstanceProfileCredentialsProvider.create();
                var clients = new AwsClients(region, endpoint, credentials)) {
            guard(deployment, clients, "guard-" + arguments[3], cancellation, System.out::println);
        } catch (CancelledException ended) {
            System.out.println("guard: ended");
        }
    }

    static void guard(
            Deployment deployment, AwsClients clients, String name, Cancellation cancellation, Consumer<String> told) {
        ScenarioEvents events = new ScenarioEvents();
        events.subscribe(event -> line(event).ifPresent(told));
        RandomGenerator random = () -> ThreadLocalRandom.current().nextLong();
        Waiting waiting = new Waiting(
                SystemTime.INSTANCE, events, cancellation, deployment.pacing().pollInterval(), random);
        new Guard(new Environment(deployment, clients, events, waiting), GuardLimits.DEFAULT, name, Guard.Mode.ACT)
                .run();
    }

    /** What a console is told: what the guard decides, and what somebody should look at. */
    static Optional<String> line(ScenarioEvent event) {
        return switch (event) {
            case ScenarioEvent.InstanceJudged(String id, boolean replaced, String why) ->
                Optional.of("guard: " + (replaced ? "replace " : "leave ") + id + ": " + why);
            case ScenarioEvent.AlarmRaised(String what) -> Optional.of("guard: alarm: " + what);
            case ScenarioEvent.AlarmEnded(String what) -> Optional.of("guard: over: " + what);
            default -> Optional.empty();
        };
    }
}

package dev.resilient.scenario;

import dev.resilient.scenario.FakeAws.Reply;
import dev.resilient.scenario.base.Cancellation;
import dev.resilient.scenario.base.Deployment;
import dev.resilient.scenario.base.Environment;
import dev.resilient.scenario.base.Pacing;
import dev.resilient.scenario.base.SelfMovingTime;
import dev.resilient.scenario.base.Waiting;
import dev.resilient.scenario.event.ScenarioEvent;
import dev.resilient.scenario.event.ScenarioEvents;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Optional;
import java.util.Random;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

/**
 * The environment of a deployment called shop, at an endpoint made by hand, where waiting takes no time.
 *
 * @param heard takes every event
 */
public record FakeEnvironment(FakeAws aws, int servicePort, Path serverJar, Collection<ScenarioEvent> heard) {
    /** What {@code GetCallerIdentity} answers. */
    public static Reply caller(Region region) {
        return new Reply(200, """
            <GetCallerIdentityResponse><GetCallerIdentityResult>
              <Account>123456789012</Account><Arn>arn:%s:iam::123456789012:user/somebody</Arn>
            </GetCallerIdentityResult></GetCallerIdentityResponse>\
            """.formatted(PartitionMetadata.of(region).id()));
    }

    /** With a port and a jar that nobody uses. */
    public static FakeEnvironment of(FakeAws aws) {
        return new FakeEnvironment(aws, 8080, Path.of("server.jar"), new ArrayList<>());
    }

    /** With this jar. */
    public FakeEnvironment withServerJar(Path jar) {
        return new FakeEnvironment(aws, servicePort, jar, heard);
    }

    /** With a service at this port. */
    public FakeEnvironment withServicePort(int port) {
        return new FakeEnvironment(aws, port, serverJar, heard);
    }

    /** The environment. */
    public Environment make() {
        var events = new ScenarioEvents();
        events.subscribe(heard::add);
        return new Environment(
                new Deployment(
                        "shop", aws.region(), servicePort, Optional.empty(), "127.0.0.1/32", serverJar, new Pacing(10)),
                aws.clients(),
                events,
                new Waiting(new SelfMovingTime(), events, new Cancellation(), Duration.ofSeconds(1), new Random(1)));
    }
}

package dev.resilient.scenario.base;

import dev.resilient.scenario.event.ScenarioEvents;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;

/**
 * What every step of a scenario needs: which deployment, in whose account, whom to tell, and how to wait.
 *
 * @param deployment what is deployed
 * @param aws the clients of the account and region where it is
 * @param events where to tell what happens
 * @param waiting how to wait
 */
public record Environment(Deployment deployment, AwsClients aws, ScenarioEvents events, Waiting waiting) {
    private static final String OWNER = "resilient:owner";
    private static final String CREATED = "resilient:created";

    /** The tags of a resource that is made now: of which deployment it is, who makes it, and when. */
    public Map<String, String> tags() {
        return Map.of(
                Deployment.TAG,
                deployment.name(),
                OWNER,
                aws.account().caller(),
                CREATED,
                waiting.time().instant().truncatedTo(ChronoUnit.SECONDS).toString());
    }

    /** The same with at most this patience for anything. */
    public Environment waitingAtMost(Duration most) {
        return new Environment(deployment, aws, events, waiting.atMost(most));
    }

    /** The names of the deployment's resources. */
    public Names names() {
        return deployment.names();
    }

    /** The deployment's Auto Scaling group as it is now, whoever made it; empty if there is none. */
    public Optional<AutoScalingGroup> group() {
        return aws
                .autoScaling()
                .describeAutoScalingGroups(request -> request.autoScalingGroupNames(names().group()))
                .autoScalingGroups()
                .stream()
                .findFirst();
    }

    /** How much faster than on AWS the target's waiting goes. */
    public Pacing pacing() {
        return deployment.pacing();
    }

    /** The same, with waiting that {@code cancellation} ends, and no other. */
    public Environment stoppedBy(Cancellation cancellation) {
        return new Environment(deployment, aws, events, waiting.stoppedBy(cancellation));
    }
}

package dev.resilient.scenario.base;

import dev.resilient.scenario.event.ScenarioEvents;

/**
 * What every step of a scenario needs: which deployment, in whose account, whom to tell, and how to wait.
 *
 * @param deployment what is deployed
 * @param aws the clients of the account and region where it is
 * @param events where to tell what happens
 * @param waiting how to wait
 */
public record Environment(Deployment deployment, AwsClients aws, ScenarioEvents events, Waiting waiting) {

    /** The names of the deployment's resources. */
    public Names names() {
        return deployment.names();
    }

    /** How much faster than on AWS the target's waiting goes. */
    public Pacing pacing() {
        return deployment.pacing();
    }
}

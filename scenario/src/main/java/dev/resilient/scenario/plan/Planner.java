package dev.resilient.scenario.plan;

import dev.resilient.scenario.base.AwsClients.CallerAccount;
import dev.resilient.scenario.base.Environment;
import dev.resilient.scenario.plan.Plan.Part;
import dev.resilient.scenario.resource.Network;
import dev.resilient.scenario.resource.Resource;
import dev.resilient.scenario.resource.Resources;
import java.util.List;
import java.util.stream.Stream;

/** Finds out what deploying would do. */
public final class Planner {
    private final Environment environment;

    /** Plans a deployment in this environment. */
    public Planner(Environment environment) {
        this.environment = environment;
    }

    /**
     * Asks AWS, and changes nothing.
     *
     * @throws dev.resilient.scenario.base.ScenarioException if there is no network that fits, or a name is somebody else's
     */
    public Plan plan() {
        CallerAccount account = environment.aws().account();
        Network network = Network.find(environment);
        List<Resource> resources = new Resources(environment).toDeploy();
        resources.forEach(Resource::claim);
        return new Plan(
                account.caller(),
                account.id(),
                network.vpcId(),
                network.zones(),
                resources.stream().map(Planner::part).toList(),
                environment.tags(),
                Cost.estimate(),
                Stream.concat(new Permissions(environment).notes().stream(), new Quotas(environment).notes().stream())
                        .toList());
    }

    private static Part part(Resource resource) {
        return new Part(resource.kind(), resource.name(), !resource.existing().isEmpty());
    }
}

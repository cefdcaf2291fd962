package dev.resilient.scenario.resource;

import dev.resilient.scenario.base.Environment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The resources of a deployment, in the one order in which they are made; they are removed in the reverse order. */
public final class Resources {
    private final Environment environment;

    /** The resources of the environment's deployment. */
    public Resources(Environment environment) {
        this.environment = environment;
    }

    /**
     * What is deployed. The Auto Scaling group comes before the load balancer, so that instances boot while the load balancer is
     * provisioned.
     */
    public List<Resource> toDeploy() {
        List<Resource> resources = new ArrayList<>();
        resources.add(new RecommendationTable(environment));
        resources.add(new HeartbeatTable(environment));
        Arrays.stream(ServiceParameter.values())
                .map(parameter -> new Parameter(environment, parameter))
                .forEach(resources::add);
        resources.add(new ServerArtifact(environment));
        resources.add(InstanceAccess.full(environment));
        resources.add(new SecurityGroups(environment));
        resources.add(new LaunchTemplate(environment));
        resources.add(new AutoScalingGroup(environment));
        resources.add(new TargetGroup(environment));
        resources.add(new LoadBalancer(environment));
        resources.add(new Listener(environment));
        resources.add(new Attachment(environment));
        return List.copyOf(resources);
    }

    /** What may be there and has to go, in the order in which it goes: also what the phases make. */
    public List<Resource> toDestroy() {
        List<Resource> resources = new ArrayList<>(toDeploy());
        // Used by instances, so it comes before them in one order and after them in the other.
        resources.addFirst(InstanceAccess.restricted(environment));
        return List.copyOf(resources.reversed());
    }
}

package dev.resilient.scenario.fault;

import dev.resilient.scenario.base.Environment;
import dev.resilient.scenario.event.ScenarioEvent;
import dev.resilient.scenario.resource.SecurityGroups;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.Instance;

/**
 * The network of one zone is gone. Each of its instances gets a security group that admits nobody in place of its own; and since
 * security groups let connections go on that are there already, which a lost zone does not, the servers stand still besides.
 */
public final class ZoneIsolation implements Fault {
    @Override
    public String text() {
        return "nothing reaches the instances of one zone any more, and nothing comes back";
    }

    @Override
    public List<String> strike(Scene scene) {
        Environment environment = scene.environment();
        List<Instance> instances = new Fleet(environment).inService();
        String zone = scene.any(instances.stream()
                .map(instance -> instance.placement().availabilityZone())
                .distinct()
                .toList());
        String isolating = new SecurityGroups(environment).ensureIsolatingGroup();
        List<Instance> struck = instances.stream()
                .filter(instance -> instance.placement().availabilityZone().equals(zone))
                .toList();
        for (Instance instance : struck) {
            List<String> own = Fleet.groupIds(instance);
            String id = instance.instanceId();
            scene.undoing().note(id + " gets its security groups back", now -> give(now, id, own));
            scene.undoing().note("the server on " + id + " is woken", now -> ServerSignal.send(now, instance, "CONT"));
            give(environment, id, List.of(isolating));
            ServerSignal.send(environment, instance, "STOP");
            environment
                    .events()
                    .publish(new ScenarioEvent.InstanceChanged(id, "in " + zone + " is cut off from the network"));
        }
        return struck.stream().map(Instance::instanceId).toList();
    }

    /** An instance that is still isolated gets the group that the launch template gives. */
    @Override
    public void clear(Environment environment) {
        var groups = new SecurityGroups(environment);
        groups.idOfIsolatingGroup().ifPresent(isolating -> new Fleet(environment)
                .inService().stream()
                        .filter(instance -> Fleet.groupIds(instance).contains(isolating))
                        .forEach(instance ->
                                give(environment, instance.instanceId(), List.of(groups.idOfInstanceGroup()))));
    }

    private static void give(Environment environment, String id, List<String> groups) {
        environment.aws().ec2().modifyInstanceAttribute(request -> request.instanceId(id)
                .groups(groups));
    }
}

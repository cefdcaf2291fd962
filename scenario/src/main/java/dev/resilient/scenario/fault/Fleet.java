package dev.resilient.scenario.fault;

import dev.resilient.scenario.base.Environment;
import dev.resilient.scenario.base.ScenarioException;
import java.util.Comparator;
import java.util.List;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.LifecycleState;
import software.amazon.awssdk.services.ec2.model.GroupIdentifier;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.Reservation;

/** The instances of the deployment's Auto Scaling group. */
final class Fleet {
    private final Environment environment;

    Fleet(Environment environment) {
        this.environment = environment;
    }

    /** Those in service, in the order of their ids. */
    List<Instance> inService() {
        List<String> ids = group().instances().stream()
                .filter(instance -> instance.lifecycleState() == LifecycleState.IN_SERVICE)
                .map(software.amazon.awssdk.services.autoscaling.model.Instance::instanceId)
                .toList();
        if (ids.isEmpty()) {
            throw new ScenarioException("The Auto Scaling group has no instance in service.");
        }
        return describe(ids);
    }

    /** These instances, in the order of their ids. */
    List<Instance> describe(List<String> ids) {
        return environment.aws().ec2().describeInstances(request -> request.instanceIds(ids)).reservations().stream()
                .map(Reservation::instances)
                .flatMap(List::stream)
                .sorted(Comparator.comparing(Instance::instanceId))
                .toList();
    }

    AutoScalingGroup group() {
        return environment
                .group()
                .orElseThrow(() -> new ScenarioException("There is no Auto Scaling group: deploy the service first."));
    }

    static List<String> groupIds(Instance instance) {
        return instance.securityGroups().stream().map(GroupIdentifier::groupId).toList();
    }
}

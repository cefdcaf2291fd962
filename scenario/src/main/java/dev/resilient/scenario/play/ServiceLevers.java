package dev.resilient.scenario.play;

import dev.resilient.scenario.base.Environment;
import dev.resilient.scenario.base.ScenarioException;
import dev.resilient.scenario.base.Waiting.Sight;
import dev.resilient.scenario.event.ScenarioEvent;
import dev.resilient.scenario.phase.Levers;
import dev.resilient.scenario.resource.InstanceAccess;
import dev.resilient.scenario.resource.Parameter;
import dev.resilient.scenario.resource.ServiceParameter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.autoscaling.model.Instance;
import software.amazon.awssdk.services.autoscaling.model.LifecycleState;
import software.amazon.awssdk.services.autoscaling.model.ScalingActivityInProgressException;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.IamInstanceProfileAssociation;
import software.amazon.awssdk.services.ec2.model.IamInstanceProfileAssociationState;

/** The levers, pulled with SDK calls. */
public final class ServiceLevers implements Levers {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String UNKNOWN_ASSOCIATION = "InvalidAssociationID.NotFound";

    private final Environment environment;

    /** The levers of the environment's deployment. */
    public ServiceLevers(Environment environment) {
        this.environment = environment;
    }

    @Override
    public void set(ServiceParameter parameter, String value) {
        new Parameter(environment, parameter).set(value);
    }

    @Override
    public void reset(ServiceParameter parameter) {
        new Parameter(environment, parameter).reset();
    }

    @Override
    public String restrictOneInstance() {
        List<IamInstanceProfileAssociation> associations = associations(IamInstanceProfileAssociationState.ASSOCIATED);
        IamInstanceProfileAssociation chosen = associations.stream()
                .filter(this::isRestricted)
                .findFirst()
                .or(() -> associations.stream().findFirst())
                .orElseThrow(() -> new ScenarioException(
                        "The Auto Scaling group has no instance in service that has a profile: deploy again."));
        restrict(chosen);
        return chosen.instanceId();
    }

    @Override
    public void restrict(String instanceId) {
        restrict(associations(IamInstanceProfileAssociationState.ASSOCIATED).stream()
                .filter(association -> association.instanceId().equals(instanceId))
                .findFirst()
                .orElseThrow(() -> new ScenarioException(
                        "The instance " + instanceId + " is not in service, or has no profile.")));
    }

    @Override
    public String restrictedInstance() {
        return restrictedInstances().stream()
                .findFirst()
                .orElseThrow(() -> new ScenarioException(
                        "No instance has the restricted profile: play the phase bad-credentials first."));
    }

    @Override
    public void terminate(String instanceId) {
        // The first try waits for nothing, not even when the user wants to stop.
        if (!beginsToTerminate(instanceId)) {
            environment
                    .waiting()
                    .until(
                            "the instance " + instanceId + " can be terminated",
                            LIMIT,
                            () -> Sight.when(beginsToTerminate(instanceId), "a scaling activity is in progress"));
        }
        tell(instanceId, "terminating through the Auto Scaling group");
    }

    private boolean beginsToTerminate(String instanceId) {
        try {
            environment.aws().autoScaling().terminateInstanceInAutoScalingGroup(request -> request.instanceId(
                            instanceId)
                    .shouldDecrementDesiredCapacity(false));
            return true;
        } catch (ScalingActivityInProgressException busy) {
            // A call whose answer never came may have begun it, or the group itself, which AWS does not show at once.
            return isTerminating(instanceId);
        }
    }

    private boolean isTerminating(String instanceId) {
        return environment.group().stream()
                .flatMap(group -> group.instances().stream())
                .filter(instance -> instance.instanceId().equals(instanceId))
                .allMatch(instance -> instance.lifecycleStateAsString().startsWith("Terminating"));
    }

    /** Terminates what is still restricted, whoever left it so, and tells which instances those are. */
    public List<String> terminateRestricted() {
        List<String> restricted = restrictedInstances();
        restricted.forEach(this::terminate);
        return restricted;
    }

    private List<String> restrictedInstances() {
        return associations(
                        IamInstanceProfileAssociationState.ASSOCIATED, IamInstanceProfileAssociationState.ASSOCIATING)
                .stream()
                .filter(this::isRestricted)
                .map(IamInstanceProfileAssociation::instanceId)
                .toList();
    }

    private void restrict(IamInstanceProfileAssociation association) {
        InstanceAccess.restricted(environment).create();
        if (!isRestricted(association)) {
            replaceProfile(association);
        }
        reboot(association.instanceId());
    }

    private void replaceProfile(IamInstanceProfileAssociation association) {
        environment
                .waiting()
                .retry(
                        "the restricted profile can be used",
                        LIMIT,
                        ServiceLevers::isUnknownProfile,
                        () -> replace(association));
        environment.waiting().until("the instance has the restricted profile", LIMIT, () -> {
            List<IamInstanceProfileAssociation> now = associations(IamInstanceProfileAssociationState.ASSOCIATED);
            return Sight.when(
                    now.stream()
                            .anyMatch(each ->
                                    isRestricted(each) && each.instanceId().equals(association.instanceId())),
                    "it has not yet");
        });
        tell(association.instanceId(), "has the profile " + environment.names().restrictedAccess());
    }

    private Optional<IamInstanceProfileAssociation> replace(IamInstanceProfileAssociation association) {
        try {
            return Optional.of(environment
                    .aws()
                    .ec2()
                    .replaceIamInstanceProfileAssociation(request -> request.associationId(association.associationId())
                            .iamInstanceProfile(
                                    profile -> profile.name(environment.names().restrictedAccess())))
                    .iamInstanceProfileAssociation());
        } catch (Ec2Exception failure) {
            // The new one has another id: the association may have been replaced by a call whose answer never came.
            if (UNKNOWN_ASSOCIATION.equals(failure.awsErrorDetails().errorCode())) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    private void reboot(String instanceId) {
        environment.aws().ec2().rebootInstances(request -> request.instanceIds(instanceId));
        tell(instanceId, "rebooting");
    }

    /** The associations, in one of these states, of the group's instances that are in service. */
    private List<IamInstanceProfileAssociation> associations(IamInstanceProfileAssociationState... states) {
        List<String> inService = environment.group().stream()
                .flatMap(group -> group.instances().stream())
                .filter(instance -> instance.lifecycleState() == LifecycleState.IN_SERVICE)
                .map(Instance::instanceId)
                .sorted()
                .toList();
        if (inService.isEmpty()) {
            // A filter without values is refused.
            return List.of();
        }
        return environment
                .aws()
                .ec2()
                .describeIamInstanceProfileAssociationsPaginator(request -> request.filters(
                        Filter.builder().name("instance-id").values(inService).build()))
                .iamInstanceProfileAssociations()
                .stream()
                .filter(association -> List.of(states).contains(association.state()))
                .toList();
    }

    private boolean isRestricted(IamInstanceProfileAssociation association) {
        return association
                .iamInstanceProfile()
                .arn()
                .endsWith("/" + environment.names().restrictedAccess());
    }

    private static boolean isUnknownProfile(SdkException failure) {
        return failure instanceof Ec2Exception
                && String.valueOf(failure.getMessage()).contains("nstance Profile");
    }

    private void tell(String instanceId, String change) {
        environment.events().publish(new ScenarioEvent.InstanceChanged(instanceId, change));
    }
}

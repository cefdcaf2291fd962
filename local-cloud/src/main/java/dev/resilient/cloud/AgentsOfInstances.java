package dev.resilient.cloud;

import dev.resilient.cloud.base.Account;
import dev.resilient.cloud.ec2.instance.Instances;
import dev.resilient.cloud.identity.RoleCredentials;
import dev.resilient.cloud.ssm.command.ManagedInstances;
import dev.resilient.cloud.ssm.command.ManagedInstances.Execution;
import dev.resilient.cloud.ssm.command.ManagedInstances.ManagedInstance;
import dev.resilient.cloud.ssm.command.ManagedInstances.Result;
import dev.resilient.cloud.sts.RoleSessions;
import dev.resilient.process.Agent;
import dev.resilient.process.RunningScript;
import dev.resilient.wire.Access;
import dev.resilient.wire.Gate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ssm.model.InstanceInformation;
import software.amazon.awssdk.services.ssm.model.PingStatus;
import software.amazon.awssdk.services.ssm.model.PlatformType;
import software.amazon.awssdk.services.ssm.model.ResourceType;

/**
 * What Systems Manager needs of EC2. An instance is known to it when the role that its agent took up at boot may say so: the
 * same question to IAM that the agent's own call would be.
 */
record AgentsOfInstances(Account account, Instances instances, RoleSessions sessions, Gate gate)
        implements ManagedInstances {
    private static final String REGISTRATION = "ssm:UpdateInstanceInformation";

    @Override
    public List<ManagedInstance> list() {
        return instances.list().stream()
                .filter(instance -> instance.state().name() != InstanceStateName.TERMINATED)
                .flatMap(instance -> instances
                        .agent(instance.instanceId())
                        .filter(agent -> mayRegister(agent, instance.instanceId()))
                        .map(agent -> managed(instance, agent))
                        .stream())
                .toList();
    }

    @Override
    public Optional<Execution> start(String instanceId, String name, String script, String directory) {
        return instances
                .agent(instanceId)
                .flatMap(agent -> agent.start(name, script, directory))
                .map(Started::new);
    }

    private boolean mayRegister(Agent agent, String instanceId) {
        return agent.profile()
                .map(profile -> sessions.ofInstance(profile, instanceId))
                .filter(RoleCredentials.Issued.class::isInstance)
                .map(RoleCredentials.Issued.class::cast)
                .flatMap(issued -> gate.accessKey(issued.accessKeyId()))
                .map(key -> gate.decide(
                        key.caller(),
                        new Access.Question(REGISTRATION, account.arn("ec2", "instance/" + instanceId), Map.of()),
                        Gate.Origin.NONE))
                .filter(Gate.Decision.Allowed.class::isInstance)
                .isPresent();
    }

    private static ManagedInstance managed(Instance instance, Agent agent) {
        return new ManagedInstance(
                InstanceInformation.builder()
                        .instanceId(instance.instanceId())
                        .pingStatus(agent.isConnected() ? PingStatus.ONLINE : PingStatus.CONNECTION_LOST)
                        .lastPingDateTime(agent.lastSeen())
                        .platformType(PlatformType.LINUX)
                        .resourceType(ResourceType.EC2_INSTANCE)
                        .ipAddress(instance.privateIpAddress())
                        .computerName(instance.privateDnsName())
                        .build(),
                instance.tags().stream().collect(Collectors.toMap(Tag::key, Tag::value)));
    }

    private record Started(RunningScript script) implements Execution {
        @Override
        public CompletableFuture<Result> result() {
            return script.result()
                    .thenApply(result -> new Result(result.exitStatus(), result.output(), result.error()));
        }

        @Override
        public void end() {
            script.end();
        }
    }
}

package dev.resilient.cloud.ssm.command;

import dev.resilient.cloud.ssm.command.ManagedInstances.Execution;
import dev.resilient.cloud.ssm.command.ManagedInstances.ManagedInstance;
import dev.resilient.cloud.ssm.command.ManagedInstances.Result;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import software.amazon.awssdk.services.ssm.model.InstanceInformation;
import software.amazon.awssdk.services.ssm.model.PingStatus;
import software.amazon.awssdk.services.ssm.model.PlatformType;
import software.amazon.awssdk.services.ssm.model.ResourceType;

/** Instances on which a script returns when the test says so. */
public final class FakeInstances implements ManagedInstances {
    final ConcurrentSkipListMap<String, ManagedInstance> instances = new ConcurrentSkipListMap<>();
    final List<Started> started = new CopyOnWriteArrayList<>();

    /** A script that was started. */
    record Started(String instanceId, String script, String directory, CompletableFuture<Result> result)
            implements Execution {

        void returns(int status, String output, String error) {
            result.complete(new Result(OptionalInt.of(status), output, error));
        }

        @Override
        public void end() {
            result.complete(new Result(OptionalInt.of(143), "", ""));
        }
    }

    void add(String id, boolean online, Map<String, String> tags) {
        InstanceInformation shown = InstanceInformation.builder()
                .instanceId(id)
                .ipAddress("127.31.0.9")
                .computerName("host-of-" + id)
                .pingStatus(online ? PingStatus.ONLINE : PingStatus.CONNECTION_LOST)
                .platformType(PlatformType.LINUX)
                .resourceType(ResourceType.EC2_INSTANCE)
                .lastPingDateTime(Instant.parse("2026-01-01T12:00:00Z"))
                .build();
        instances.put(id, new ManagedInstance(shown, tags));
    }

    @Override
    public List<ManagedInstance> list() {
        return new ArrayList<>(instances.values());
    }

    @Override
    public Optional<Execution> start(String instanceId, String name, String script, String directory) {
        if (instances.get(instanceId).shown().pingStatus() != PingStatus.ONLINE) {
            return Optional.empty();
        }
        Started execution = new Started(instanceId, script, directory, new CompletableFuture<>());
        started.add(execution);
        return Optional.of(execution);
    }
}

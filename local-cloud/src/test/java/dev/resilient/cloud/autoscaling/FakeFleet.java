package dev.resilient.cloud.autoscaling;

import dev.resilient.cloud.autoscaling.group.Fleet;
import dev.resilient.wire.Access;
import dev.resilient.wire.ServiceError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.services.autoscaling.model.LaunchTemplateSpecification;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;

/** Instances that are only names and states; a test says when one runs, stops or is gone. Thread-safe. */
final class FakeFleet implements Fleet {
    static final String TEMPLATE = "web-template";

    final List<RunInstancesRequest> orders = new CopyOnWriteArrayList<>();
    /** The number in the id of the latest instance. */
    final AtomicInteger launched = new AtomicInteger();

    final Set<String> brokenZones = ConcurrentHashMap.newKeySet();
    final Set<String> terminated = ConcurrentHashMap.newKeySet();
    private final Map<String, InstanceStateName> states = new ConcurrentHashMap<>();
    private final Map<String, String> zones = new ConcurrentHashMap<>();
    private volatile Runnable beforeLaunch = () -> {};

    /** Runs something in the middle of every launch. */
    void beforeLaunch(Runnable action) {
        beforeLaunch = action;
    }

    /** Starts an instance of which no group knows. */
    String runOutsideOfGroups(String zone) {
        String id = "i-%017d".formatted(launched.incrementAndGet());
        zones.put(id, zone);
        states.put(id, InstanceStateName.RUNNING);
        return id;
    }

    void set(String instanceId, InstanceStateName state) {
        states.put(instanceId, state);
    }

    void runAll() {
        states.replaceAll((id, state) -> state == InstanceStateName.PENDING ? InstanceStateName.RUNNING : state);
    }

    /** What EC2 does some time after it was told to terminate. */
    void finishTerminations() {
        states.replaceAll(
                (id, state) -> state == InstanceStateName.SHUTTING_DOWN ? InstanceStateName.TERMINATED : state);
    }

    List<String> ids() {
        return new ArrayList<>(states.keySet());
    }

    @Override
    public Optional<String> zoneOfSubnet(String subnetId) {
        return subnetId.startsWith("subnet-") ? Optional.of("us-west-2" + subnetId.charAt(7)) : Optional.empty();
    }

    @Override
    public List<Access.Question> access(LaunchTemplateSpecification reference) {
        return List.of();
    }

    @Override
    public LaunchTemplateSpecification resolve(LaunchTemplateSpecification reference) {
        String name = reference.launchTemplateName();
        if (!TEMPLATE.equals(name)) {
            throw ServiceError.badRequest(
                    "InvalidLaunchTemplateName.NotFoundException",
                    "The specified launch template, with template name " + name + ", does not exist.");
        }
        return LaunchTemplateSpecification.builder()
                .launchTemplateId("lt-0123456789abcdef0")
                .launchTemplateName(TEMPLATE)
                .version(reference.version().startsWith("$") ? "1" : reference.version())
                .build();
    }

    @Override
    public void check(LaunchTemplateSpecification reference) {
        resolve(reference);
    }

    @Override
    public Instance launch(RunInstancesRequest order) {
        beforeLaunch.run();
        String zone = order.subnetId() == null
                ? order.placement().availabilityZone()
                : zoneOfSubnet(order.subnetId()).orElseThrow();
        if (brokenZones.contains(zone)) {
            throw ServiceError.badRequest("InsufficientInstanceCapacity", "No capacity in " + zone + ".");
        }
        orders.add(order);
        String id = "i-%017d".formatted(launched.incrementAndGet());
        zones.put(id, zone);
        states.put(id, InstanceStateName.PENDING);
        return find(id).orElseThrow();
    }

    @Override
    public void terminate(String instanceId) {
        terminated.add(instanceId);
        states.put(instanceId, InstanceStateName.SHUTTING_DOWN);
    }

    @Override
    public Optional<Instance> find(String instanceId) {
        String zone = zones.getOrDefault(instanceId, "");
        return Optional.ofNullable(states.get(instanceId)).map(state -> Instance.builder()
                .instanceId(instanceId)
                .state(now -> now.name(state))
                .placement(place -> place.availabilityZone(zone))
                .subnetId("subnet-" + zone)
                .instanceType("t3.micro")
                .imageId("ami-1")
                .build());
    }
}

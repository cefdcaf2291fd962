package dev.resilient.cloud.autoscaling;

import dev.resilient.wire.ServiceError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Instances that are only names and states; a test says when one runs, stops or is gone. Thread-safe. */
final class FakeFleet implements Fleet {
    static final String TEMPLATE = "web-template";

    final List<Order> orders = new CopyOnWriteArrayList<>();
    /** The number in the id of the latest instance. */
    final AtomicInteger launched = new AtomicInteger();

    final Set<String> brokenZones = ConcurrentHashMap.newKeySet();
    final Set<String> terminated = ConcurrentHashMap.newKeySet();
    private final Map<String, State> states = new ConcurrentHashMap<>();
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
        states.put(id, State.RUNNING);
        return id;
    }

    void set(String instanceId, State state) {
        states.put(instanceId, state);
    }

    void runAll() {
        states.replaceAll((id, state) -> state == State.PENDING ? State.RUNNING : state);
    }

    /** What EC2 does some time after it was told to terminate. */
    void finishTerminations() {
        states.replaceAll((id, state) -> state == State.SHUTTING_DOWN ? State.TERMINATED : state);
    }

    List<String> ids() {
        return new ArrayList<>(states.keySet());
    }

    @Override
    public Optional<String> zoneOfSubnet(String subnetId) {
        return subnetId.startsWith("subnet-") ? Optional.of("us-west-2" + subnetId.charAt(7)) : Optional.empty();
    }

    @Override
    public Template resolve(TemplateReference reference) {
        if (!TEMPLATE.equals(reference.name())) {
            throw ServiceError.badRequest(
                    "InvalidLaunchTemplateName.NotFoundException",
                    "The specified launch template, with template name " + reference.name() + ", does not exist.");
        }
        long version = reference.version().startsWith("$") ? 1 : Long.parseLong(reference.version());
        return new Template("lt-0123456789abcdef0", TEMPLATE, version);
    }

    @Override
    public void check(TemplateReference reference) {
        resolve(reference);
    }

    @Override
    public Launched launch(Order order) {
        beforeLaunch.run();
        if (brokenZones.contains(order.zone())) {
            throw ServiceError.badRequest("InsufficientInstanceCapacity", "No capacity in " + order.zone() + ".");
        }
        orders.add(order);
        String id = "i-%017d".formatted(launched.incrementAndGet());
        zones.put(id, order.zone());
        states.put(id, State.PENDING);
        return new Launched(id, "t3.micro", "ami-1", "subnet-" + order.zone(), resolve(order.template()));
    }

    @Override
    public void terminate(String instanceId) {
        terminated.add(instanceId);
        states.put(instanceId, State.SHUTTING_DOWN);
    }

    @Override
    public Optional<Instance> find(String instanceId) {
        return Optional.ofNullable(states.get(instanceId))
                .map(state -> new Instance(state, zones.getOrDefault(instanceId, ""), "t3.micro", "ami-1"));
    }
}

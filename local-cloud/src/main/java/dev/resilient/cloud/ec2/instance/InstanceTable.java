package dev.resilient.cloud.ec2.instance;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.base.CloudContext;
import dev.resilient.cloud.ec2.request.Errors;
import dev.resilient.cloud.event.CloudEvent;
import dev.resilient.cloud.event.CloudEvents;
import dev.resilient.cloud.store.DryRun;
import dev.resilient.cloud.store.ResourceMap;
import dev.resilient.time.TimeSource;
import dev.resilient.wire.ServiceError;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;

/** Every instance and its state. The only place where a state changes. Thread-safe. */
final class InstanceTable {
    /** How long a terminated instance is still shown. */
    private static final Duration SHOWN = Duration.ofHours(1);

    /** How often it is looked for them, so that a call does not cost more the more instances there are. */
    private static final Duration BETWEEN_LOOKS = Duration.ofMinutes(1);

    private final ResourceMap<LaunchedInstance> instances;
    private final TimeSource time;
    private final CloudEvents events;
    private volatile Instant nextLook = Instant.MIN;

    InstanceTable(CloudContext cloud) {
        this.instances = cloud.store().passing("ec2.instances");
        this.time = cloud.time();
        this.events = cloud.events();
    }

    void add(LaunchedInstance instance) {
        instances.create(instance.id(), instance);
    }

    Optional<LaunchedInstance> find(String id) {
        return instances.find(id);
    }

    /**
     * The instance with this id.
     *
     * @throws ServiceError {@code InvalidInstanceID.Malformed} or {@code InvalidInstanceID.NotFound}
     */
    LaunchedInstance get(String id) {
        Errors.refuseMalformed(id, "i-", "InvalidInstanceID.Malformed");
        return find(id).orElseThrow(() ->
                ServiceError.badRequest("InvalidInstanceID.NotFound", "The instance ID '" + id + "' does not exist"));
    }

    /** The instances with these ids; EC2 names all that are missing in one error. */
    List<LaunchedInstance> getAll(List<String> ids) {
        ids.forEach(id -> Errors.refuseMalformed(id, "i-", "InvalidInstanceID.Malformed"));
        List<String> missing = ids.stream().filter(id -> find(id).isEmpty()).toList();
        refuseIf(
                missing.size() > 1,
                "InvalidInstanceID.NotFound",
                "The instance IDs '" + String.join(", ", missing) + "' do not exist");
        return ids.stream().map(this::get).toList();
    }

    List<LaunchedInstance> list() {
        return instances.list();
    }

    void update(String id, UnaryOperator<LaunchedInstance> change) {
        instances.update(id, change);
    }

    /** Removes those that have been terminated for long enough, now and then, and tells which. */
    List<LaunchedInstance> removeLapsed() {
        Instant now = time.instant();
        if (now.isBefore(nextLook) || DryRun.isUnderWay()) {
            return List.of();
        }
        nextLook = now.plus(BETWEEN_LOOKS);
        Instant limit = now.minus(SHOWN);
        return instances.list().stream()
                .filter(instance -> instance.state() == InstanceStateName.TERMINATED)
                .filter(instance -> instance.since().isBefore(limit))
                .filter(instance -> instances.remove(instance.id()).isPresent())
                .toList();
    }

    /**
     * Brings an instance into another state, if there is an edge, and publishes that. This is the one transition method.
     *
     * @param reason null where there is nothing to explain
     * @return the state it was in; empty, and nothing changed, if there is no such edge
     */
    Optional<InstanceStateName> transition(String id, InstanceStateName to, @Nullable Reason reason) {
        AtomicReference<@Nullable InstanceStateName> left = new AtomicReference<>();
        Instant now = time.instant();
        instances.update(id, instance -> {
            boolean possible = States.isEdge(instance.state(), to);
            left.set(possible ? instance.state() : null);
            return possible ? instance.in(to, reason, now) : instance;
        });
        Optional<InstanceStateName> from = Optional.ofNullable(left.get());
        from.ifPresent(
                state -> events.publish(new CloudEvent.InstanceStateChanged(now, id, state.toString(), to.toString())));
        return from;
    }
}

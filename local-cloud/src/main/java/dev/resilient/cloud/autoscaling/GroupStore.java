package dev.resilient.cloud.autoscaling;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.store.ResourceMap;
import dev.resilient.cloud.store.ResourceStore;
import dev.resilient.wire.ServiceError;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The groups. Whoever changes one by its ARN never touches a later group of the same name. Thread-safe. */
final class GroupStore {
    private final ResourceMap<Group> groups;
    private final Nudge nudge;

    /** The groups that the store has; what callers change is worth a {@code nudge}. */
    GroupStore(ResourceStore store, Nudge nudge) {
        this.groups = store.map("autoscaling.groups");
        this.nudge = nudge;
    }

    /** Adds a group; false if the name is taken. */
    boolean create(Group group) {
        boolean created = groups.create(group.name(), group);
        nudge.give();
        return created;
    }

    List<Group> list() {
        return groups.list();
    }

    Optional<Group> find(String name) {
        return groups.find(name);
    }

    /** The group of this name; an error in AWS's words if there is none. */
    Group require(String name) {
        return find(name).orElseThrow(() -> Errors.noSuchGroup(name));
    }

    /** The group that holds this instance; an error in AWS's words if none does. */
    Group holding(String instanceId) {
        return list().stream()
                .filter(group -> group.member(instanceId).isPresent())
                .findFirst()
                .orElseThrow(() -> Errors.noSuchInstance(instanceId));
    }

    /** The ARN of the group that holds this instance; {@code *} if none does. */
    String arnOfGroupHolding(String instanceId) {
        return list().stream()
                .filter(group -> group.member(instanceId).isPresent())
                .map(Group::arn)
                .findFirst()
                .orElse("*");
    }

    /** Whether the group with this ARN still is the one of this name. */
    boolean isCurrent(String name, String arn) {
        return find(name).filter(group -> group.arn().equals(arn)).isPresent();
    }

    /**
     * Changes the group of this name as a caller asks; {@code change} has no side effect and may refuse by throwing.
     *
     * @throws ServiceError if there is no such group, or it is being deleted
     */
    Group change(String name, UnaryOperator<Group> change) {
        Group changed = groups.update(name, group -> {
                    refuseIf(
                            group.progress().deleting(),
                            () -> ServiceError.badRequest(
                                    "ScalingActivityInProgress", "AutoScalingGroup " + name + " is being deleted"));
                    return change.apply(group);
                })
                .orElseThrow(() -> Errors.noSuchGroup(name));
        nudge.give();
        return changed;
    }

    /** Changes this very group, which may be on its way out; empty if it is gone, whoever has its name now. */
    Optional<Group> update(Group seen, UnaryOperator<Group> change) {
        return groups.update(seen.name(), group -> group.arn().equals(seen.arn()) ? change.apply(group) : group)
                .filter(group -> group.arn().equals(seen.arn()));
    }

    /** Removes this very group. */
    void remove(Group seen) {
        if (isCurrent(seen.name(), seen.arn())) {
            groups.remove(seen.name());
        }
    }
}

package dev.resilient.cloud.autoscaling.reconcile;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.autoscaling.group.Errors;
import dev.resilient.cloud.autoscaling.group.Group;
import dev.resilient.cloud.base.Account;
import dev.resilient.cloud.base.CloudContext;
import dev.resilient.cloud.base.PageRules;
import dev.resilient.cloud.store.ResourceMap;
import dev.resilient.wire.Access;
import dev.resilient.wire.OperationRegistry;
import dev.resilient.wire.ServiceError;
import dev.resilient.wire.shape.Members;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.awscore.AwsRequest;

/** The groups. Whoever changes one by its ARN never touches a later group of the same name. Thread-safe. */
public final class GroupStore {
    /** How the lists of groups and of what they have are cut into pages. */
    public static final PageRules PAGES = new PageRules(
            50, 100, token -> ServiceError.badRequest("InvalidNextToken", "The token '" + token + "' is invalid."));

    private final Account account;
    private final ResourceMap<Group> groups;
    private final Nudge nudge = new Nudge();

    /** The groups that the cloud's store has. */
    public GroupStore(CloudContext cloud) {
        this.account = cloud.account();
        this.groups = cloud.store().map("autoscaling.groups");
    }

    /** Given whenever a caller has changed something. */
    public Nudge nudge() {
        return nudge;
    }

    /** The ARN of a group. */
    public String arn(String id, String name) {
        return account.arn("autoscaling", "autoScalingGroup:" + id + ":autoScalingGroupName/" + name);
    }

    /** The ARN of the group of this name; with {@code *} for its id if there is none. */
    public String arnOf(String name) {
        return find(name).map(Group::arn).orElseGet(() -> arn("*", name));
    }

    /** The access that concerns the group which a request names. */
    public Access<AwsRequest> named() {
        return Access.named("AutoScalingGroupName", this::arnOf);
    }

    /** The access that concerns the group which holds the instance that a request names. */
    public Access<AwsRequest> holding() {
        return Access.named("InstanceId", id -> holding(id).map(Group::arn).orElse("*"));
    }

    /** Registers an operation that changes the group which its request names, as a function of both without side effects. */
    public <I extends AwsRequest> void register(
            OperationRegistry operations, Class<I> request, BiFunction<I, Group, Group> change) {
        operations.act(request, named(), asked -> {
            String name =
                    Members.get(asked, "AutoScalingGroupName", String.class).orElse("");
            change(name, group -> change.apply(asked, group));
        });
    }

    /** Adds a group; false if the name is taken. */
    public boolean create(Group group) {
        boolean created = groups.create(group.name(), group);
        nudge.give();
        return created;
    }

    /** Every group, in the order of their names. */
    public List<Group> list() {
        return groups.list();
    }

    /** The group of this name. */
    public Optional<Group> find(String name) {
        return groups.find(name);
    }

    /** The group of this name; an error in AWS's words if there is none. */
    public Group require(String name) {
        return find(name).orElseThrow(() -> Errors.noSuchGroup(name));
    }

    /** The group that holds this instance. */
    public Optional<Group> holding(String instanceId) {
        return list().stream()
                .filter(group -> group.member(instanceId).isPresent())
                .findFirst();
    }

    /** The group that holds this instance; an error in AWS's words if none does. */
    public Group requireHolding(String instanceId) {
        return holding(instanceId).orElseThrow(() -> Errors.noSuchInstance(instanceId));
    }

    /** Whether the group with this ARN still is the one of this name. */
    public boolean isCurrent(String name, String arn) {
        return find(name).filter(group -> group.arn().equals(arn)).isPresent();
    }

    /**
     * Changes the group of this name as a caller asks; {@code change} has no side effect and may refuse by throwing.
     *
     * @throws ServiceError if there is no such group, or it is being deleted
     */
    public Group change(String name, UnaryOperator<Group> change) {
        Group changed = groups.update(name, group -> {
                    refuseIf(
                            group.isDeleting(),
                            "ScalingActivityInProgress",
                            "AutoScalingGroup " + name + " is being deleted");
                    return change.apply(group);
                })
                .orElseThrow(() -> Errors.noSuchGroup(name));
        nudge.give();
        return changed;
    }

    /** Changes this very group, which may be on its way out; empty if it is gone, whoever has its name now. */
    public Optional<Group> update(Group seen, UnaryOperator<Group> change) {
        return groups.update(seen.name(), group -> group.arn().equals(seen.arn()) ? change.apply(group) : group)
                .filter(group -> group.arn().equals(seen.arn()));
    }

    /** Removes this very group. */
    public void remove(Group seen) {
        if (isCurrent(seen.name(), seen.arn())) {
            groups.remove(seen.name());
        }
    }
}

package dev.resilient.cloud.autoscaling;

import dev.resilient.cloud.base.CloudContext;
import dev.resilient.cloud.base.PageRules;
import dev.resilient.wire.AwsService;
import dev.resilient.wire.OperationRegistry;
import dev.resilient.wire.ServiceError;
import dev.resilient.wire.ServiceModel;

/**
 * EC2 Auto Scaling over the wire. What AWS offers and this does not is refused by name.
 * Thread-safe. {@link #start} begins to reconcile, {@link #close} ends it and leaves the instances as they are.
 *
 * @see <a href="https://docs.aws.amazon.com/autoscaling/ec2/APIReference/">Amazon EC2 Auto Scaling API Reference</a>
 */
public final class AutoScaling implements AwsService, AutoCloseable {
    private static final ServiceModel MODEL = new ServiceModel(
            "autoscaling",
            "software.amazon.awssdk.services.autoscaling.model",
            "2011-01-01",
            new ServiceModel.Protocol.Query("http://autoscaling.amazonaws.com/doc/2011-01-01/"));

    static final PageRules PAGES = new PageRules(
            50, 100, token -> ServiceError.badRequest("InvalidNextToken", "The token '" + token + "' is invalid."));

    private final Groups groups;
    private final GroupInstances instances;
    private final InstanceMoves moves;
    private final LifecycleHooks hooks;
    private final LifecycleActions actions;
    private final InstanceRefreshes refreshes;
    private final ScalingPolicies policies;
    private final TargetGroups targetGroups;
    private final GroupTags tags;
    private final Processes processes;
    private final Activities activities;
    private final Reconciler reconciler;

    /** An Auto Scaling without groups, which launches into {@code fleet} and registers with {@code link}. */
    public AutoScaling(CloudContext cloud, Fleet fleet, TargetGroupLink link) {
        Nudge nudge = new Nudge();
        GroupStore store = new GroupStore(cloud.store(), nudge);
        Neighbours neighbours = new Neighbours(fleet, link);
        activities = new Activities(cloud, store);
        groups = new Groups(cloud, nudge, store, activities, neighbours);
        instances = new GroupInstances(cloud, store);
        moves = new InstanceMoves(cloud, store, activities, fleet);
        hooks = new LifecycleHooks(cloud, store);
        actions = new LifecycleActions(cloud, store);
        refreshes = new InstanceRefreshes(cloud, store, fleet);
        policies = new ScalingPolicies(cloud, store, link);
        targetGroups = new TargetGroups(cloud, store, link);
        tags = new GroupTags(cloud, store);
        processes = new Processes(cloud, store);
        reconciler = new Reconciler(cloud, nudge, store, activities, neighbours);
    }

    @Override
    public ServiceModel model() {
        return MODEL;
    }

    @Override
    public void register(OperationRegistry operations) {
        groups.register(operations);
        instances.register(operations);
        moves.register(operations);
        hooks.register(operations);
        actions.register(operations);
        refreshes.register(operations);
        policies.register(operations);
        targetGroups.register(operations);
        tags.register(operations);
        processes.register(operations);
        activities.register(operations);
    }

    /** Begins to reconcile. */
    public void start() {
        activities.cancelAbandoned();
        reconciler.start();
    }

    /** Its passes can be made one by one. */
    Reconciler reconciler() {
        return reconciler;
    }

    @Override
    public void close() {
        reconciler.close();
    }
}

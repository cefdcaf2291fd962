package dev.resilient.cloud.autoscaling.operation;

import dev.resilient.cloud.autoscaling.group.Fleet;
import dev.resilient.cloud.autoscaling.group.TargetGroupLink;
import dev.resilient.cloud.autoscaling.reconcile.Activities;
import dev.resilient.cloud.autoscaling.reconcile.GroupStore;
import dev.resilient.cloud.base.CloudContext;
import dev.resilient.wire.OperationRegistry;

/** Everything that callers can ask of Auto Scaling. */
public final class Operations {
    private Operations() {}

    /** Registers the operations on these groups. What follows from them is the reconciler's work. */
    public static void register(
            OperationRegistry operations,
            CloudContext cloud,
            GroupStore groups,
            Activities activities,
            Fleet fleet,
            TargetGroupLink targetGroups) {
        Settings settings = new Settings(cloud.account(), fleet);
        new Groups(cloud, groups, activities, fleet, targetGroups, settings).register(operations);
        new GroupInstances(cloud, groups).register(operations);
        new InstanceMoves(cloud, groups, activities, fleet).register(operations);
        new LifecycleHooks(groups).register(operations);
        new InstanceRefreshes(cloud, groups, fleet, settings).register(operations);
        new ScalingPolicies(cloud, groups, targetGroups).register(operations);
        new TargetGroups(groups, targetGroups).register(operations);
        new GroupTags(groups).register(operations);
        new Processes(groups).register(operations);
        activities.register(operations);
    }
}

package dev.resilient.cloud.autoscaling;

import dev.resilient.cloud.autoscaling.group.Fleet;
import dev.resilient.cloud.autoscaling.group.TargetGroupLink;
import dev.resilient.cloud.autoscaling.operation.Operations;
import dev.resilient.cloud.autoscaling.reconcile.Activities;
import dev.resilient.cloud.autoscaling.reconcile.GroupStore;
import dev.resilient.cloud.autoscaling.reconcile.Reconciler;
import dev.resilient.cloud.base.CloudContext;
import dev.resilient.cloud.identity.ResourceKeys;
import dev.resilient.wire.AwsService;
import dev.resilient.wire.OperationRegistry;
import dev.resilient.wire.ServiceModel;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkPojo;

/**
 * EC2 Auto Scaling over the wire. What AWS offers and this does not is refused by name.
 * Thread-safe. {@link #start} begins to reconcile, {@link #close} ends it and leaves the instances as they are.
 *
 * @see <a href="https://docs.aws.amazon.com/autoscaling/ec2/APIReference/">Amazon EC2 Auto Scaling API Reference</a>
 */
public final class AutoScaling implements AwsService, ResourceKeys, AutoCloseable {
    private static final ServiceModel MODEL = new ServiceModel(
            "autoscaling",
            "software.amazon.awssdk.services.autoscaling.model",
            "2011-01-01",
            new ServiceModel.Protocol.Query("http://autoscaling.amazonaws.com/doc/2011-01-01/"));

    private final CloudContext cloud;
    private final GroupStore groups;
    private final Activities activities;
    private final Fleet fleet;
    private final TargetGroupLink targetGroups;
    private final Reconciler reconciler;

    /** An Auto Scaling with the groups of the cloud's store, which launches into {@code fleet} and registers with the link. */
    public AutoScaling(CloudContext cloud, Fleet fleet, TargetGroupLink targetGroups) {
        this.cloud = cloud;
        this.fleet = fleet;
        this.targetGroups = targetGroups;
        groups = new GroupStore(cloud);
        activities = new Activities(cloud, groups);
        reconciler = new Reconciler(cloud, groups, activities, fleet, targetGroups);
    }

    @Override
    public ServiceModel model() {
        return MODEL;
    }

    @Override
    public void register(OperationRegistry operations) {
        Operations.register(operations, cloud, groups, activities, fleet, targetGroups);
    }

    @Override
    public Map<String, List<String>> keysOf(String arn, SdkPojo request) {
        return groups.find(arn.substring(arn.lastIndexOf('/') + 1))
                .filter(group -> group.arn().equals(arn))
                .map(group -> ResourceKeys.tagged(group.shape().tags()))
                .orElse(Map.of());
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

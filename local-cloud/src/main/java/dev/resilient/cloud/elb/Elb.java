package dev.resilient.cloud.elb;

import dev.resilient.cloud.base.CloudContext;
import dev.resilient.cloud.elb.dataplane.AccessLogs;
import dev.resilient.cloud.elb.dataplane.DataPlane;
import dev.resilient.cloud.elb.dataplane.LogBuckets;
import dev.resilient.cloud.elb.dataplane.Neighbours;
import dev.resilient.cloud.elb.operation.Operations;
import dev.resilient.cloud.elb.resource.Stores;
import dev.resilient.cloud.event.CloudEvent;
import dev.resilient.cloud.event.CloudEvents;
import dev.resilient.cloud.identity.ResourceKeys;
import dev.resilient.loadbalancer.metric.MetricsSnapshot;
import dev.resilient.loadbalancer.target.TargetStatus;
import dev.resilient.wire.AwsService;
import dev.resilient.wire.OperationRegistry;
import dev.resilient.wire.ServiceModel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.core.SdkPojo;

/**
 * Elastic Load Balancing, version 2, over the wire: application load balancers on real sockets. Thread-safe. {@link #close} ends
 * every load balancer, connection and thread.
 *
 * @see <a href="https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/">Elastic Load Balancing API Reference</a>
 */
public final class Elb implements AwsService, ResourceKeys, AutoCloseable {
    private static final ServiceModel MODEL = new ServiceModel(
            "elasticloadbalancing",
            "software.amazon.awssdk.services.elasticloadbalancingv2.model",
            "2015-12-01",
            new ServiceModel.Protocol.Query("http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/"));

    private final Stores stores;
    private final DataPlane dataPlane;
    private final Operations operations;
    private final CloudEvents.Subscription instanceStates;

    /**
     * Load balancing with the load balancers that the store has.
     *
     * @param random decides trace ids and the moments of health checks; thread-safe
     */
    public Elb(CloudContext cloud, RandomGenerator random, Neighbours neighbours, LogBuckets buckets) {
        stores = new Stores(cloud);
        AccessLogs logs = new AccessLogs(cloud, buckets);
        dataPlane = new DataPlane(cloud, random, stores, neighbours, logs);
        operations = new Operations(cloud, stores, neighbours, dataPlane, logs);
        operations.restore();
        logs.start();
        instanceStates = cloud.events().subscribe(this::follow);
    }

    @Override
    public ServiceModel model() {
        return MODEL;
    }

    @Override
    public void register(OperationRegistry registry) {
        operations.register(registry);
    }

    @Override
    public Map<String, List<String>> keysOf(String arn, SdkPojo request) {
        return ResourceKeys.tagged(stores.tags().of(arn));
    }

    /** Whether there is a target group with this ARN. */
    public boolean hasTargetGroup(String targetGroupArn) {
        return stores.targetGroups().all().find(targetGroupArn).isPresent();
    }

    /**
     * Registers an instance on its target group's own port; does nothing if it is registered already or the group is gone.
     *
     * @throws dev.resilient.wire.ServiceError {@code InvalidTarget} if the instance does not run
     */
    public void registerInstance(String targetGroupArn, String instanceId) {
        operations.targets().add(targetGroupArn, instanceId);
    }

    /** Begins to deregister an instance, on whatever port; does nothing if it is not registered or the group is gone. */
    public void deregisterInstance(String targetGroupArn, String instanceId) {
        operations.targets().remove(targetGroupArn, instanceId);
    }

    /** The targets to which requests may be in flight: those that are checked and used, and those that drain. */
    public List<TargetStatus> targets(String targetGroupArn) {
        return dataPlane.targets(targetGroupArn);
    }

    /**
     * The label by which scaling policies name a target group together with the load balancer that forwards to it: {@code
     * app/NAME/ID/targetgroup/NAME/ID}. Empty if none does.
     */
    public Optional<String> resourceLabel(String targetGroupArn) {
        return stores.loadBalancerOf(targetGroupArn)
                .map(loadBalancer -> after("loadbalancer/", loadBalancer.arn()) + "/targetgroup/"
                        + after("targetgroup/", targetGroupArn));
    }

    private static String after(String part, String arn) {
        return arn.substring(arn.indexOf(part) + part.length());
    }

    /** What was counted for the targets of a target group. */
    public MetricsSnapshot metrics(String targetGroupArn) {
        return dataPlane.metrics(targetGroupArn);
    }

    /** Whether a load balancer has this security group, which therefore cannot be deleted. */
    public boolean usesSecurityGroup(String groupId) {
        return stores.loadBalancers().all().list().stream()
                .anyMatch(loadBalancer -> loadBalancer.shape().securityGroups().contains(groupId));
    }

    private void follow(CloudEvent event) {
        if (event instanceof CloudEvent.InstanceStateChanged changed) {
            stores.targetGroups().all().list().stream()
                    .filter(group -> group.targets().stream()
                            .anyMatch(target -> target.id().equals(changed.instanceId())))
                    .forEach(group -> dataPlane.follow(group.arn()));
        }
    }

    @Override
    public void close() {
        instanceStates.close();
        dataPlane.close();
    }
}

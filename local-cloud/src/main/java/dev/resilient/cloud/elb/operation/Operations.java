package dev.resilient.cloud.elb.operation;

import dev.resilient.cloud.base.CloudContext;
import dev.resilient.cloud.elb.dataplane.AccessLogs;
import dev.resilient.cloud.elb.dataplane.DataPlane;
import dev.resilient.cloud.elb.dataplane.Neighbours;
import dev.resilient.cloud.elb.resource.Stores;
import dev.resilient.wire.OperationRegistry;
import java.util.List;
import java.util.function.Consumer;

/** Everything that callers can ask of Elastic Load Balancing. */
public final class Operations {
    private final Targets targets;
    private final Restoration restoration;
    private final List<Consumer<OperationRegistry>> operations;

    /** Operations on what is kept there, which the data plane follows. */
    public Operations(CloudContext cloud, Stores stores, Neighbours neighbours, DataPlane dataPlane, AccessLogs logs) {
        TargetHealths healths = new TargetHealths(cloud, stores, neighbours, dataPlane);
        Actions actions = new Actions(stores, dataPlane);
        targets = new Targets(stores, neighbours, dataPlane, healths);
        restoration = new Restoration(stores, dataPlane, neighbours, healths);
        operations = List.of(
                new LoadBalancers(cloud, stores, neighbours, dataPlane, healths)::register,
                new TargetGroups(cloud, stores, neighbours, dataPlane)::register,
                targets::register,
                new Listeners(cloud, stores, dataPlane, actions)::register,
                new Rules(cloud, stores, dataPlane, actions)::register,
                new AttributeOperations(stores, dataPlane, logs)::register,
                new TagOperations(stores)::register,
                Quota::register);
    }

    /** Registers all of them. */
    public void register(OperationRegistry registry) {
        operations.forEach(each -> each.accept(registry));
    }

    /** Opens what the store has, once, before anybody calls. */
    public void restore() {
        restoration.restore();
    }

    /** Registration of targets, which Auto Scaling does as well. */
    public Targets targets() {
        return targets;
    }
}

package dev.resilient.cloud.elb.operation;

import dev.resilient.cloud.elb.dataplane.DataPlane;
import dev.resilient.cloud.elb.dataplane.Neighbours;
import dev.resilient.cloud.elb.resource.ListenerRecord;
import dev.resilient.cloud.elb.resource.LoadBalancerRecord;
import dev.resilient.cloud.elb.resource.Stores;
import dev.resilient.cloud.elb.resource.TargetGroupRecord;
import dev.resilient.wire.ServiceError;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetDescription;

/** Makes the records real again that a cloud finds when it is started: the load balancers at their addresses, without targets. */
record Restoration(Stores stores, DataPlane dataPlane, Neighbours neighbours, TargetHealths healths) {
    private static final Logger log = LoggerFactory.getLogger(Restoration.class);

    void restore() {
        stores.loadBalancers().all().list().forEach(this::restore);
        stores.targetGroups().all().list().forEach(this::restore);
        stores.listeners().all().list().forEach(this::restore);
    }

    private void restore(LoadBalancerRecord record) {
        String subnet = record.shape().availabilityZones().getFirst().subnetId();
        String address = neighbours.reclaimAddress(subnet, record.address());
        if (!address.equals(record.address())) {
            log.warn("load balancer {} is at {} now: {} is taken", record.name(), address, record.address());
        }
        dataPlane.open(
                stores.loadBalancers().change(record.arn(), found -> found.with(shape -> shape.dnsName(address))),
                healths::publish);
    }

    /** The instances that were registered have ended with their cloud. */
    private void restore(TargetGroupRecord record) {
        List<TargetDescription> gone = record.targets().stream()
                .filter(target -> neighbours.findInstance(target.id()).isEmpty())
                .toList();
        dataPlane.open(stores.targetGroups().change(record.arn(), found -> found.without(gone)));
    }

    private void restore(ListenerRecord record) {
        try {
            dataPlane.listen(stores.loadBalancers().get(record.shape().loadBalancerArn()), record);
        } catch (ServiceError refused) {
            log.error("listener {} cannot be restored: {}", record.arn(), refused.getMessage());
        }
    }
}

package dev.resilient.cloud.elb.resource;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.AvailabilityZone;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;

/**
 * An application load balancer.
 *
 * @param shape as the API shows it, but for its state; its DNS name is the loopback address that its listeners are on
 * @param attributes those that differ from the defaults
 * @param activeFrom until when it is being provisioned
 */
public record LoadBalancerRecord(LoadBalancer shape, Map<String, String> attributes, Instant activeFrom)
        implements Kept<LoadBalancerRecord> {

    /** Keeps its own copy. */
    public LoadBalancerRecord {
        attributes = Map.copyOf(attributes);
    }

    @Override
    public String arn() {
        return shape.loadBalancerArn();
    }

    @Override
    public String name() {
        return shape.loadBalancerName();
    }

    /** The loopback address that its listeners are on. */
    public String address() {
        return shape.dnsName();
    }

    /** The names of its availability zones. */
    public List<String> zones() {
        return shape.availabilityZones().stream()
                .map(AvailabilityZone::zoneName)
                .toList();
    }

    /** Whether it is provisioned by then. */
    public boolean isActive(Instant now) {
        return !now.isBefore(activeFrom);
    }

    /** As the API shows it then. */
    public LoadBalancer shown(Instant now) {
        return shape.copy(shown -> shown.state(state -> state.code(isActive(now) ? "active" : "provisioning")));
    }

    /** The same with another shape. */
    public LoadBalancerRecord with(Consumer<LoadBalancer.Builder> change) {
        return new LoadBalancerRecord(shape.copy(change), attributes, activeFrom);
    }

    @Override
    public LoadBalancerRecord withAttributes(Map<String, String> next) {
        return new LoadBalancerRecord(shape, next, activeFrom);
    }
}

package dev.resilient.cloud.elb.resource;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;

/**
 * A target group of instances that speak HTTP.
 *
 * @param shape as the API shows it, but for the load balancer that uses it
 * @param attributes those that differ from the defaults
 * @param targets instances and the ports that their servers listen on, in the order of registration
 */
public record TargetGroupRecord(TargetGroup shape, Map<String, String> attributes, List<TargetDescription> targets)
        implements Kept<TargetGroupRecord> {

    /** Keeps its own copies. */
    public TargetGroupRecord {
        attributes = Map.copyOf(attributes);
        targets = List.copyOf(targets);
    }

    @Override
    public String arn() {
        return shape.targetGroupArn();
    }

    @Override
    public String name() {
        return shape.targetGroupName();
    }

    /** What a caller means who may leave out the port. */
    public TargetDescription target(TargetDescription named) {
        return target(named.id(), named.port() == null ? shape.port() : named.port());
    }

    /** Those that callers mean who name them: without a port, on every port that they are registered on. */
    public List<TargetDescription> registered(List<TargetDescription> named) {
        return targets.stream()
                .filter(target -> named.contains(target)
                        || named.contains(target.toBuilder().port(null).build()))
                .toList();
    }

    /** An instance and the port that its server listens on. */
    public static TargetDescription target(String instanceId, int port) {
        return TargetDescription.builder().id(instanceId).port(port).build();
    }

    /** The same, as the API shows it from now on. */
    public TargetGroupRecord withShape(TargetGroup next) {
        return new TargetGroupRecord(next, attributes, targets);
    }

    @Override
    public TargetGroupRecord withAttributes(Map<String, String> next) {
        return new TargetGroupRecord(shape, next, targets);
    }

    /** With more targets, each once. */
    public TargetGroupRecord with(List<TargetDescription> added) {
        return withTargets(Stream.concat(targets.stream(), added.stream()).distinct());
    }

    /** Without these targets. */
    public TargetGroupRecord without(List<TargetDescription> removed) {
        return withTargets(targets.stream().filter(target -> !removed.contains(target)));
    }

    private TargetGroupRecord withTargets(Stream<TargetDescription> next) {
        return new TargetGroupRecord(shape, attributes, next.toList());
    }
}

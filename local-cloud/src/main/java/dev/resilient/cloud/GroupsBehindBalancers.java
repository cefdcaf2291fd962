package dev.resilient.cloud;

import static java.util.Comparator.naturalOrder;

import dev.resilient.cloud.autoscaling.group.TargetGroupLink;
import dev.resilient.cloud.elb.Elb;
import dev.resilient.loadbalancer.metric.Metric;
import dev.resilient.loadbalancer.target.TargetState;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;

/** What Auto Scaling needs of Elastic Load Balancing. */
record GroupsBehindBalancers(Elb elb) implements TargetGroupLink {

    @Override
    public boolean exists(String targetGroupArn) {
        return elb.hasTargetGroup(targetGroupArn);
    }

    @Override
    public void register(String targetGroupArn, String instanceId) {
        elb.registerInstance(targetGroupArn, instanceId);
    }

    @Override
    public void deregister(String targetGroupArn, String instanceId) {
        elb.deregisterInstance(targetGroupArn, instanceId);
    }

    @Override
    public Map<String, Health> targets(String targetGroupArn) {
        Map<String, Health> targets = new HashMap<>();
        elb.targets(targetGroupArn)
                .forEach(target -> targets.merge(
                        target.target().id(), health(target.health().state()), BinaryOperator.maxBy(naturalOrder())));
        return targets;
    }

    @Override
    public Optional<Traffic> traffic(String targetGroupArn) {
        return elb.resourceLabel(targetGroupArn)
                .map(label -> new Traffic(label, elb.metrics(targetGroupArn).count(Metric.REQUEST_COUNT)));
    }

    private static Health health(TargetState state) {
        return switch (state) {
            case HEALTHY -> Health.HEALTHY;
            case UNHEALTHY -> Health.UNHEALTHY;
            case INITIAL, UNUSED, DRAINING, UNAVAILABLE -> Health.UNKNOWN;
        };
    }
}

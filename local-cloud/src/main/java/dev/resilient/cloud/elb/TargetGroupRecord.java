package dev.resilient.cloud.elb;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A target group of instances that speak HTTP.
 *
 * @param port where targets listen that are registered without a port of their own
 * @param attributes those that differ from the defaults
 * @param targets in the order of registration
 */
record TargetGroupRecord(
        String arn,
        String name,
        int port,
        String vpcId,
        HealthCheckRecord healthCheck,
        Map<String, String> attributes,
        List<Registered> targets) {

    TargetGroupRecord {
        attributes = Map.copyOf(attributes);
        targets = List.copyOf(targets);
    }

    TargetGroupRecord withHealthCheck(HealthCheckRecord next) {
        return new TargetGroupRecord(arn, name, port, vpcId, next, attributes, targets);
    }

    TargetGroupRecord withAttributes(Map<String, String> next) {
        return new TargetGroupRecord(arn, name, port, vpcId, healthCheck, next, targets);
    }

    TargetGroupRecord with(List<Registered> added) {
        List<Registered> all = new ArrayList<>(targets);
        added.stream().filter(target -> !all.contains(target)).forEach(all::add);
        return withTargets(all);
    }

    TargetGroupRecord without(List<Registered> removed) {
        return withTargets(
                targets.stream().filter(target -> !removed.contains(target)).toList());
    }

    private TargetGroupRecord withTargets(List<Registered> next) {
        return new TargetGroupRecord(arn, name, port, vpcId, healthCheck, attributes, next);
    }

    /** An instance and the port that its server listens on. */
    record Registered(String instanceId, int port) {}

    /**
     * How targets are checked, as the API shows it: real seconds, whatever the pace.
     *
     * @param port a number, or {@code traffic-port}
     * @param matcher the status codes of success: {@code 200}, {@code 200,202}, {@code 200-299}
     */
    record HealthCheckRecord(
            String path,
            String port,
            int intervalSeconds,
            int timeoutSeconds,
            int healthyThreshold,
            int unhealthyThreshold,
            String matcher) {
        static final String TRAFFIC_PORT = "traffic-port";
        static final HealthCheckRecord DEFAULT = new HealthCheckRecord("/", TRAFFIC_PORT, 30, 5, 5, 2, "200");

        /** Where a target that listens on {@code trafficPort} is checked. */
        String portOf(int trafficPort) {
            return port.equals(TRAFFIC_PORT) ? Integer.toString(trafficPort) : port;
        }
    }
}

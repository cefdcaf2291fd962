package dev.resilient.scenario.observe;

import dev.resilient.time.TimeSource;
import java.util.Comparator;
import java.util.List;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupNotFoundException;

/** Asks the load balancer how its targets are. Thread-safe. */
public final class TargetHealthReader {
    private final ElasticLoadBalancingV2Client loadBalancing;
    private final String targetGroup;
    private final TimeSource time;

    /** Reads the health of the targets of the target group with this name. */
    public TargetHealthReader(ElasticLoadBalancingV2Client loadBalancing, String targetGroup, TimeSource time) {
        this.loadBalancing = loadBalancing;
        this.targetGroup = targetGroup;
        this.time = time;
    }

    /** The targets now; none when there is no such target group. */
    public TargetSnapshot read() {
        long now = time.nanoTime();
        try {
            String arn = loadBalancing
                    .describeTargetGroups(request -> request.names(targetGroup))
                    .targetGroups()
                    .getFirst()
                    .targetGroupArn();
            var described = loadBalancing.describeTargetHealth(request -> request.targetGroupArn(arn));
            return new TargetSnapshot(
                    now,
                    described.targetHealthDescriptions().stream()
                            .map(TargetSeen::of)
                            .sorted(Comparator.comparing(TargetSeen::instanceId))
                            .toList());
        } catch (TargetGroupNotFoundException _) {
            return new TargetSnapshot(now, List.of());
        }
    }
}

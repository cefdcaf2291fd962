package dev.resilient.scenario.plan;

import dev.resilient.scenario.base.Environment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Limit;

/** What of a deployment would be too much for the account. */
final class Quotas {
    private final Environment environment;
    private final ElasticLoadBalancingV2Client loadBalancing;

    Quotas(Environment environment) {
        this.environment = environment;
        this.loadBalancing = environment.aws().loadBalancing();
    }

    List<String> notes() {
        Map<String, Integer> quotas = loadBalancing.describeAccountLimits(request -> {}).limits().stream()
                .collect(Collectors.toMap(Limit::name, limit -> Integer.valueOf(limit.max())));
        List<String> notes = new ArrayList<>();
        note(notes, quotas, "application-load-balancers", otherLoadBalancers());
        note(notes, quotas, "target-groups", otherTargetGroups());
        notes.addAll(new VirtualCpus(environment).notes());
        return notes;
    }

    private static void note(List<String> notes, Map<String, Integer> quotas, String name, long used) {
        Integer quota = quotas.get(name);
        if (quota != null && used >= quota) {
            notes.add("The quota %s of this region is used up, %d of %d: have it raised, or remove one."
                    .formatted(name, used, quota));
        }
    }

    private long otherLoadBalancers() {
        return loadBalancing.describeLoadBalancersPaginator().loadBalancers().stream()
                .filter(balancer ->
                        !balancer.loadBalancerName().equals(environment.names().loadBalancer()))
                .count();
    }

    private long otherTargetGroups() {
        return loadBalancing.describeTargetGroupsPaginator().targetGroups().stream()
                .filter(group ->
                        !group.targetGroupName().equals(environment.names().targetGroup()))
                .count();
    }
}

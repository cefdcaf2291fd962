package dev.resilient.scenario.fault;

import dev.resilient.scenario.base.Environment;
import dev.resilient.scenario.event.ScenarioEvent;
import dev.resilient.scenario.play.ServiceLevers;
import java.util.List;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupAttribute;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupNotFoundException;

/** One instance fails at once whatever it is asked, while the others take their time; its checks are shallow, and succeed. */
public final class BlackHole implements Fault {
    private static final String ALGORITHM = "load_balancing.algorithm.type";
    private static final String MITIGATION = "load_balancing.algorithm.anomaly_mitigation";

    private final String text;
    private final String algorithm;
    private final String mitigation;
    private final Fault slowness = new DependencyFault("every call to DynamoDB takes 100 ms", "delay 100ms");

    private BlackHole(String text, String algorithm, String mitigation) {
        this.text = text;
        this.algorithm = algorithm;
        this.mitigation = mitigation;
    }

    /** The load balancer prefers whoever has the fewest requests under way, which is whoever fails fastest. */
    public static Fault underLeastOutstandingRequests() {
        return new BlackHole(
                "one instance fails at once under least outstanding requests", "least_outstanding_requests", "off");
    }

    /** The load balancer chooses at random, and gives less to a target that fails more than the others. */
    public static Fault underAnomalyMitigation() {
        return new BlackHole("one instance fails at once under anomaly mitigation", "weighted_random", "on");
    }

    @Override
    public String text() {
        return text;
    }

    @Override
    public List<String> strike(Scene scene) {
        Environment environment = scene.environment();
        scene.undoing().note("the load balancer goes round again", this::clear);
        String id = new ServiceLevers(environment).restrictOneInstance();
        slowness.strike(scene);
        choose(environment, algorithm, mitigation);
        environment
                .events()
                .publish(new ScenarioEvent.ServiceChanged(
                        "the target group's algorithm is " + algorithm + ", anomaly mitigation " + mitigation));
        return List.of(id);
    }

    @Override
    public void clear(Environment environment) {
        slowness.clear(environment);
        try {
            // Mitigation belongs to weighted random alone, so that it has to go first.
            choose(environment, "weighted_random", "off");
            choose(environment, "round_robin", "off");
        } catch (TargetGroupNotFoundException gone) {
            environment.waiting().checkCancelled();
        }
        new ServiceLevers(environment).terminateRestricted();
    }

    private static void choose(Environment environment, String algorithm, String mitigation) {
        var loadBalancing = environment.aws().loadBalancing();
        String arn = loadBalancing
                .describeTargetGroups(
                        request -> request.names(environment.names().targetGroup()))
                .targetGroups()
                .getFirst()
                .targetGroupArn();
        loadBalancing.modifyTargetGroupAttributes(request -> request.targetGroupArn(arn)
                .attributes(attribute(ALGORITHM, algorithm), attribute(MITIGATION, mitigation)));
    }

    private static TargetGroupAttribute attribute(String key, String value) {
        return TargetGroupAttribute.builder().key(key).value(value).build();
    }
}

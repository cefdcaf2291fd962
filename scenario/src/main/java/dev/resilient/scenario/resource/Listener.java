package dev.resilient.scenario.resource;

import dev.resilient.scenario.base.Environment;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ListenerNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;

/** What the load balancer listens on: the service port, from which everything is forwarded to the target group. */
final class Listener implements Resource {
    private final Environment environment;
    private final LoadBalancer loadBalancer;
    private final ElasticLoadBalancingV2Client loadBalancing;

    Listener(Environment environment) {
        this.environment = environment;
        this.loadBalancer = new LoadBalancer(environment);
        this.loadBalancing = environment.aws().loadBalancing();
    }

    @Override
    public String kind() {
        return "listener";
    }

    @Override
    public String name() {
        return loadBalancer.name() + ":" + port();
    }

    @Override
    public Creation create() {
        if (arn().isPresent()) {
            return Creation.FOUND;
        }
        String loadBalancerArn = loadBalancer.arn();
        String targetGroupArn = new TargetGroup(environment).arn();
        Action forward = Action.builder()
                .type(ActionTypeEnum.FORWARD)
                .targetGroupArn(targetGroupArn)
                .build();
        var tags = new LoadBalancingTags(environment).toTags();
        loadBalancing.createListener(request -> request.loadBalancerArn(loadBalancerArn)
                .protocol(ProtocolEnum.HTTP)
                .port(port())
                .defaultActions(forward)
                .tags(tags));
        return Creation.CREATED;
    }

    @Override
    public boolean delete() {
        Optional<String> arn = arn();
        arn.ifPresent(listener -> {
            try {
                loadBalancing.deleteListener(request -> request.listenerArn(listener));
            } catch (ListenerNotFoundException _) {
                // Somebody else was faster, which is as good.
            }
        });
        return arn.isPresent();
    }

    @Override
    public List<String> existing() {
        return arn().map(_ -> kind() + " " + name()).stream().toList();
    }

    private Optional<String> arn() {
        return loadBalancer.ours().flatMap(balancer -> {
            try {
                return loadBalancing
                        .describeListeners(request -> request.loadBalancerArn(balancer.loadBalancerArn()))
                        .listeners()
                        .stream()
                        .filter(listener -> listener.port() == port())
                        .map(listener -> listener.listenerArn())
                        .findFirst();
            } catch (LoadBalancerNotFoundException | ListenerNotFoundException _) {
                return Optional.empty();
            }
        });
    }

    private int port() {
        return environment.deployment().servicePort();
    }
}

package dev.resilient.scenario.resource;

import dev.resilient.scenario.base.Environment;
import dev.resilient.scenario.base.Waiting.Sight;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerSchemeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerStateEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerTypeEnum;

/** The Application Load Balancer: the one address of the service. Creating it does not wait until it is provisioned. */
public final class LoadBalancer implements Resource {
    private static final int HTTP_PORT = 80;
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final Environment environment;
    private final LoadBalancingTags tags;
    private final ElasticLoadBalancingV2Client loadBalancing;

    /** The load balancer of the environment's deployment. */
    public LoadBalancer(Environment environment) {
        this.environment = environment;
        this.tags = new LoadBalancingTags(environment);
        this.loadBalancing = environment.aws().loadBalancing();
    }

    @Override
    public String kind() {
        return "load balancer";
    }

    @Override
    public String name() {
        return environment.names().loadBalancer();
    }

    /** The address of the service, if there is a load balancer. */
    public Optional<URI> endpoint() {
        int port = environment.deployment().servicePort();
        return ours().map(
                        balancer -> URI.create("http://" + balancer.dnsName() + (port == HTTP_PORT ? "" : ":" + port)));
    }

    /** The address of the service, once the load balancer that was made can be seen. */
    public URI awaitEndpoint() {
        return environment.waiting().untilSeen("the load balancer", Propagation.limit(environment), this::endpoint);
    }

    /** Its ARN; it must have been made. */
    String arn() {
        return environment
                .waiting()
                .untilSeen("the load balancer", Propagation.limit(environment), this::find)
                .loadBalancerArn();
    }

    @Override
    public void claim() {
        find().ifPresent(found -> tags.require(found.loadBalancerArn(), kind(), name()));
    }

    @Override
    public Creation create() {
        var found = find();
        if (found.isPresent()) {
            tags.require(found.get().loadBalancerArn(), kind(), name());
            return Creation.FOUND;
        }
        List<String> subnets = Network.find(environment).subnetIds();
        String securityGroup = new SecurityGroups(environment).idOfLoadBalancerGroup();
        loadBalancing.createLoadBalancer(request -> request.name(name())
                .type(LoadBalancerTypeEnum.APPLICATION)
                .scheme(LoadBalancerSchemeEnum.INTERNET_FACING)
                .subnets(subnets)
                .securityGroups(securityGroup)
                .tags(tags.toTags()));
        return Creation.CREATED;
    }

    @Override
    public boolean delete() {
        var ours = ours();
        ours.ifPresent(balancer -> {
            loadBalancing.deleteLoadBalancer(request -> request.loadBalancerArn(balancer.loadBalancerArn()));
            environment
                    .waiting()
                    .until(
                            "the load balancer is gone",
                            LIMIT,
                            () -> Sight.when(find().isEmpty(), "it is being deleted"));
        });
        return ours.isPresent();
    }

    /** Whether it is there and cannot be called yet. */
    public boolean isProvisioning() {
        return find().filter(balancer -> balancer.state().code() == LoadBalancerStateEnum.PROVISIONING)
                .isPresent();
    }

    @Override
    public List<String> existing() {
        return ours()
                .map(balancer ->
                        "%s %s (%s)".formatted(kind(), name(), balancer.state().codeAsString()))
                .stream()
                .toList();
    }

    /** The load balancer, if there is one that is ours. */
    Optional<software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer> ours() {
        return find().filter(balancer -> tags.isOurs(balancer.loadBalancerArn()));
    }

    private Optional<software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer> find() {
        try {
            return loadBalancing.describeLoadBalancers(request -> request.names(name())).loadBalancers().stream()
                    .findFirst();
        } catch (LoadBalancerNotFoundException _) {
            return Optional.empty();
        }
    }
}

package dev.resilient.scenario.resource;

import dev.resilient.scenario.base.Environment;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupAttribute;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;

/** The target group: where requests go, and how the load balancer finds out which of the targets can take them. */
public final class TargetGroup implements Resource {
    /** The pause between two health checks of a target. */
    public static final Duration INTERVAL = Duration.ofSeconds(10);

    /** How long a health check may take. */
    public static final Duration TIMEOUT = Duration.ofSeconds(5);

    /** How many checks in a row make a target healthy again, and how many make it unhealthy. */
    public static final int THRESHOLD = 2;

    /** How long a target that is removed may finish its requests; AWS's default of 300 s would only make people wait. */
    public static final Duration DEREGISTRATION_DELAY = Duration.ofSeconds(30);

    private static final String HEALTH_CHECK_PATH = "/healthcheck";
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final Environment environment;
    private final LoadBalancingTags tags;
    private final ElasticLoadBalancingV2Client loadBalancing;

    TargetGroup(Environment environment) {
        this.environment = environment;
        this.tags = new LoadBalancingTags(environment);
        this.loadBalancing = environment.aws().loadBalancing();
    }

    @Override
    public String kind() {
        return "target group";
    }

    @Override
    public String name() {
        return environment.names().targetGroup();
    }

    /** Its ARN; it must have been made. */
    String arn() {
        return environment.waiting().untilSeen("the target group", Propagation.limit(environment), this::find);
    }

    @Override
    public void claim() {
        find().ifPresent(arn -> tags.require(arn, kind(), name()));
    }

    @Override
    public Creation create() {
        Optional<String> found = find();
        found.ifPresent(arn -> tags.require(arn, kind(), name()));
        String arn = found.orElseGet(this::createGroup);
        TargetGroupAttribute delay = TargetGroupAttribute.builder()
                .key("deregistration_delay.timeout_seconds")
                .value(String.valueOf(DEREGISTRATION_DELAY.toSeconds()))
                .build();
        loadBalancing.modifyTargetGroupAttributes(
                request -> request.targetGroupArn(arn).attributes(delay));
        return found.isEmpty() ? Creation.CREATED : Creation.FOUND;
    }

    @Override
    public boolean delete() {
        Optional<String> ours = ours();
        ours.ifPresent(arn -> environment
                .waiting()
                .retry(
                        "nothing uses the target group any more",
                        LIMIT,
                        failure -> Failures.hasCode(failure, "ResourceInUse"),
                        () -> loadBalancing.deleteTargetGroup(request -> request.targetGroupArn(arn))));
        return ours.isPresent();
    }

    @Override
    public List<String> existing() {
        return ours().map(_ -> kind() + " " + name()).stream().toList();
    }

    /** The ARN, if there is one that is ours. */
    Optional<String> ours() {
        return find().filter(tags::isOurs);
    }

    private Optional<String> find() {
        try {
            return loadBalancing.describeTargetGroups(request -> request.names(name())).targetGroups().stream()
                    .findFirst()
                    .map(group -> group.targetGroupArn());
        } catch (TargetGroupNotFoundException _) {
            return Optional.empty();
        }
    }

    private String createGroup() {
        String vpcId = Network.find(environment).vpcId();
        return loadBalancing
                .createTargetGroup(request -> request.name(name())
                        .protocol(ProtocolEnum.HTTP)
                        .port(environment.deployment().servicePort())
                        .vpcId(vpcId)
                        .targetType(TargetTypeEnum.INSTANCE)
                        .healthCheckPath(HEALTH_CHECK_PATH)
                        .healthCheckIntervalSeconds((int) INTERVAL.toSeconds())
                        .healthCheckTimeoutSeconds((int) TIMEOUT.toSeconds())
                        .healthyThresholdCount(THRESHOLD)
                        .unhealthyThresholdCount(THRESHOLD)
                        .tags(tags.toTags()))
                .targetGroups()
                .getFirst()
                .targetGroupArn();
    }
}

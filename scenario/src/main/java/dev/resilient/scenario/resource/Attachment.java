package dev.resilient.scenario.resource;

import dev.resilient.scenario.base.Environment;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingException;

/** The link by which the Auto Scaling group registers its instances with the target group. */
final class Attachment implements Resource {
    private final Environment environment;
    private final TargetGroup targetGroup;
    private final AutoScalingClient autoScaling;

    Attachment(Environment environment) {
        this.environment = environment;
        this.targetGroup = new TargetGroup(environment);
        this.autoScaling = environment.aws().autoScaling();
    }

    @Override
    public String kind() {
        return "attachment";
    }

    @Override
    public String name() {
        return targetGroup.name() + " to " + group();
    }

    @Override
    public Creation create() {
        if (attached().isPresent()) {
            return Creation.FOUND;
        }
        String arn = targetGroup.arn();
        autoScaling.attachLoadBalancerTargetGroups(
                request -> request.autoScalingGroupName(group()).targetGroupARNs(arn));
        return Creation.CREATED;
    }

    @Override
    public boolean delete() {
        Optional<String> attached = attached();
        attached.ifPresent(this::detach);
        return attached.isPresent();
    }

    private void detach(String arn) {
        try {
            autoScaling.detachLoadBalancerTargetGroups(
                    request -> request.autoScalingGroupName(group()).targetGroupARNs(arn));
        } catch (AutoScalingException failure) {
            if (!isGone(failure)) {
                throw failure;
            }
        }
    }

    /** These operations answer so for a group that does not exist, or does not have the target group. */
    private static boolean isGone(AutoScalingException failure) {
        return Failures.hasCode(failure, "ValidationError");
    }

    @Override
    public List<String> existing() {
        return attached().map(_ -> kind() + " of " + name()).stream().toList();
    }

    /** The ARN of our target group, if it is attached to our group and not already being detached. */
    private Optional<String> attached() {
        return targetGroup.ours().filter(arn -> {
            try {
                return autoScaling
                        .describeLoadBalancerTargetGroups(request -> request.autoScalingGroupName(group()))
                        .loadBalancerTargetGroups()
                        .stream()
                        .anyMatch(link -> arn.equals(link.loadBalancerTargetGroupARN())
                                && !"Removing".equals(link.state())
                                && !"Removed".equals(link.state()));
            } catch (AutoScalingException failure) {
                if (isGone(failure)) {
                    return false;
                }
                throw failure;
            }
        });
    }

    private String group() {
        return environment.names().group();
    }
}

package dev.resilient.scenario.observe;

import java.util.Optional;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthReasonEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthStateEnum;

/**
 * A target as the load balancer describes it.
 *
 * @param instanceId the target
 * @param port where it listens
 * @param state healthy or not
 * @param reason why it is not healthy
 * @param description the reason in words
 */
public record TargetSeen(
        String instanceId,
        int port,
        TargetHealthStateEnum state,
        Optional<TargetHealthReasonEnum> reason,
        Optional<String> description) {

    private static final String FAILED_WITH_503 = "Health checks failed with these codes: [503]";

    static TargetSeen of(TargetHealthDescription described) {
        var health = described.targetHealth();
        return new TargetSeen(
                described.target().id(),
                described.target().port(),
                health.state(),
                Optional.ofNullable(health.reason()),
                Optional.ofNullable(health.description()));
    }

    /** Whether this is the target {@code id}. */
    public boolean is(String id) {
        return instanceId.equals(id);
    }

    /** Whether the load balancer sends requests to it. */
    public boolean isHealthy() {
        return state == TargetHealthStateEnum.HEALTHY;
    }

    /** Whether it is unhealthy because its health check answers 503, with exactly AWS's reason and description. */
    public boolean failsWith503() {
        return state == TargetHealthStateEnum.UNHEALTHY
                && reason.filter(TargetHealthReasonEnum.TARGET_RESPONSE_CODE_MISMATCH::equals)
                        .isPresent()
                && description.filter(FAILED_WITH_503::equals).isPresent();
    }

    /** Whether it is being deregistered while its requests in flight are finished. */
    public boolean isDraining() {
        return state == TargetHealthStateEnum.DRAINING
                && reason.filter(TargetHealthReasonEnum.TARGET_DEREGISTRATION_IN_PROGRESS::equals)
                        .isPresent();
    }

    /** In a few words: "i-1 healthy", "i-2 unhealthy (Target.Timeout: Request timed out)". */
    public String summary() {
        return instanceId + " " + state
                + reason.map(why -> " (" + why
                                + description.map(words -> ": " + words).orElse("") + ")")
                        .orElse("");
    }
}

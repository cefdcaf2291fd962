package dev.resilient.cli.dashboard;

import dev.resilient.scenario.Architecture;
import dev.resilient.scenario.guard.Guarding;
import dev.resilient.scenario.guard.Guarding.Tenure;
import dev.resilient.scenario.guard.Heartbeat;
import dev.resilient.scenario.guard.OwnView;
import dev.resilient.scenario.observe.Answer;
import dev.resilient.scenario.observe.InstanceSeen;
import dev.resilient.scenario.observe.ResponseKind;
import dev.resilient.scenario.observe.TargetSeen;
import dev.resilient.scenario.resource.Replacement;
import dev.resilient.scenario.resource.ServiceParameter;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthReasonEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthStateEnum;

/** Parts of a deployment as they may be observed. */
final class Parts {
    static final Architecture NOTHING = new Architecture(
            Optional.empty(), List.of(), List.of(), List.of(), Optional.empty(), Map.of(), Guarding.BY_HAND);

    private static final OwnView OWN = new OwnView(
            "1.2",
            Optional.of(Instant.parse("2026-11-27T10:00:00Z")),
            Optional.of("open"),
            Optional.empty(),
            Optional.of(Duration.ofMillis(250)));

    private Parts() {}

    static Architecture of(List<InstanceSeen> instances, TargetSeen... targets) {
        return new Architecture(
                Optional.of(URI.create("http://127.31.0.4")),
                instances,
                List.of(targets),
                List.of(new Heartbeat("i-1", "us-west-2b", 7, false, OWN)),
                Optional.of("ACTIVE"),
                Map.of(ServiceParameter.TABLE, "this-is-not-a-table"),
                Guarding.BY_HAND);
    }

    /** The same, guarded by heartbeats with this lease. */
    static Architecture guarded(Architecture parts, Instant heldUntil, Instant seenAt) {
        return new Architecture(
                parts.endpoint(),
                parts.instances(),
                parts.targets(),
                parts.heartbeats(),
                parts.table(),
                parts.parameters(),
                new Guarding(Replacement.HEARTBEAT, Optional.of(new Tenure("guard-1", heldUntil)), seenAt));
    }

    static InstanceSeen instance(String id, String zone, String profile) {
        return new InstanceSeen(id, zone, "InService", Optional.of("running"), Optional.of(profile));
    }

    static TargetSeen healthy(String id) {
        return new TargetSeen(id, 80, TargetHealthStateEnum.HEALTHY, Optional.empty(), Optional.empty());
    }

    static TargetSeen draining(String id) {
        return new TargetSeen(
                id,
                80,
                TargetHealthStateEnum.DRAINING,
                Optional.of(TargetHealthReasonEnum.TARGET_DEREGISTRATION_IN_PROGRESS),
                Optional.of("Target deregistration is in progress"));
    }

    static Answer answer(ResponseKind kind, String instanceId, int millis) {
        return new Answer(
                0,
                Duration.ofMillis(millis),
                true,
                kind,
                OptionalInt.of(kind == ResponseKind.ERROR ? 502 : 200),
                Optional.of(instanceId).filter(id -> !id.isEmpty()),
                Optional.empty(),
                "");
    }
}

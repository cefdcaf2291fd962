package dev.resilient.scenario.guard;

import dev.resilient.scenario.base.Environment;
import dev.resilient.scenario.base.Refusals;
import dev.resilient.scenario.event.ScenarioEvent.AlarmEnded;
import dev.resilient.scenario.event.ScenarioEvent.AlarmRaised;
import dev.resilient.scenario.event.ScenarioEvent.InstanceJudged;
import dev.resilient.scenario.guard.Decision.Refuse;
import dev.resilient.scenario.guard.Decision.Replace;
import dev.resilient.scenario.guard.Evidence.InService;
import dev.resilient.scenario.observe.TargetHealthReader;
import dev.resilient.scenario.observe.TargetSeen;
import dev.resilient.scenario.resource.Replacement;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.LifecycleState;

/**
 * Looks after a deployment: reads the heartbeats, decides, and tells Auto Scaling which instance is unhealthy, which replaces it.
 * Several may run anywhere; one at a time acts. Whatever it cannot read is evidence against nobody. Confined to one thread.
 */
public final class Guard {
    /** Rhythms that the holder of the lease may be silent. */
    private static final int MISSED = 3;

    /** How a guard takes part. */
    public enum Mode {
        /** It acts when it has the lease. */
        ACT,
        /** It takes the lease at once, whoever has it; one guard of a deployment may do so. */
        ACT_AT_ONCE,
        /** It only tells what it would do, and needs no lease. */
        DRY_RUN
    }

    /** What somebody should look at; each is told once until it is over. */
    private enum Alarm {
        BLIND("the guard can look again"),
        SHARED_CAUSE("enough instances work again for the guard to act"),
        NOT_ASKED("the deployment is guarded by heartbeats again");

        private final String over;

        Alarm(String over) {
            this.over = over;
        }
    }

    private final Environment environment;
    private final boolean dryRun;
    private final HeartbeatRows rows;
    private final TargetHealthReader targets;
    private final Lease lease;
    private final Map<String, String> told = new HashMap<>();
    private final Set<Alarm> alarms = EnumSet.noneOf(Alarm.class);
    private Watch watch;
    private boolean holding;
    private boolean wasNotAsked;

    /**
     * A guard of the environment's deployment.
     *
     * @param limits at AWS's pace
     * @param name what it is called; no other that runs may be called so
     */
    public Guard(Environment environment, GuardLimits limits, String name, Mode mode) {
        this.environment = environment;
        this.dryRun = mode == Mode.DRY_RUN;
        var pacing = environment.pacing();
        var rhythm = pacing.heartbeatPeriod();
        var dynamoDb = environment.aws().dynamoDb();
        String table = environment.names().heartbeats();
        this.watch = Watch.beginning(rhythm, limits.at(pacing));
        this.rows = new HeartbeatRows(environment);
        this.lease = new Lease(
                dynamoDb,
                table,
                name,
                rhythm.multipliedBy(MISSED),
                mode == Mode.ACT_AT_ONCE,
                environment.waiting().time());
        this.targets = new TargetHealthReader(
                environment.aws().loadBalancing(),
                environment.names().targetGroup(),
                environment.waiting().time());
    }

    /** Looks again and again, until the user wants to stop. */
    public void run() {
        while (true) {
            look();
            environment.waiting().pauseFor(watch.rhythm());
        }
    }

    /** Looks once, and acts on it. */
    void look() {
        try {
            Optional<Lease.Terms> held = dryRun ? Optional.empty() : lease.hold();
            if (!dryRun) {
                follow(held);
            }
            if (dryRun || held.isPresent()) {
                judge(held.orElse(null));
            }
            end(Alarm.BLIND);
        } catch (SdkException failure) {
            raise(
                    Alarm.BLIND,
                    "the guard cannot look, and replaces nobody: "
                            + Refusals.explained(failure).getMessage());
        }
    }

    /** A guard that has just got the lease counts what its predecessor replaced as replaced now. */
    private void follow(Optional<Lease.Terms> held) {
        if (held.isPresent() && !holding) {
            watch = watch.takingOver(held.get().replaced(), now());
        }
        holding = held.isPresent();
    }

    private void judge(Lease.@Nullable Terms held) {
        Optional<AutoScalingGroup> group = environment.group();
        if (group.isEmpty() || !isAsked(group.get())) {
            return;
        }
        List<InService> fleet = inService(group.get());
        List<Heartbeat> heartbeats = rows.read();
        Watch.Look look = watch.look(now(), fleet, heartbeats);
        if (!look.replacements().isEmpty() && held != null) {
            int replaced = look.watch().replaced().size();
            if (lease.note(held, replaced).isEmpty()) {
                holding = false;
                return;
            }
        }
        watch = look.watch();
        look.decisions().forEach(decision -> perform(decision, ownView(decision.instanceId(), heartbeats)));
        alarmOfSharedCause(look.decisions());
        told.keySet()
                .retainAll(look.decisions().stream().map(Decision::instanceId).toList());
    }

    /** Somebody else may be to replace instances now. What was seen before that counts no more, since nobody looked meanwhile. */
    private boolean isAsked(AutoScalingGroup group) {
        Replacement now = Replacement.now(group);
        boolean isAsked = dryRun || now == Replacement.HEARTBEAT;
        if (isAsked) {
            end(Alarm.NOT_ASKED);
        } else if (wasNotAsked) {
            // The first look may have seen what held before: AWS shows a change only after seconds.
            raise(
                    Alarm.NOT_ASKED,
                    "the guard replaces nobody, since the deployment's strategy is --replace %s; --replace heartbeat lets it act"
                            .formatted(now.wireName()));
        }
        wasNotAsked = !isAsked;
        return isAsked;
    }

    /** What the instance itself said last, as the end of a sentence. */
    private static String ownView(String instanceId, List<Heartbeat> heartbeats) {
        return heartbeats.stream()
                .filter(heartbeat -> heartbeat.instanceId().equals(instanceId))
                .map(heartbeat -> heartbeat.own().summary())
                .filter(summary -> !summary.isEmpty())
                .map(summary -> "; its last heartbeat: " + summary)
                .findFirst()
                .orElse("");
    }

    private void perform(Decision decision, String ownView) {
        switch (decision) {
            case Replace replace -> {
                tell(replace.instanceId(), "replace", true, replace.why() + ownView);
                if (!dryRun) {
                    environment.aws().autoScaling().setInstanceHealth(request -> request.instanceId(
                                    replace.instanceId())
                            .healthStatus("Unhealthy")
                            .shouldRespectGracePeriod(false));
                }
            }
            case Refuse refuse -> tell(refuse.instanceId(), refuse.reason().name(), false, refuse.why() + ownView);
        }
    }

    /** Once for as long as the reason stays the same. */
    private void tell(String instanceId, String reason, boolean replaced, String why) {
        if (!reason.equals(told.put(instanceId, reason))) {
            environment.events().publish(new InstanceJudged(instanceId, replaced && !dryRun, why));
        }
    }

    private void alarmOfSharedCause(List<Decision> decisions) {
        Optional<String> shared = decisions.stream()
                .filter(decision ->
                        decision instanceof Refuse refuse && refuse.reason() == Decision.Reason.SHARED_CAUSE)
                .map(Decision::why)
                .findFirst();
        shared.ifPresentOrElse(why -> raise(Alarm.SHARED_CAUSE, why), () -> end(Alarm.SHARED_CAUSE));
    }

    private void raise(Alarm alarm, String what) {
        if (alarms.add(alarm)) {
            environment.events().publish(new AlarmRaised(what));
        }
    }

    private void end(Alarm alarm) {
        if (alarms.remove(alarm)) {
            environment.events().publish(new AlarmEnded(alarm.over));
        }
    }

    private List<InService> inService(AutoScalingGroup group) {
        Set<String> reachable = targets.read().targets().stream()
                .filter(TargetSeen::isHealthy)
                .map(TargetSeen::instanceId)
                .collect(Collectors.toSet());
        return group.instances().stream()
                .filter(instance -> instance.lifecycleState() == LifecycleState.IN_SERVICE)
                // Whoever is unhealthy already is being replaced.
                .filter(instance -> instance.healthStatus().equals("Healthy"))
                .map(instance -> new InService(
                        instance.instanceId(), instance.availabilityZone(), reachable.contains(instance.instanceId())))
                .toList();
    }

    private long now() {
        return environment.waiting().time().nanoTime();
    }
}

package dev.resilient.cloud.autoscaling.reconcile;

import static java.util.Comparator.naturalOrder;

import dev.resilient.cloud.autoscaling.group.Attachment;
import dev.resilient.cloud.autoscaling.group.Fleet;
import dev.resilient.cloud.autoscaling.group.Group;
import dev.resilient.cloud.autoscaling.group.Member;
import dev.resilient.cloud.autoscaling.group.TargetGroupLink;
import dev.resilient.cloud.autoscaling.plan.Facts;
import dev.resilient.cloud.autoscaling.plan.GroupPlan;
import dev.resilient.cloud.autoscaling.plan.Step;
import dev.resilient.cloud.base.CloudContext;
import dev.resilient.cloud.event.CloudEvent;
import dev.resilient.cloud.event.CloudEvents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;

/**
 * Keeps every group as it should be: plans, and acts on the plan, once a second of AWS's time and whenever it is nudged.
 *
 * <p>Each group has its passes to itself, one after the other on virtual threads, so that a group that cannot launch or whose
 * neighbour hangs stops no other. Launches of a pass go on side by side with its other steps. Single use: {@link #start} and
 * {@link #close} once each.
 */
public final class Reconciler implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Reconciler.class);
    private static final Duration PERIOD = Duration.ofSeconds(1);

    private final CloudContext cloud;
    private final GroupStore groups;
    private final Fleet fleet;
    private final TargetGroupLink targetGroups;
    private final Launcher launcher;
    private final StepRunner runner;
    private final Set<String> inPass = ConcurrentHashMap.newKeySet();
    private final ExecutorService watching = Executors.newVirtualThreadPerTaskExecutor();
    private final ExecutorService passes = Executors.newVirtualThreadPerTaskExecutor();
    private CloudEvents.@Nullable Subscription instanceStates;

    /** Of these groups, with instances of {@code fleet}; does nothing yet. */
    public Reconciler(
            CloudContext cloud, GroupStore groups, Activities activities, Fleet fleet, TargetGroupLink targetGroups) {
        this.cloud = cloud;
        this.groups = groups;
        this.fleet = fleet;
        this.targetGroups = targetGroups;
        this.launcher = new Launcher(cloud, groups, activities, fleet);
        this.runner = new StepRunner(cloud, groups, activities, fleet, new Attachments(groups, targetGroups));
    }

    /** Starts to watch. */
    public void start() {
        instanceStates = cloud.events().subscribe(event -> {
            if (event instanceof CloudEvent.InstanceStateChanged) {
                groups.nudge().give();
            }
        });
        watching.execute(this::tick);
        watching.execute(this::watch);
    }

    /**
     * Plans once for the group of this name and acts; returns when every step is taken. Does nothing while another pass over the
     * group is under way: what that one has not seen yet is seen by the next.
     */
    public void pass(String name) {
        if (!inPass.add(name)) {
            return;
        }
        try {
            groups.find(name).ifPresent(this::act);
        } finally {
            inPass.remove(name);
        }
    }

    /** Ends watching and waits for what is under way. Nobody who may be writing is interrupted: that would close the store's file. */
    @Override
    public void close() {
        if (instanceStates != null) {
            instanceStates.close();
        }
        watching.shutdownNow();
        watching.close();
        passes.close();
    }

    private void tick() {
        try {
            while (true) {
                cloud.time().sleep(cloud.pace().of(PERIOD));
                groups.nudge().give();
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private void watch() {
        try {
            while (true) {
                groups.nudge().await();
                groups.list().forEach(group -> passes.execute(() -> guardedPass(group.name())));
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        } catch (RejectedExecutionException closing) {
            log.debug("closing", closing);
        }
    }

    private void guardedPass(String name) {
        try {
            pass(name);
        } catch (RejectedExecutionException closing) {
            log.debug("closing", closing);
        } catch (RuntimeException failure) {
            log.error("the pass over group {} failed", name, failure);
        }
    }

    private void act(Group group) {
        List<Step> steps = GroupPlan.of(group, facts(group));
        List<CompletableFuture<Optional<String>>> launches = new ArrayList<>();
        boolean changed = false;
        for (Step step : steps) {
            if (step instanceof Step.Launch launch) {
                launches.add(CompletableFuture.supplyAsync(() -> launcher.launch(group, launch), passes));
            } else {
                changed |= take(group, step);
            }
        }
        List<Optional<String>> failedZones =
                launches.stream().map(CompletableFuture::join).toList();
        if (!failedZones.isEmpty()) {
            launcher.settle(
                    group, failedZones.stream().flatMap(Optional::stream).collect(Collectors.toSet()));
        }
        clearCapacityChange(group, steps);
        if (changed || failedZones.contains(Optional.<String>empty())) {
            groups.nudge().give();
        }
    }

    private boolean take(Group group, Step step) {
        try {
            return runner.run(group, step);
        } catch (RuntimeException failure) {
            log.warn("group {}: {} failed and will be tried again", group.name(), step, failure);
            return false;
        }
    }

    /** The sentence about a change of capacity belongs to the first activities after it. */
    private void clearCapacityChange(Group group, List<Step> steps) {
        String told = group.capacityChange();
        boolean acted = steps.stream().anyMatch(step -> step instanceof Step.Launch || step instanceof Step.Select);
        if (acted && told != null) {
            groups.update(group, now -> told.equals(now.capacityChange()) ? now.withCapacityChange(null) : now);
        }
    }

    private Facts facts(Group group) {
        Map<String, InstanceStateName> states = new HashMap<>();
        Set<String> drained = new HashSet<>();
        for (Member member : group.members()) {
            String id = member.instanceId();
            fleet.find(id).ifPresent(instance -> states.put(id, instance.state().name()));
            drained.add(id);
        }
        Map<String, TargetGroupLink.Health> worst = new HashMap<>();
        Map<String, Long> requests = new HashMap<>();
        for (Attachment attachment : group.attachments()) {
            Map<String, TargetGroupLink.Health> targets = targetGroups.targets(attachment.targetGroupArn());
            drained.removeAll(targets.keySet());
            if (attachment.state() == Attachment.State.IN_SERVICE && asksLoadBalancers(group)) {
                targets.forEach((id, health) -> worst.merge(id, health, BinaryOperator.maxBy(naturalOrder())));
            }
            if (!group.policies().isEmpty()) {
                targetGroups
                        .traffic(attachment.targetGroupArn())
                        .ifPresent(traffic -> requests.put(traffic.resourceLabel(), traffic.requests()));
            }
        }
        return new Facts(cloud.time().instant(), cloud.pace(), states, worst, drained, requests);
    }

    private static boolean asksLoadBalancers(Group group) {
        return List.of(group.shape().healthCheckType().split(",", -1)).contains("ELB");
    }
}

package dev.resilient.scenario;

import dev.resilient.scenario.base.AwsClients;
import dev.resilient.scenario.base.Cancellation;
import dev.resilient.scenario.base.CancelledException;
import dev.resilient.scenario.base.Deployment;
import dev.resilient.scenario.base.Environment;
import dev.resilient.scenario.base.MissingPermission;
import dev.resilient.scenario.base.Refusals;
import dev.resilient.scenario.base.Waiting;
import dev.resilient.scenario.drill.DrillOrder;
import dev.resilient.scenario.drill.Drilling;
import dev.resilient.scenario.drill.ReplacementPhases;
import dev.resilient.scenario.drill.report.ConfigurationReport;
import dev.resilient.scenario.drill.report.DrillsReport;
import dev.resilient.scenario.event.ScenarioEvent;
import dev.resilient.scenario.event.ScenarioEvent.Act;
import dev.resilient.scenario.event.ScenarioEvents;
import dev.resilient.scenario.guard.Guard;
import dev.resilient.scenario.guard.GuardLimits;
import dev.resilient.scenario.guard.Guarding;
import dev.resilient.scenario.guard.HeartbeatRows;
import dev.resilient.scenario.observe.TargetHealthReader;
import dev.resilient.scenario.observe.TargetSeen;
import dev.resilient.scenario.phase.Levers;
import dev.resilient.scenario.phase.Phase;
import dev.resilient.scenario.phase.PhaseId;
import dev.resilient.scenario.phase.Phases;
import dev.resilient.scenario.plan.Plan;
import dev.resilient.scenario.plan.Planner;
import dev.resilient.scenario.play.ServiceLevers;
import dev.resilient.scenario.report.PhaseReport;
import dev.resilient.scenario.report.RunReport;
import dev.resilient.scenario.resource.AutoScalingGroup;
import dev.resilient.scenario.resource.LoadBalancer;
import dev.resilient.scenario.resource.Replacement;
import dev.resilient.scenario.resource.Resource;
import dev.resilient.scenario.resource.Resources;
import dev.resilient.time.TimeSource;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.services.autoscaling.model.Filter;
import software.amazon.awssdk.services.autoscaling.model.TagDescription;

/**
 * The scenario of one deployment: deploy, demonstrate, destroy, one after the other or all in one run. It keeps nothing between two
 * calls, since everything is found by name and tag, and does not close the clients. One act at a time; {@link #cancel} may be called
 * from any thread.
 */
public final class Scenario {
    private final Deployment deployment;
    private final AwsClients aws;
    private final TimeSource time;
    private final ScenarioEvents events;
    private final Cancellation cancellation;

    /** The scenario of {@code deployment} in the account of {@code aws}. */
    public Scenario(Deployment deployment, AwsClients aws, TimeSource time) {
        this(deployment, aws, time, new ScenarioEvents(), new Cancellation());
    }

    private Scenario(
            Deployment deployment, AwsClients aws, TimeSource time, ScenarioEvents events, Cancellation cancellation) {
        this.deployment = deployment;
        this.aws = aws;
        this.time = time;
        this.events = events;
        this.cancellation = cancellation;
    }

    /** What happens, as it happens. */
    public ScenarioEvents events() {
        return events;
    }

    /** Stops what is going on within a fraction of a second, but for destroying, which only ends when it is done. */
    public void cancel() {
        cancellation.cancel();
    }

    /**
     * Looks at what deploying would find and do, and changes nothing.
     *
     * @throws dev.resilient.scenario.base.ScenarioException if it could not succeed: without credentials, a network that fits, or
     *     free names
     */
    public Plan plan() {
        return explaining(() -> new Planner(environment(cancellation)).plan());
    }

    /**
     * Makes everything and waits until the service answers. What is there already is used. When that fails, or the user stops it,
     * what was made stays, and an event says so; but if a permission is missing, and all there is was made by this call, it is
     * destroyed.
     *
     * @return where the service is
     */
    public URI deploy() {
        var deployer = new Deployer(environment(cancellation));
        try {
            return act(Act.DEPLOY, deployer::deploy);
        } catch (RuntimeException failure) {
            if (failure instanceof MissingPermission && deployer.isNew()) {
                destroyAfter(failure);
            } else {
                events.publish(new ScenarioEvent.DeploymentUnfinished());
            }
            throw failure;
        }
    }

    /**
     * Plays all phases of what is deployed, and puts the parameters back.
     *
     * @param target what to call the place in the report: {@code local} or {@code aws}
     */
    public RunReport demonstrate(String target, Interlude interlude) {
        return demonstrate(target, interlude, PhaseId.INITIAL, false);
    }

    /**
     * The same from a phase on: what the phases before it do to the service is done, and not judged.
     *
     * @param more whether the article's seven phases are followed by those about who replaces instances
     */
    public RunReport demonstrate(String target, Interlude interlude, PhaseId from, boolean more) {
        long start = time.nanoTime();
        return report(target, start, demonstrate(interlude, from, more), List.of());
    }

    private List<PhaseReport> demonstrate(Interlude interlude, PhaseId from, boolean more) {
        var replacement = new ReplacementPhases(environment(cancellation), environment(new Cancellation()));
        List<Phase> phases = new ArrayList<>(Phases.at(deployment.pacing()));
        if (more || from.isMore()) {
            phases.addAll(replacement.all());
        }
        return act(Act.DEMONSTRATE, () -> new Demonstration(environment(cancellation), phases, from, replacement::undo)
                .play(interlude));
    }

    /** Plays drills of what is deployed, and leaves it as it is when undisturbed. */
    public DrillsReport drill(DrillOrder order) {
        long start = time.nanoTime();
        Instant startedAt = time.instant();
        Drilling drilling = new Drilling(deployment, order);
        ConfigurationReport report = drill(drilling);
        return drilling.report(startedAt, since(start), List.of(report), List.of());
    }

    /**
     * Deploys, plays drills and destroys; for one order after the other, each of which has a configuration. Like {@link #run},
     * it destroys whatever happens.
     */
    public DrillsReport deployAndDrill(List<DrillOrder> orders) {
        long start = time.nanoTime();
        Instant startedAt = time.instant();
        List<ConfigurationReport> reports = new ArrayList<>();
        List<String> leftovers = new ArrayList<>();
        for (DrillOrder order : orders) {
            Deployment zoned = deployment.inZones(order.configuration().zones());
            Scenario part = new Scenario(zoned, aws, time, events, cancellation);
            Drilling drilling = new Drilling(zoned, order);
            reports.add(part.thenDestroy(() -> {
                part.act(Act.DEPLOY, new Deployer(part.environment(cancellation))::deploy);
                return part.drill(drilling);
            }));
            leftovers.addAll(part.destroy());
        }
        return new Drilling(deployment, orders.getFirst()).report(startedAt, since(start), reports, leftovers);
    }

    private ConfigurationReport drill(Drilling drilling) {
        return act(Act.DRILL, () -> drilling.play(environment(cancellation), environment(new Cancellation())));
    }

    /**
     * Removes everything, also after a cancellation.
     *
     * @return what is left nevertheless, which should be nothing
     */
    public List<String> destroy() {
        return act(Act.DESTROY, () -> new Destroyer(environment(new Cancellation())).destroy());
    }

    /**
     * Deploys, demonstrates and destroys. When something fails in the middle, or the user stops it, everything is destroyed before
     * the exception goes on its way.
     *
     * @param target what to call the place in the report: {@code local} or {@code aws}
     * @param more whether the article's seven phases are followed by those about who replaces instances
     */
    public RunReport run(String target, Interlude interlude, boolean more) {
        long start = time.nanoTime();
        List<PhaseReport> phases = thenDestroy(() -> {
            act(Act.DEPLOY, new Deployer(environment(cancellation))::deploy);
            return demonstrate(interlude, PhaseId.INITIAL, more);
        });
        return report(target, start, phases, destroy());
    }

    /** Destroys everything before a failure goes on its way. */
    private <T> T thenDestroy(Supplier<T> play) {
        try {
            return play.get();
        } catch (RuntimeException failure) {
            destroyAfter(failure);
            throw failure;
        }
    }

    private Duration since(long start) {
        return Duration.ofNanos(time.nanoTime() - start);
    }

    private RunReport report(String target, long start, List<PhaseReport> phases, List<String> leftovers) {
        var subject = new RunReport.Subject(
                deployment.name(), target, deployment.pacing().factor());
        return RunReport.of(subject, since(start), phases, leftovers);
    }

    /** Chooses who replaces an instance of the deployment that does not work, from now on. */
    public void replaceBy(Replacement replacement) {
        explaining(() -> {
            replacement.choose(environment(cancellation));
            return replacement;
        });
    }

    /**
     * Guards the deployment until the user stops it.
     *
     * @param limits at AWS's pace
     * @param name what this guard is called; no other that runs may be called so
     * @param dryRun whether it only tells what it would do
     */
    public void guard(GuardLimits limits, String name, boolean dryRun) {
        new Guard(environment(cancellation), limits, name, dryRun ? Guard.Mode.DRY_RUN : Guard.Mode.ACT).run();
    }

    /** The names of other deployments in the same account and region, told by the tags of their Auto Scaling groups. */
    public List<String> otherDeployments() {
        Filter tagged = Filter.builder().name("key").values(Deployment.TAG).build();
        return aws.autoScaling().describeTagsPaginator(request -> request.filters(tagged)).tags().stream()
                .map(TagDescription::value)
                .filter(name -> !name.equals(deployment.name()))
                .toList();
    }

    /** What is deployed, or would be. */
    public Deployment deployment() {
        return deployment;
    }

    /** What a person may do to the service by hand, also while it is demonstrated. Thread-safe. */
    public Levers levers() {
        return new ServiceLevers(environment(cancellation));
    }

    /** The parts that work together, as they are now. Thread-safe. */
    public Architecture architecture() {
        return new ArchitectureReader(environment(cancellation)).read();
    }

    /** What there is now. */
    public Status status() {
        Environment environment = environment(cancellation);
        List<TargetSeen> targets = new TargetHealthReader(
                        aws.loadBalancing(), deployment.names().targetGroup(), time)
                .read()
                .targets();
        return new Status(
                new LoadBalancer(environment).endpoint(),
                new Resources(environment)
                        .toDestroy().reversed().stream()
                                .map(Resource::existing)
                                .flatMap(List::stream)
                                .toList(),
                targets,
                new HeartbeatRows(environment)
                        .of(targets.stream().map(TargetSeen::instanceId).toList()),
                new AutoScalingGroup(environment).lastActivities(),
                Guarding.of(environment));
    }

    private void destroyAfter(RuntimeException failure) {
        events.publish(
                failure instanceof CancelledException
                        ? new ScenarioEvent.StoppedMidway()
                        : new ScenarioEvent.FailedMidway(Refusals.sentence(failure)));
        // An interrupt has had its effect, and must not keep the destroyer from waiting.
        boolean interrupted = Thread.interrupted();
        try {
            if (destroy().isEmpty()) {
                events.publish(new ScenarioEvent.NothingLeft());
            }
        } catch (RuntimeException destroyFailure) {
            failure.addSuppressed(destroyFailure);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static <T> T explaining(Supplier<T> play) {
        try {
            return play.get();
        } catch (RuntimeException failure) {
            throw Refusals.explained(failure);
        }
    }

    private <T> T act(Act act, Supplier<T> play) {
        long start = time.nanoTime();
        events.publish(new ScenarioEvent.ActBegan(act));
        T result = explaining(play);
        events.publish(new ScenarioEvent.ActEnded(act, since(start)));
        return result;
    }

    private Environment environment(Cancellation stoppedBy) {
        var waiting =
                new Waiting(time, events, stoppedBy, deployment.pacing().pollInterval(), RandomGenerator.getDefault());
        return new Environment(deployment, aws, events, waiting);
    }
}

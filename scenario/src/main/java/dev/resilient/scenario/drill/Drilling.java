package dev.resilient.scenario.drill;

import dev.resilient.load.Load;
import dev.resilient.scenario.base.Background;
import dev.resilient.scenario.base.Deployment;
import dev.resilient.scenario.base.Environment;
import dev.resilient.scenario.base.ScenarioException;
import dev.resilient.scenario.drill.report.ConfigurationReport;
import dev.resilient.scenario.drill.report.DrillsReport;
import dev.resilient.scenario.drill.report.SurroundingsReport;
import dev.resilient.scenario.event.ScenarioEvent;
import dev.resilient.scenario.guard.Guard;
import dev.resilient.scenario.guard.GuardLimits;
import dev.resilient.scenario.guard.Guards;
import dev.resilient.scenario.guard.Lookout;
import dev.resilient.scenario.play.Readiness;
import dev.resilient.scenario.resource.LoadBalancer;
import dev.resilient.scenario.resource.Replacement;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Carries out an order for a deployment. */
public final class Drilling {
    /** How long a user waits for an answer. */
    static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final int GUARDS = 2;
    private static final int CONNECTIONS = 2_000;

    private final Deployment deployment;
    private final DrillOrder order;
    private final Guards guards = new Guards(Guard.Mode.ACT);
    private final List<Drill> drills;

    /**
     * The drills that are ordered, and those that they follow.
     *
     * @throws IllegalArgumentException if there is no drill of a name
     */
    public Drilling(Deployment deployment, DrillOrder order) {
        this.deployment = deployment;
        this.order = order;
        this.drills = drills();
    }

    private List<Drill> drills() {
        List<Drill> all = Drills.all(deployment.pacing(), order.configuration(), order.atLeast());
        return switch (order.purpose()) {
            case JUDGE -> chosen(all);
            case MEASURE ->
                chosen(faultsOf(all)).stream()
                        .map(drill -> drill.measuredFor(order.atLeast()))
                        .toList();
            case REPLACEMENT -> chosenOfReplacement();
        };
    }

    /** A drill may say nothing about this strategy and something about another. */
    private List<Drill> chosenOfReplacement() {
        requireNames(Arrays.stream(Replacement.values())
                .flatMap(replacement -> ofReplacement(replacement).stream())
                .map(Drill::id)
                .distinct()
                .toList());
        return ofReplacement(order.configuration().replacement()).stream()
                .filter(drill -> order.names().isEmpty() || order.names().contains(drill.id()))
                .toList();
    }

    private List<Drill> ofReplacement(Replacement replacement) {
        return new ReplacementDrills(deployment.pacing(), replacement, guards).all();
    }

    private void requireNames(List<String> known) {
        Set<String> unknown = new TreeSet<>(order.names());
        known.forEach(unknown::remove);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("There is no drill named %s; there are: %s."
                    .formatted(String.join(", ", unknown), String.join(", ", known)));
        }
    }

    /**
     * Plays them on what is deployed. Meanwhile instances are replaced as the order's configuration says, whatever was chosen.
     *
     * @param undoing the same environment, whose waiting nobody stops
     */
    public ConfigurationReport play(Environment environment, Environment undoing) {
        URI endpoint = new LoadBalancer(environment)
                .endpoint()
                .orElseThrow(() -> new ScenarioException("There is no service to drill: deploy it first."));
        new Readiness(environment).await(endpoint, List.of());
        Load load = new Load(endpoint, order.requestsPerSecond(), PATIENCE, CONNECTIONS, 1);
        DrillRun run = new DrillRun(
                new Stage(environment, undoing, load, new Random(order.seed())),
                order.configuration(),
                order.place().cloudFaults());
        Replacement replacement = order.configuration().replacement();
        return replacement == Replacement.MANUAL && Replacement.now(environment) == Replacement.MANUAL
                ? run.play(drills)
                : withReplacement(replacement, environment, undoing, () -> run.play(drills));
    }

    /** What the drills say is true while instances are replaced so, and by nobody else. */
    private <T> T withReplacement(
            Replacement replacement, Environment environment, Environment undoing, Supplier<T> play) {
        try (guards) {
            replacement.apply(environment);
            environment.events().publish(new ScenarioEvent.ServiceChanged(replacement.told()));
            if (replacement != Replacement.HEARTBEAT) {
                return play.get();
            }
            guards.ensure(GUARDS, environment, GuardLimits.DEFAULT);
            Background lookout = Background.start("lookout", environment, own -> new Lookout(own).run());
            try {
                return play.get();
            } finally {
                lookout.end();
            }
        } finally {
            Replacement.restore(undoing);
        }
    }

    /** The report of what was played, in the order in which it was. */
    public DrillsReport report(
            Instant startedAt, Duration took, List<ConfigurationReport> configurations, List<String> leftovers) {
        var surroundings = new SurroundingsReport(
                deployment.name(),
                order.place().name(),
                deployment.region().id(),
                deployment.pacing().factor(),
                order.place().realismSeed().orElse(null),
                order.seed(),
                startedAt.truncatedTo(ChronoUnit.SECONDS).toString(),
                order.requestsPerSecond(),
                PATIENCE.toMillis(),
                Runtime.version().toString(),
                System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors());
        return DrillsReport.of(surroundings, took, configurations, leftovers);
    }

    private List<Drill> chosen(List<Drill> all) {
        if (order.names().isEmpty()) {
            return all;
        }
        requireNames(all.stream().map(Drill::id).toList());
        Set<String> wanted = new TreeSet<>(order.names());
        for (Drill drill : all.reversed()) {
            if (wanted.contains(drill.id())) {
                drill.follows().ifPresent(wanted::add);
            }
        }
        return all.stream().filter(drill -> wanted.contains(drill.id())).toList();
    }

    /** The phases set the service up as they need it, so that there is nothing to compare. */
    private static List<Drill> faultsOf(List<Drill> all) {
        Set<String> chained = new TreeSet<>();
        all.forEach(drill -> drill.follows().ifPresent(before -> {
            chained.add(before);
            chained.add(drill.id());
        }));
        return all.stream().filter(drill -> !chained.contains(drill.id())).toList();
    }
}

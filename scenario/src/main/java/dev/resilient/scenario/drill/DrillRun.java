package dev.resilient.scenario.drill;

import dev.resilient.scenario.base.Environment;
import dev.resilient.scenario.drill.report.ConfigurationReport;
import dev.resilient.scenario.drill.report.DrillReport;
import dev.resilient.scenario.drill.report.DrillReport.Result;
import dev.resilient.scenario.event.ScenarioEvent;
import dev.resilient.scenario.fault.Undoing;
import dev.resilient.scenario.resource.Parameter;
import dev.resilient.scenario.resource.ServiceParameter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Plays drills one after the other under one configuration, and leaves the service as it is when undisturbed. What an earlier run has
 * left, which had no chance to undo it, is found by its name and removed first.
 */
final class DrillRun {
    /** Servers read their parameters twice a second. */
    private static final Duration NOTICED = Duration.ofSeconds(2);

    private static final String NO_CLOUD_FAULTS =
            "only a local cloud lets DynamoDB itself misbehave; on AWS nobody but AWS can";

    private static final String NOT_REACHED = "the drill that it follows could not be played to its end";

    private final Stage stage;
    private final Environment environment;
    private final Configuration configuration;
    private final boolean cloudFaults;

    /** @param cloudFaults whether the target lets its services misbehave */
    DrillRun(Stage stage, Configuration configuration, boolean cloudFaults) {
        this.stage = stage;
        this.environment = stage.environment();
        this.configuration = configuration;
        this.cloudFaults = cloudFaults;
    }

    ConfigurationReport play(List<Drill> drills) {
        List<DrillReport> reports = new ArrayList<>();
        clear(drills);
        try {
            for (List<Drill> chain : chains(drills)) {
                reports.addAll(playChain(chain));
            }
        } finally {
            for (ServiceParameter parameter : ServiceParameter.values()) {
                new Parameter(stage.undoing(), parameter).reset();
            }
        }
        boolean held = reports.stream()
                .allMatch(report -> report.result() == Result.HELD || report.result() == Result.SKIPPED);
        return new ConfigurationReport(
                configuration.name(), configuration.description(), configuration.settings(), held, reports);
    }

    private void clear(List<Drill> drills) {
        drills.stream().flatMap(drill -> drill.steps().stream()).forEach(step -> step.fault()
                .clear(environment));
    }

    /** Each drill with those that follow it. */
    private static List<List<Drill>> chains(List<Drill> drills) {
        List<List<Drill>> chains = new ArrayList<>();
        for (Drill drill : drills) {
            if (drill.follows().isEmpty()) {
                chains.add(new ArrayList<>());
            }
            chains.getLast().add(drill);
        }
        return chains;
    }

    /** What all of a chain did is undone at the end of the last. */
    private List<DrillReport> playChain(List<Drill> chain) {
        List<DrillReport> reports = new ArrayList<>();
        Undoing undoing = new Undoing();
        for (Drill drill : chain) {
            Optional<String> obstacle = obstacle(drill, reports);
            if (obstacle.isPresent()) {
                environment.events().publish(new ScenarioEvent.DrillSkipped(drill.id(), drill.title(), obstacle.get()));
                reports.add(drill.skipped(obstacle.get()));
            } else {
                configure(drill);
                reports.add(new DrillPlayer(stage, drill, undoing, drill.equals(chain.getLast())).play());
            }
        }
        return reports;
    }

    private Optional<String> obstacle(Drill drill, List<DrillReport> before) {
        if (drill.needsCloudFaults() && !cloudFaults) {
            return Optional.of(NO_CLOUD_FAULTS);
        }
        return before.stream().anyMatch(report -> report.result() == Result.FAILED)
                ? Optional.of(NOT_REACHED)
                : Optional.empty();
    }

    /** A drill that follows another finds the service as that one has left it. */
    private void configure(Drill drill) {
        if (drill.follows().isPresent()) {
            return;
        }
        boolean changed = false;
        for (ServiceParameter parameter : ServiceParameter.values()) {
            String wanted =
                    configuration.parameters().getOrDefault(parameter, parameter.initialValue(environment.names()));
            var actual = new Parameter(environment, parameter);
            if (actual.value().filter(wanted::equals).isEmpty()) {
                actual.set(wanted);
                changed = true;
            }
        }
        if (changed) {
            environment.waiting().pauseFor(NOTICED);
        }
    }
}

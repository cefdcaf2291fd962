package dev.resilient.scenario;

import dev.resilient.scenario.base.Environment;
import dev.resilient.scenario.base.ScenarioException;
import dev.resilient.scenario.event.ScenarioEvent;
import dev.resilient.scenario.event.ScenarioEvent.Occasion;
import dev.resilient.scenario.observe.Answer;
import dev.resilient.scenario.observe.ServiceProbe;
import dev.resilient.scenario.observe.TargetHealthReader;
import dev.resilient.scenario.observe.TargetSeen;
import dev.resilient.scenario.observe.Traffic;
import dev.resilient.scenario.phase.Phase;
import dev.resilient.scenario.phase.PhaseId;
import dev.resilient.scenario.phase.Step;
import dev.resilient.scenario.play.Readiness;
import dev.resilient.scenario.play.ServiceLevers;
import dev.resilient.scenario.play.StepPlayer;
import dev.resilient.scenario.play.TargetWatch;
import dev.resilient.scenario.report.ExpectationReport;
import dev.resilient.scenario.report.PhaseReport;
import dev.resilient.scenario.resource.LoadBalancer;
import dev.resilient.scenario.resource.Parameter;
import dev.resilient.scenario.resource.Replacement;
import dev.resilient.scenario.resource.ServiceParameter;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Plays phases, with requests in the background. Before and after, whatever happens, it puts back what phases do: the parameters, who
 * replaces instances, and an instance that is still restricted, which the Auto Scaling group is left to replace.
 */
final class Demonstration {
    private final Environment environment;
    private final List<Phase> all;
    private final PhaseId from;
    private final Runnable undo;
    private boolean byHand;

    /**
     * Plays these phases from one of them on; what those before it do is done, and not judged, unless that one needs nothing of them.
     *
     * @param undo undoes what phases have noted, and does so once
     */
    Demonstration(Environment environment, List<Phase> all, PhaseId from, Runnable undo) {
        this.environment = environment;
        this.all = List.copyOf(all);
        this.from = from;
        this.undo = undo;
    }

    List<PhaseReport> play(Interlude interlude) {
        URI endpoint = new LoadBalancer(environment)
                .endpoint()
                .orElseThrow(() -> new ScenarioException("There is no service to demonstrate: deploy it first."));
        Interlude.Choices choices = new SingleLooks(endpoint);
        List<PhaseReport> reports = new ArrayList<>();
        try {
            // An earlier demonstration may have had no chance to put things back, or the replacement may still boot.
            new Readiness(environment).await(endpoint, putBack());
            earlier().forEach(this::prepare);
            for (Phase phase : played()) {
                environment.waiting().checkCancelled();
                begin(phase);
                interlude.before(phase, choices);
                PhaseReport report = play(phase, endpoint);
                reports.add(report);
                interlude.after(report, choices);
            }
        } catch (RuntimeException failure) {
            putBackAfter(failure);
            throw failure;
        }
        putBack();
        return List.copyOf(reports);
    }

    private List<Phase> earlier() {
        return from.isMore()
                ? List.of()
                : all.stream().filter(phase -> phase.id().compareTo(from) < 0).toList();
    }

    private List<Phase> played() {
        return all.stream().filter(phase -> phase.id().compareTo(from) >= 0).toList();
    }

    private void prepare(Phase phase) {
        replaceByHand();
        var levers = new ServiceLevers(environment);
        phase.steps().forEach(step -> step.action().perform(levers));
    }

    private void begin(Phase phase) {
        environment
                .events()
                .publish(new ScenarioEvent.PhaseBegan(
                        phase.id().wireName(),
                        all.indexOf(phase) + 1,
                        all.size(),
                        phase.title(),
                        phase.explanation(),
                        phase.expectations()
                                .map(expectation ->
                                        new ScenarioEvent.Expected(expectation.text(), expectation.within()))
                                .toList()));
    }

    /** In the article's phases a person replaces the instance that does not work, whatever was chosen for the deployment. */
    private void replaceByHand() {
        if (Replacement.now(environment) != Replacement.MANUAL) {
            byHand = true;
            Replacement.MANUAL.apply(environment);
            environment.events().publish(new ScenarioEvent.ServiceChanged(Replacement.MANUAL.told()));
        }
    }

    private PhaseReport play(Phase phase, URI endpoint) {
        if (!phase.id().isMore()) {
            replaceByHand();
        }
        long start = environment.waiting().time().nanoTime();
        var news = new News();
        try (Traffic traffic = new Traffic(
                () -> probe(endpoint),
                environment.pacing().requestInterval(),
                environment.waiting().time(),
                answer -> publish(endpoint, answer, news.occasionOf(answer)))) {
            var player = new StepPlayer(
                    environment, new ServiceLevers(environment), new TargetWatch(environment), traffic::answersSince);
            List<ExpectationReport> expectations = new ArrayList<>();
            for (Step step : phase.steps()) {
                news.forget();
                expectations.addAll(player.play(step));
            }
            Duration took = environment.waiting().since(start);
            PhaseReport report = PhaseReport.of(phase, took, expectations, traffic.answersSince(start));
            environment.events().publish(new ScenarioEvent.PhaseEnded(report.id(), report.held(), took));
            return report;
        }
    }

    private ServiceProbe probe(URI endpoint) {
        return new ServiceProbe(
                endpoint, ServiceProbe.PATIENCE, environment.waiting().time());
    }

    private void publish(URI endpoint, Answer answer, Occasion occasion) {
        environment.events().publish(new ScenarioEvent.RequestAnswered(endpoint, answer, occasion));
    }

    /** Tells which instances are leaving because of it. Waits for nothing, since it may be the user who wants to stop. */
    private List<String> putBack() {
        undo.run();
        if (byHand) {
            Replacement.restore(environment);
        } else {
            Replacement.putBack(environment);
        }
        for (ServiceParameter parameter : ServiceParameter.values()) {
            new Parameter(environment, parameter).reset();
        }
        return new ServiceLevers(environment).terminateRestricted();
    }

    private void putBackAfter(RuntimeException failure) {
        try {
            putBack();
            environment.events().publish(new ScenarioEvent.ChangesUndone());
        } catch (RuntimeException another) {
            failure.addSuppressed(another);
        }
    }

    /** What a person asks for in between. */
    private final class SingleLooks implements Interlude.Choices {
        private final URI endpoint;

        SingleLooks(URI endpoint) {
            this.endpoint = endpoint;
        }

        @Override
        public Answer sendRequest() {
            try (ServiceProbe probe = probe(endpoint)) {
                Answer answer = probe.sendOnFreshConnection();
                publish(endpoint, answer, Occasion.ASKED_FOR);
                return answer;
            }
        }

        @Override
        public List<TargetSeen> checkTargetHealth() {
            List<TargetSeen> targets = new TargetHealthReader(
                            environment.aws().loadBalancing(),
                            environment.names().targetGroup(),
                            environment.waiting().time())
                    .read()
                    .targets();
            environment.events().publish(new ScenarioEvent.TargetsSeen(targets, Occasion.ASKED_FOR));
            return targets;
        }
    }

    /** Which answers have been seen since something was last done. Thread-safe. */
    private static final class News {
        private final Set<String> seen = ConcurrentHashMap.newKeySet();

        Occasion occasionOf(Answer answer) {
            return seen.add(answer.summary()) ? Occasion.NEWS : Occasion.ROUTINE;
        }

        void forget() {
            seen.clear();
        }
    }
}

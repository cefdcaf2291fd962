package dev.resilient.scenario.drill;

import static dev.resilient.scenario.drill.ReplacementDrills.CHANGE_OF_HEALTH;
import static dev.resilient.scenario.drill.ReplacementDrills.OUTAGE;
import static dev.resilient.scenario.drill.ReplacementDrills.REPLACEMENT;

import dev.resilient.scenario.base.Environment;
import dev.resilient.scenario.base.Pacing;
import dev.resilient.scenario.event.ScenarioEvent;
import dev.resilient.scenario.fault.Fault;
import dev.resilient.scenario.fault.PhaseAction;
import dev.resilient.scenario.fault.Scene;
import dev.resilient.scenario.fault.ServerSignal;
import dev.resilient.scenario.fault.Undoing;
import dev.resilient.scenario.guard.Guard;
import dev.resilient.scenario.guard.GuardLimits;
import dev.resilient.scenario.guard.Guards;
import dev.resilient.scenario.observe.Observations;
import dev.resilient.scenario.observe.ResponseKind;
import dev.resilient.scenario.phase.Claims;
import dev.resilient.scenario.phase.Expectation;
import dev.resilient.scenario.phase.Phase;
import dev.resilient.scenario.phase.PhaseId;
import dev.resilient.scenario.phase.Step;
import dev.resilient.scenario.phase.Verdict;
import dev.resilient.scenario.resource.Replacement;
import dev.resilient.scenario.resource.ServiceParameter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * The phases after the article's seven: the faults of the drills about who replaces instances, to be stepped through. Each begins and
 * ends with an undisturbed service. Confined to one thread.
 */
public final class ReplacementPhases {
    private final Environment environment;
    private final Environment unstoppable;
    private final Pacing pacing;
    private final Undoing undoing = new Undoing();
    private final Guards guards = new Guards(Guard.Mode.ACT_AT_ONCE);

    /**
     * The phases of the environment's deployment.
     *
     * @param unstoppable the same environment, whose waiting nobody stops
     */
    public ReplacementPhases(Environment environment, Environment unstoppable) {
        this.environment = environment;
        this.unstoppable = unstoppable;
        this.pacing = environment.pacing();
    }

    /** Undoes what a phase has done that was not played to its end. */
    public void undo() {
        undoing.undo(unstoppable);
    }

    /** All of them, in order. */
    public List<Phase> all() {
        return List.of(hungServer(), groupReplaces(), replacedForNothing(), guardReplaces(), guardRefuses());
    }

    private Phase hungServer() {
        return new Phase(
                PhaseId.HUNG_SERVER,
                "A server hangs, and its instance stays",
                """
                One server stands still: it accepts connections and answers nothing. Until two checks in a row have timed out, a \
                third of the users wait in vain; then the load balancer leaves it out. EC2 finds nothing wrong with the machine, so \
                Auto Scaling keeps the instance, and two do the work of three until a person comes.\
                """,
                List.of(
                        begin(Replacement.MANUAL, "shallow"),
                        strike(
                                ServerSignal.stop(),
                                expect(
                                        "It is taken out of rotation, and stays until somebody comes",
                                        CHANGE_OF_HEALTH.multipliedBy(2),
                                        seen -> ReplacementClaims.staysBroken(seen, pacing.scaled(CHANGE_OF_HEALTH))),
                                expect(
                                        "By then every request gets a recommendation, from the two other instances",
                                        CHANGE_OF_HEALTH.multipliedBy(2),
                                        ReplacementClaims::othersServe)),
                        end()));
    }

    private Phase groupReplaces() {
        return new Phase(
                PhaseId.GROUP_REPLACES,
                "The group replaces what fails its checks",
                """
                The Auto Scaling group now goes by the load balancer's checks (health check type ELB), and these are deep. One \
                instance gets bad credentials, as before. This time nobody has to terminate it: the group starts a new one, and \
                lets the bad one go when that is in service.\
                """,
                List.of(
                        begin(Replacement.ELB, "deep"),
                        strike(
                                ReplacementDrills.bad(),
                                expect(
                                        "Auto Scaling replaces it: three others are healthy, and all three answer",
                                        REPLACEMENT,
                                        Claims::subjectIsReplaced)),
                        end()));
    }

    private Phase replacedForNothing() {
        return new Phase(
                PhaseId.REPLACED_FOR_NOTHING,
                "The group replaces instances for nothing",
                """
                The table is gone for everybody. No instance can do its work, and no new one could. The group replaces them all the \
                same, one after the other, for as long as it lasts: this is what the article warns of. The load balancer fails \
                open, so that users have the static answer; but what the group takes away, nothing gives back.\
                """,
                List.of(
                        begin(Replacement.ELB, "deep"),
                        strike(
                                ReplacementDrills.noTable(),
                                expect(
                                        "No target is healthy, and every request gets the static book",
                                        CHANGE_OF_HEALTH.multipliedBy(2),
                                        ReplacementClaims::staticWhileNoneIsHealthy),
                                expect(
                                        "Instances are replaced for nothing; they are counted for %.0f s"
                                                .formatted(pacing.scaled(OUTAGE).toMillis() / 1000.0),
                                        OUTAGE.multipliedBy(2),
                                        seen -> ReplacementClaims.someWereReplaced(seen, pacing.scaled(OUTAGE)))),
                        end()));
    }

    private Phase guardReplaces() {
        return new Phase(
                PhaseId.GUARD_REPLACES,
                "A guard replaces the instance that fails",
                """
                The load balancer's checks are shallow again. Instead each instance checks itself deeply, and writes what it found \
                to a table: its heartbeat. A guard, which this program runs for the two phases that follow, reads all of them. One \
                instance gets bad credentials and says so itself; when it has said so for long enough the guard tells Auto Scaling \
                that it is unhealthy.\
                """,
                List.of(
                        beginGuarded(),
                        strike(
                                ReplacementDrills.bad(),
                                expect(
                                        "The guard has it replaced: three others are healthy, and all three answer",
                                        REPLACEMENT,
                                        Claims::subjectIsReplaced)),
                        end()));
    }

    private Phase guardRefuses() {
        return new Phase(
                PhaseId.GUARD_REFUSES,
                "The guard replaces nobody for what all share",
                """
                The table is gone for everybody again. All heartbeats say so, and that is how the guard knows: when most of a fleet \
                fails at once the cause must be one that all share, and a new instance would fare no better. It replaces nobody, \
                raises an alarm instead, and afterwards counts nothing of that time against anybody.\
                """,
                List.of(
                        beginGuarded(),
                        strike(
                                ReplacementDrills.noTable(),
                                expect(
                                        "An alarm is raised: " + ReplacementDrills.SHARED,
                                        OUTAGE,
                                        seen -> ReplacementClaims.alarmIsRaised(seen, ReplacementDrills.SHARED)),
                                expect(
                                        "Every request gets the static book, from every instance",
                                        OUTAGE,
                                        seen -> Claims.onlyFromAllThree(seen, ResponseKind.STATIC)),
                                expect(
                                        "Nobody is replaced, for much longer than a guard needs for one instance",
                                        OUTAGE,
                                        seen -> ReplacementClaims.nobodyIsReplaced(seen, pacing.scaled(OUTAGE)))),
                        end()));
    }

    private Step beginGuarded() {
        Step step = begin(Replacement.HEARTBEAT, "shallow");
        return new Step(
                levers -> {
                    Optional<String> nobody = step.action().perform(levers);
                    undoing.note("the guard of this demonstration ends", _ -> guards.close());
                    guards.ensure(1, environment, GuardLimits.DEFAULT);
                    return nobody;
                },
                step.expectations());
    }

    /** Nothing is wrong, and somebody else replaces instances. */
    private Step begin(Replacement replacement, String healthCheck) {
        Fault setting = new PhaseAction("the service is set up", levers -> {
            levers.set(ServiceParameter.HEALTH_CHECK, healthCheck);
            levers.set(ServiceParameter.FAILURE_RESPONSE, "static");
            return Optional.empty();
        });
        return new Step(
                _ -> {
                    undoing.note("whoever was chosen replaces instances", Replacement::restore);
                    replacement.apply(environment);
                    environment.events().publish(new ScenarioEvent.ServiceChanged(replacement.told()));
                    return setting.strike(scene()).stream().findFirst();
                },
                List.of(Steady.before(pacing)));
    }

    private Step strike(Fault fault, Expectation... expectations) {
        return new Step(_ -> fault.strike(scene()).stream().findFirst(), List.of(expectations));
    }

    private Step end() {
        return new Step(
                _ -> {
                    undo();
                    return Optional.empty();
                },
                List.of(Steady.after(pacing)));
    }

    /** None of these faults lets time pass by itself. */
    private Scene scene() {
        return new Scene(environment, RandomGenerator.getDefault(), undoing, environment.waiting()::pauseFor);
    }

    private Expectation expect(String text, Duration waiting, Function<Observations, Verdict> claim) {
        return new Expectation(text, pacing.limit(ReplacementDrills.WORK, waiting), claim);
    }
}

package dev.resilient.scenario.drill;

import static dev.resilient.scenario.observe.ResponseKind.STATIC;

import dev.resilient.scenario.base.Pacing;
import dev.resilient.scenario.fault.BadDeployment;
import dev.resilient.scenario.fault.DependencyFault;
import dev.resilient.scenario.fault.FlappingTable;
import dev.resilient.scenario.fault.PhaseAction;
import dev.resilient.scenario.fault.RoleDenial;
import dev.resilient.scenario.fault.ServerSignal;
import dev.resilient.scenario.fault.Termination;
import dev.resilient.scenario.fault.ZoneIsolation;
import dev.resilient.scenario.observe.Observations;
import dev.resilient.scenario.phase.Claims;
import dev.resilient.scenario.phase.Expectation;
import dev.resilient.scenario.phase.Phase;
import dev.resilient.scenario.phase.PhaseId;
import dev.resilient.scenario.phase.Phases;
import dev.resilient.scenario.phase.Step;
import dev.resilient.scenario.phase.Verdict;
import dev.resilient.scenario.resource.TargetGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthReasonEnum;

/**
 * The drills: the seven phases, each of which goes on where the one before has ended, and those that begin and end with an undisturbed
 * service. Time limits are an allowance for work plus the waiting that AWS does, at the target's pace.
 */
public final class Drills {
    /** For work, on a busy machine, and for the time-outs of checks, which keep their time at any pace. */
    private static final Duration WORK =
            Duration.ofSeconds(20).plus(TargetGroup.TIMEOUT.multipliedBy(TargetGroup.THRESHOLD));

    /** As long as it takes health checks to change their mind. */
    private static final Duration CHANGE_OF_HEALTH = TargetGroup.INTERVAL.multipliedBy(TargetGroup.THRESHOLD + 1L);

    private static final Duration REPLACEMENT = Duration.ofMinutes(4).plus(CHANGE_OF_HEALTH);

    private final Pacing pacing;
    private final Configuration configuration;
    private final Duration atLeast;

    private Drills(Pacing pacing, Configuration configuration, Duration atLeast) {
        this.pacing = pacing;
        this.configuration = configuration;
        this.atLeast = atLeast;
    }

    /**
     * All drills, in the order in which they are played.
     *
     * @param atLeast how long each fault lasts, even if everything is observed before
     */
    public static List<Drill> all(Pacing pacing, Configuration configuration, Duration atLeast) {
        List<Drill> all = new ArrayList<>(phases(pacing));
        all.addAll(new Drills(pacing, configuration, atLeast).faults());
        return List.copyOf(all);
    }

    /** The seven phases, which set the service up as they need it. */
    static List<Drill> phases(Pacing pacing) {
        List<Drill> drills = new ArrayList<>();
        for (Phase phase : Phases.at(pacing)) {
            Optional<String> follows = drills.isEmpty()
                    ? Optional.empty()
                    : Optional.of(drills.getLast().id());
            drills.add(new Drill(
                    phase.id().wireName(),
                    phase.title(),
                    phase.explanation(),
                    follows,
                    false,
                    phase.steps().stream().map(step -> step(phase, step)).toList(),
                    Duration.ZERO,
                    List.of()));
        }
        return List.copyOf(drills);
    }

    /** The first of several steps is a look, and so is the only one of the phase in which everything works. */
    private static DrillStep step(Phase phase, Step step) {
        boolean isLook =
                step.equals(phase.steps().getFirst()) && (phase.steps().size() > 1 || phase.id() == PhaseId.INITIAL);
        return new DrillStep(new PhaseAction(phase.title(), step.action()), !isLook, step.expectations());
    }

    /** Those that begin and end with an undisturbed service. */
    List<Drill> faults() {
        return List.of(
                serverKilled(),
                serverHung(),
                instanceTerminated(),
                zoneLost(),
                dependencySlow(),
                dependencyThrottled(),
                dependencyFlapping(),
                parameterStoreDown(),
                credentialsExpired(),
                badDeployment());
    }

    private Drill serverKilled() {
        return drill(
                "server-killed",
                "A server is killed",
                """
                A process dies and nobody restarts it. Its machine refuses connections, which a load balancer sees as clearly as \
                anything can be seen: requests fail until enough checks have failed too, and not one more.\
                """,
                DrillStep.of(
                        ServerSignal.kill(),
                        expect(
                                "The load balancer takes the instance out of rotation, unless its server is back"
                                        + " before",
                                CHANGE_OF_HEALTH,
                                DrillClaims::subjectFailsOrIsBack),
                        recommendations()),
                Limit.errorsEndWithDetection(graceMillis()));
    }

    private Drill serverHung() {
        return drill(
                "server-hung",
                "A server hangs",
                """
                The worst kind of failure: connections are accepted and nothing is answered. Only time tells it from slowness, so \
                a check has to wait for its time-out before it knows, and so does every user who is sent there meanwhile.\
                """,
                DrillStep.of(
                        ServerSignal.stop(),
                        expect(
                                "The load balancer takes the instance out of rotation: Target.Timeout",
                                CHANGE_OF_HEALTH,
                                seen -> DrillClaims.subjectFails(seen, TargetHealthReasonEnum.TARGET_TIMEOUT)),
                        recommendations()),
                Limit.errorsEndWithDetection(graceMillis()));
    }

    private Drill instanceTerminated() {
        return drill(
                "instance-terminated",
                "An instance is terminated",
                """
                A machine is gone, and nobody has taken it out of the load balancer first. The load balancer has to notice for \
                itself, and Auto Scaling to make another one.\
                """,
                DrillStep.of(
                        new Termination(),
                        expect(
                                "Auto Scaling replaces it: three other targets are healthy, and all three answer",
                                REPLACEMENT,
                                Claims::subjectIsReplaced)),
                Limit.errorsEndWithDetection(graceMillis()));
    }

    private Drill zoneLost() {
        return drill(
                "zone-lost",
                "A zone is lost",
                """
                The network of one zone is gone: what is sent there is not refused, it vanishes. A third of the users wait for \
                nothing until the checks of that zone's targets have timed out; then the two other zones carry everybody.\
                """,
                DrillStep.of(
                        new ZoneIsolation(),
                        expect(
                                "The targets of the zone are taken out of rotation: Target.Timeout",
                                CHANGE_OF_HEALTH,
                                seen -> DrillClaims.subjectFails(seen, TargetHealthReasonEnum.TARGET_TIMEOUT)),
                        recommendations()),
                Limit.errorsEndWithDetection(graceMillis()));
    }

    private Drill dependencySlow() {
        return drill(
                "dependency-slow",
                "The dependency is slow",
                """
                The table answers, but each call takes three seconds. Without limits every user waits as long, and the requests \
                that wait pile up. With a time limit and a circuit breaker the servers give up early, answer with the static \
                book, and soon do not even ask.\
                """,
                DrillStep.of(new DependencyFault("every call to DynamoDB takes 3 s", "delay 3000ms"), staticFromAll()),
                true,
                Limit.noErrors(),
                Limit.p99(1_600));
    }

    private Drill dependencyThrottled() {
        return drill(
                "dependency-throttled",
                "The dependency throttles",
                """
                Half of all calls to the table are refused because it has too many. A few retries with pauses between them carry \
                most requests over that; the rest get the static book, and none an error.\
                """,
                DrillStep.of(new DependencyFault("DynamoDB throttles half of all calls", "throttle 0.5")),
                true,
                Limit.noErrors(),
                Limit.degraded(0.2));
    }

    private Drill dependencyFlapping() {
        return drill(
                "dependency-flapping",
                "The dependency comes and goes",
                """
                The table is gone, back, and gone again, about as fast as health checks change their mind. What must not happen is \
                that the rotation falls apart or that users see errors; that they get a static answer now and then is the price.\
                """,
                DrillStep.of(new FlappingTable(3, pacing.scaled(CHANGE_OF_HEALTH))),
                Limit.noErrors());
    }

    private Drill parameterStoreDown() {
        return drill(
                "parameter-store-down",
                "The parameters cannot be read",
                """
                What steers the servers is itself a dependency. They read it in the background and go on with what they knew last, \
                so that its failure is no failure of the service at all.\
                """,
                DrillStep.of(
                        RoleDenial.ofParameters(),
                        expect(
                                "All three targets stay healthy for longer than an unhealthy verdict would have taken",
                                CHANGE_OF_HEALTH,
                                seen -> DrillClaims.healthyFor(seen, pacing.scaled(CHANGE_OF_HEALTH)))),
                Limit.unnoticed());
    }

    private Drill credentialsExpired() {
        return drill(
                "credentials-expired",
                "The credentials are worth nothing",
                """
                The sessions of the instances' role are revoked, so that every server is refused by everything it calls. All \
                targets become unhealthy at once, which is why a load balancer that then sends requests to all of them, and \
                servers that have an answer of their own, are worth having.\
                """,
                DrillStep.of(
                        RoleDenial.ofCredentials(),
                        expect(
                                "All three targets are unhealthy: Health checks failed with these codes: [503]",
                                CHANGE_OF_HEALTH,
                                DrillClaims::allFail),
                        staticFromAll()),
                Limit.noErrors());
    }

    private Drill badDeployment() {
        return drill(
                "bad-deployment",
                "A bad version is rolled out",
                """
                The new version does not even start. An instance refresh that asks the load balancer whether a new instance is \
                well stops at the first one; one that asks only whether the machine runs goes on until nothing is left.\
                """,
                DrillStep.of(
                        new BadDeployment(configuration.guardedDeployments()),
                        expect(
                                "The first new target fails its checks, and the refresh takes no second healthy one",
                                REPLACEMENT,
                                seen -> DrillClaims.badOneIsHeldBack(seen, pacing.scaled(CHANGE_OF_HEALTH)))),
                Limit.unnoticed());
    }

    private Drill drill(String id, String title, String why, DrillStep step, Limit... limits) {
        return drill(id, title, why, step, false, limits);
    }

    private Drill drill(
            String id, String title, String why, DrillStep step, boolean needsCloudFaults, Limit... limits) {
        return new Drill(id, title, why, Optional.empty(), needsCloudFaults, List.of(step), atLeast, List.of(limits));
    }

    private Expectation recommendations() {
        return expect(
                "Then users get nothing but recommendations again, without anybody's help",
                CHANGE_OF_HEALTH.multipliedBy(2),
                seen -> DrillClaims.recommendationsFor(seen, pacing.scaled(TargetGroup.INTERVAL)));
    }

    private Expectation staticFromAll() {
        return expect(
                "Users get the static book instead, from all three instances",
                CHANGE_OF_HEALTH,
                seen -> Claims.onlyFromAllThree(seen, STATIC));
    }

    /** What was under way when the target was found unhealthy, and how late that is seen. */
    private long graceMillis() {
        return pacing.pollInterval().multipliedBy(2).plusMillis(300).toMillis();
    }

    private Expectation expect(String text, Duration waiting, Function<Observations, Verdict> claim) {
        return new Expectation(text, pacing.limit(WORK, waiting), claim);
    }
}

package dev.resilient.scenario.drill;

import dev.resilient.scenario.base.Pacing;
import dev.resilient.scenario.drill.report.FiguresReport;
import dev.resilient.scenario.drill.report.ReplacementFigures;
import dev.resilient.scenario.fault.BlackHole;
import dev.resilient.scenario.fault.Fault;
import dev.resilient.scenario.fault.FlappingAccess;
import dev.resilient.scenario.fault.GuardDeath;
import dev.resilient.scenario.fault.Lasting;
import dev.resilient.scenario.fault.PhaseAction;
import dev.resilient.scenario.fault.RoleDenial;
import dev.resilient.scenario.fault.ServerSignal;
import dev.resilient.scenario.guard.Guards;
import dev.resilient.scenario.observe.Observations;
import dev.resilient.scenario.phase.Claims;
import dev.resilient.scenario.phase.Expectation;
import dev.resilient.scenario.phase.Verdict;
import dev.resilient.scenario.resource.Replacement;
import dev.resilient.scenario.resource.ServiceParameter;
import dev.resilient.scenario.resource.TargetGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What becomes of the same faults when a person, the group or a guard replaces instances: each strategy has its own claims. */
final class ReplacementDrills {
    static final Duration WORK = Duration.ofSeconds(40);
    static final Duration CHANGE_OF_HEALTH = TargetGroup.INTERVAL.multipliedBy(TargetGroup.THRESHOLD + 1L);

    /** As long as a guard may take: its evidence, its grace, and the share of a period that an earlier drill has used up. */
    static final Duration REPLACEMENT = Duration.ofMinutes(12);

    /** Long enough for the group to replace one after the other. */
    static final Duration OUTAGE = Duration.ofMinutes(4);

    /** What the alarms say, in part. */
    static final String SHARED = "the cause must be one that they share";

    private static final String NO_GUARD = "no guard has had the lease since";

    private final Pacing pacing;
    private final Replacement replacement;
    private final Guards guards;

    ReplacementDrills(Pacing pacing, Replacement replacement, Guards guards) {
        this.pacing = pacing;
        this.replacement = replacement;
        this.guards = guards;
    }

    /** The drills that say something about this strategy, in the order in which they are played. */
    List<Drill> all() {
        List<Drill> drills =
                new ArrayList<>(List.of(oneBad(), oneHung(), oneCrashed(), sharedDependency(), flapping()));
        switch (replacement) {
            case MANUAL -> drills.addAll(List.of(blackHole(), blackHoleCured(), blackHoleChecked()));
            case ELB -> {}
            case HEARTBEAT -> drills.addAll(List.of(heartbeatsLost(), oneGuardDies(), noGuard()));
        }
        return List.copyOf(drills);
    }

    private Drill oneBad() {
        return drill(
                "one-bad",
                "One instance has bad credentials",
                "It runs and answers, and cannot do its work. Only a deep check sees that.",
                bad(),
                whatBecomesOfTheSubject());
    }

    private Drill oneHung() {
        return drill(
                "one-hung",
                "One server hangs",
                "It accepts connections and answers nothing, its own heartbeats included.",
                ServerSignal.stop(),
                whatBecomesOfTheSubject());
    }

    private Drill oneCrashed() {
        return drill(
                "one-crashed",
                "One server is gone",
                "Its process was killed, its machine runs on, and EC2 finds nothing wrong.",
                ServerSignal.kill(),
                whatBecomesOfTheSubject());
    }

    private Drill sharedDependency() {
        return drill(
                        "shared-dependency",
                        "The dependency fails for all",
                        "No instance can do its work, and none can be replaced by one that could.",
                        noTable(),
                        switch (replacement) {
                            case MANUAL -> List.of(nobodyIsReplaced(OUTAGE));
                            case ELB ->
                                List.of(expect(
                                        "The group replaces instances, for nothing",
                                        OUTAGE,
                                        ReplacementClaims::someAreReplaced));
                            case HEARTBEAT -> List.of(nobodyIsReplaced(OUTAGE), alarm(SHARED));
                        })
                .lasting(pacing.scaled(OUTAGE));
    }

    private Drill flapping() {
        Expectation expectation =
                switch (replacement) {
                    case MANUAL ->
                        expect(
                                "The rotation flaps with it: out at least twice",
                                CHANGE_OF_HEALTH.multipliedBy(12),
                                ReplacementClaims::flaps);
                    case ELB, HEARTBEAT ->
                        expect(
                                "One instance is replaced, which is the set share",
                                REPLACEMENT,
                                ReplacementClaims::someAreReplaced);
                };
        return drill(
                "flapping-third",
                "The dependency comes and goes for a third of the fleet",
                "The load balancer never gets to the point where all fail and it would send requests to everybody.",
                new FlappingAccess(4, pacing.scaled(CHANGE_OF_HEALTH.multipliedBy(2))),
                expectation);
    }

    private Drill blackHole() {
        return blackHole(
                "",
                "One instance fails faster than the others work",
                "Whoever sends requests to the least busy instance sends them where they fail.",
                "shallow",
                BlackHole.underLeastOutstandingRequests(),
                expect(
                        "It swallows far more than a third of the requests",
                        OUTAGE,
                        ReplacementClaims::swallowsMoreThanItsShare));
    }

    private Drill blackHoleCured() {
        return blackHole(
                "-cured",
                "The same under anomaly mitigation",
                "A load balancer that looks at the answers gives less to a target that fails more than the others.",
                "shallow",
                BlackHole.underAnomalyMitigation(),
                expect("It gets far less than a third of the requests", OUTAGE, ReplacementClaims::swallowsLittle));
    }

    private Drill blackHoleChecked() {
        return blackHole(
                "-checked",
                "The same under deep health checks",
                "A check that tries what a request does finds what fails, and the load balancer leaves it out.",
                "deep",
                BlackHole.underLeastOutstandingRequests(),
                expect(
                        "Its check fails, and it gets no requests any more",
                        OUTAGE,
                        seen -> ReplacementClaims.isLeftOut(seen, pacing.scaled(CHANGE_OF_HEALTH))));
    }

    /** Without an answer of the server's own, which would hide what fails; and for so long that the share can be measured. */
    private static Drill blackHole(
            String cure, String title, String why, String healthCheck, Fault fault, Expectation expectation) {
        Fault naked = new PhaseAction("checks are " + healthCheck + ", and failures are shown", levers -> {
            levers.set(ServiceParameter.HEALTH_CHECK, healthCheck);
            levers.set(ServiceParameter.FAILURE_RESPONSE, "none");
            return Optional.empty();
        });
        return new Drill(
                ReplacementFigures.BLACK_HOLE + cure,
                title,
                why,
                Optional.empty(),
                true,
                List.of(
                        new DrillStep(naked, false, List.of()),
                        DrillStep.of(fault, expectation),
                        new DrillStep(new Lasting(Duration.ofSeconds(FiguresReport.END_SECONDS)), false, List.of())),
                Duration.ZERO,
                List.of());
    }

    private Drill heartbeatsLost() {
        return drill(
                "heartbeats-lost",
                "Nobody reaches the table of heartbeats",
                "All fall silent at once, and all go on working.",
                RoleDenial.ofHeartbeats(),
                List.of(nobodyIsReplaced(OUTAGE), alarm(SHARED)));
    }

    private Drill oneGuardDies() {
        return drill(
                "one-guard-dies",
                "One of two guards dies when it is needed",
                "The other takes over its lease, and what it has replaced already counts.",
                new GuardDeath(guards, 1, bad()),
                whatBecomesOfTheSubject());
    }

    private Drill noGuard() {
        return drill(
                "no-guard",
                "Both guards are dead",
                "Nobody is replaced any more, whoever looks is told, and that is all: users do not depend on it.",
                new GuardDeath(guards, 2, bad()),
                List.of(nobodyIsReplaced(OUTAGE), alarm(NO_GUARD)));
    }

    /** The table is gone for everybody. */
    static Fault noTable() {
        return new PhaseAction("the table is gone for everybody", levers -> {
            levers.set(ServiceParameter.TABLE, ServiceParameter.TABLE.changedValue());
            return Optional.empty();
        });
    }

    /** One instance cannot do its work, and nothing else is wrong with it. */
    static Fault bad() {
        return new PhaseAction(
                "one instance gets credentials that do not suffice",
                levers -> Optional.of(levers.restrictOneInstance()));
    }

    private Expectation whatBecomesOfTheSubject() {
        return switch (replacement) {
            case MANUAL ->
                expect(
                        "It is taken out of rotation, and stays broken until somebody comes",
                        CHANGE_OF_HEALTH.multipliedBy(2),
                        seen -> ReplacementClaims.staysBroken(seen, pacing.scaled(CHANGE_OF_HEALTH)));
            case ELB ->
                expect(
                        "Auto Scaling replaces it: three others are healthy, and all three answer",
                        REPLACEMENT,
                        Claims::subjectIsReplaced);
            case HEARTBEAT ->
                expect(
                        "A guard has it replaced: three others are healthy, and all three answer",
                        REPLACEMENT,
                        Claims::subjectIsReplaced);
        };
    }

    private Expectation nobodyIsReplaced(Duration forAtLeast) {
        return expect(
                "Nobody is replaced, for as long as it lasts",
                forAtLeast,
                seen -> ReplacementClaims.nobodyIsReplaced(seen, pacing.scaled(forAtLeast)));
    }

    private Expectation alarm(String words) {
        return expect("An alarm is raised: " + words, OUTAGE, seen -> ReplacementClaims.alarmIsRaised(seen, words));
    }

    private static Drill drill(String id, String title, String why, Fault fault, Expectation expectation) {
        return drill(id, title, why, fault, List.of(expectation));
    }

    private static Drill drill(String id, String title, String why, Fault fault, List<Expectation> expectations) {
        return new Drill(
                id,
                title,
                why,
                Optional.empty(),
                false,
                List.of(new DrillStep(fault, true, expectations)),
                Duration.ZERO,
                List.of());
    }

    private Expectation expect(String text, Duration waiting, Function<Observations, Verdict> claim) {
        return new Expectation(text, pacing.limit(WORK, waiting), claim);
    }
}

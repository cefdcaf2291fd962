package dev.resilient.scenario.phase;

import static dev.resilient.scenario.resource.ServiceParameter.FAILURE_RESPONSE;
import static dev.resilient.scenario.resource.ServiceParameter.HEALTH_CHECK;
import static dev.resilient.scenario.resource.ServiceParameter.TABLE;

import dev.resilient.scenario.base.Pacing;
import dev.resilient.scenario.observe.Observations;
import dev.resilient.scenario.observe.ResponseKind;
import dev.resilient.scenario.resource.TargetGroup;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * The seven phases, in order. Each builds on the one before, and says first how things have to be for it.
 *
 * <p>Each time limit is an allowance for work, which takes as long on any target, plus the waiting that AWS does, at the target's
 * pace.
 */
public final class Phases {
    private static final String NO_TABLE = TABLE.changedValue();
    private static final int BAD_GATEWAY = 502;

    /** Servers look at their parameters twice a second, and answers take a moment. */
    private static final Duration NOTICED = Duration.ofSeconds(15);

    /** For the work around health checks, and a busy machine. */
    private static final Duration WORK = Duration.ofSeconds(15);

    /** As long as it takes health checks to change their mind, with every check as slow as it may be. */
    private static final Duration CHANGE_OF_HEALTH = TargetGroup.INTERVAL
            .plus(TargetGroup.TIMEOUT)
            .multipliedBy(TargetGroup.THRESHOLD)
            .plus(TargetGroup.INTERVAL);

    /** Within this an unhealthy verdict would have come: the threshold's checks, and the last one's time-out. */
    private static final Duration UNHEALTHY_VERDICT =
            TargetGroup.INTERVAL.multipliedBy(TargetGroup.THRESHOLD).plus(TargetGroup.TIMEOUT);

    /** An instance boots, or boots again, and its server starts. */
    private static final Duration BOOT = Duration.ofMinutes(4);

    private final Pacing pacing;

    private Phases(Pacing pacing) {
        this.pacing = pacing;
    }

    /** The phases with their time limits at this pace. */
    public static List<Phase> at(Pacing pacing) {
        var phases = new Phases(pacing);
        return List.of(
                phases.initial(),
                phases.brokenDependency(),
                phases.staticResponse(),
                phases.badCredentials(),
                phases.deepHealthChecks(),
                phases.replaceInstance(),
                phases.failOpen());
    }

    private Phase initial() {
        return new Phase(
                PhaseId.INITIAL,
                "Everything works",
                """
                Three instances in three zones run the recommendation server, behind one load balancer. Each request gets a book, a \
                movie or a song from a DynamoDB table, which stands for a service that ours depends on. The load balancer checks \
                each server every few seconds and spreads the requests over all of them.\
                """,
                List.of(Step.after(
                        Phases::resetAll,
                        threeHealthy(),
                        expect(
                                "Every request gets a recommendation, and all three instances answer",
                                NOTICED,
                                CHANGE_OF_HEALTH,
                                seen -> Claims.onlyFromAllThree(seen, ResponseKind.RECOMMENDATION)))));
    }

    private Phase brokenDependency() {
        return new Phase(
                PhaseId.BROKEN_DEPENDENCY,
                "A dependency fails, and the service with it",
                """
                The parameter with the table's name now names a table that does not exist, as if the service that we depend on were \
                gone. The servers have no answer without it, so each request fails. The load balancer notices nothing: its checks \
                are shallow, they only ask whether the server itself is there. The users see errors while all targets are healthy.\
                """,
                List.of(
                        Step.steady(threeHealthyBefore()),
                        Step.after(
                                levers -> levers.set(TABLE, NO_TABLE),
                                expect(
                                        "Every request fails with status 502",
                                        NOTICED,
                                        Duration.ZERO,
                                        seen -> Claims.onlyStatus(seen, BAD_GATEWAY)),
                                expect(
                                        "All three targets stay healthy for longer than an unhealthy verdict would"
                                                + " have taken",
                                        WORK.plus(NOTICED),
                                        UNHEALTHY_VERDICT.multipliedBy(2),
                                        seen -> Claims.healthyAllTheWhile(
                                                seen, BAD_GATEWAY, pacing.scaled(UNHEALTHY_VERDICT))))));
    }

    private Phase staticResponse() {
        return new Phase(
                PhaseId.STATIC_RESPONSE,
                "A static answer stands in",
                """
                The dependency is still gone, but the servers are now told to answer with something of their own when they cannot get \
                a recommendation: always the same coloring book. It is not what was asked for, but it is better than an error, and \
                users of the service no longer depend on our dependency.\
                """,
                List.of(
                        Step.steady(threeHealthyBefore()),
                        Step.after(
                                levers -> levers.set(FAILURE_RESPONSE, "static"),
                                expect(
                                        "Every request gets the static book, from every instance",
                                        NOTICED,
                                        Duration.ZERO,
                                        seen -> Claims.onlyFromAllThree(seen, ResponseKind.STATIC)))));
    }

    private Phase badCredentials() {
        return new Phase(
                PhaseId.BAD_CREDENTIALS,
                "One instance has bad credentials",
                """
                The table is back. One instance, however, gets an instance profile that may read the parameters and nothing else, and \
                is rebooted to take it up. Its server cannot read the table any more and falls back to the static book, while the \
                two others are fine. What a user gets depends on which instance the load balancer happens to choose, and since the \
                checks are shallow it chooses the bad one as often as any other.\
                """,
                List.of(
                        Step.steady(threeHealthyBefore()),
                        Step.afterOnInstance(
                                levers -> {
                                    levers.reset(TABLE);
                                    return levers.restrictOneInstance();
                                },
                                expect(
                                        "Requests mix recommendations and the static book, which comes only from the"
                                                + " restricted instance",
                                        WORK.plus(NOTICED),
                                        BOOT,
                                        Claims::staticOnlyFromSubject),
                                expect(
                                        "All three targets are healthy: shallow checks do not notice",
                                        WORK.plus(NOTICED),
                                        BOOT.plus(CHANGE_OF_HEALTH),
                                        seen -> both(
                                                Claims.staticOnlyFromSubject(seen),
                                                Claims.threeTargetsHealthy(seen))))));
    }

    private Phase deepHealthChecks() {
        return new Phase(
                PhaseId.DEEP_HEALTH_CHECKS,
                "The health checks look deeper",
                """
                From now on a health check tries what a real request does, and fails if the table cannot be read. The load balancer \
                finds the instance with the bad credentials by itself and stops sending requests there: all users get real \
                recommendations again. These checks steer the load balancer only. If Auto Scaling acted on them too, a dependency \
                that fails for everybody would have it terminate every instance.\
                """,
                List.of(
                        Step.steady(threeHealthyBefore()),
                        Step.afterOnInstance(
                                levers -> {
                                    String restricted = levers.restrictedInstance();
                                    levers.set(HEALTH_CHECK, "deep");
                                    return restricted;
                                },
                                expect(
                                        "The restricted instance, and only it, is unhealthy:"
                                                + " Target.ResponseCodeMismatch, Health checks failed with these codes:"
                                                + " [503]",
                                        WORK,
                                        CHANGE_OF_HEALTH,
                                        Claims::onlySubjectFailsWith503),
                                expect(
                                        "Then every request gets a recommendation, from the two other instances",
                                        WORK.plus(NOTICED),
                                        CHANGE_OF_HEALTH.multipliedBy(2),
                                        seen -> Claims.onlyRecommendationsFromOthers(
                                                seen, pacing.scaled(TargetGroup.INTERVAL))))));
    }

    private Phase replaceInstance() {
        return new Phase(
                PhaseId.REPLACE_INSTANCE,
                "The failing instance is replaced",
                """
                The bad instance is terminated through Auto Scaling, which starts a new one in its place with the right instance \
                profile. Nobody has to repair anything, and nobody notices: while the old target drains and the new one boots, the \
                load balancer uses the two that are healthy.\
                """,
                List.of(
                        Step.afterOnInstance(
                                Levers::restrictedInstance,
                                expect(
                                        "Before: the restricted instance, and only it, is unhealthy",
                                        WORK,
                                        CHANGE_OF_HEALTH,
                                        Claims::onlySubjectFailsWith503)),
                        Step.afterOnInstance(
                                levers -> {
                                    String restricted = levers.restrictedInstance();
                                    levers.terminate(restricted);
                                    return restricted;
                                },
                                expect(
                                        "The old target is seen draining: Target.DeregistrationInProgress",
                                        WORK,
                                        TargetGroup.DEREGISTRATION_DELAY,
                                        Claims::subjectDrains),
                                expect(
                                        "Three other targets are healthy, and all three instances answer, the new one"
                                                + " included",
                                        WORK.plus(NOTICED),
                                        replacement(),
                                        Claims::subjectIsReplaced),
                                expect(
                                        "Not one request fails or gets the static book, from before the termination"
                                                + " until then",
                                        WORK.plus(NOTICED),
                                        replacement(),
                                        Claims::onlyRecommendationsUntilReplaced))));
    }

    private Phase failOpen() {
        return new Phase(
                PhaseId.FAIL_OPEN,
                "All targets are unhealthy, and the service goes on",
                """
                The table's name is broken again, for all instances. With deep checks every target becomes unhealthy. When no target \
                is healthy the load balancer fails open: it sends requests to all of them, since a target that may work is better \
                than none that does. The servers still have their static answer, so users get that and not one error. In the end \
                the parameters are put back, and the service recovers by itself.\
                """,
                List.of(
                        Step.steady(threeHealthyBefore()),
                        Step.after(
                                levers -> levers.set(TABLE, NO_TABLE),
                                expect(
                                        "All three targets are unhealthy: Target.ResponseCodeMismatch,"
                                                + " Health checks failed with these codes: [503]",
                                        WORK,
                                        CHANGE_OF_HEALTH,
                                        Claims::allFailWith503),
                                expect(
                                        "Every request is still answered with 200, and by then with the static book"
                                                + " from all three instances",
                                        WORK.plus(NOTICED),
                                        CHANGE_OF_HEALTH,
                                        Claims::staticFromAllWhileAllFail)),
                        Step.after(
                                Phases::resetAll,
                                expect(
                                        "With the parameters back, three targets are healthy and give recommendations"
                                                + " again",
                                        WORK.plus(NOTICED),
                                        CHANGE_OF_HEALTH,
                                        seen -> both(
                                                Claims.threeTargetsHealthy(seen),
                                                Claims.onlyFromAllThree(seen, ResponseKind.RECOMMENDATION))))));
    }

    private static void resetAll(Levers levers) {
        List.of(TABLE, FAILURE_RESPONSE, HEALTH_CHECK).forEach(levers::reset);
    }

    private static Duration replacement() {
        return BOOT.plus(CHANGE_OF_HEALTH).plus(TargetGroup.DEREGISTRATION_DELAY);
    }

    private Expectation threeHealthy() {
        return expect("All three targets are healthy", WORK, CHANGE_OF_HEALTH, Claims::threeTargetsHealthy);
    }

    private Expectation threeHealthyBefore() {
        return expect("Before: all three targets are healthy", WORK, CHANGE_OF_HEALTH, Claims::threeTargetsHealthy);
    }

    private Expectation expect(String text, Duration work, Duration waiting, Function<Observations, Verdict> claim) {
        return new Expectation(text, pacing.limit(work, waiting), claim);
    }

    /** True when both are true at the same time; what is seen of both is told. */
    private static Verdict both(Verdict one, Verdict other) {
        Verdict worse = one.outcome().compareTo(other.outcome()) >= 0 ? one : other;
        return new Verdict(worse.outcome(), other.observed() + "; " + one.observed());
    }
}

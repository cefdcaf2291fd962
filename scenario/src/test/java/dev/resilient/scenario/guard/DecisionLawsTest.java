package dev.resilient.scenario.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.scenario.guard.Decision.Refuse;
import dev.resilient.scenario.guard.Decision.Replace;
import dev.resilient.scenario.guard.Member.Condition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What holds whatever the fleet, tried on random ones of up to ten thousand instances. */
class DecisionLawsTest {
    private static final long SEED = 20_261_127;
    private static final int TRIES = 2_000;
    private static final int LARGEST = 10_000;

    /** A fleet, and what the guard may do to it. */
    private record Case(GuardLimits limits, List<Member> fleet, int replacedInPeriod) {
        List<Decision> decisions() {
            return Decisions.of(limits, fleet, replacedInPeriod);
        }

        Set<String> replaced() {
            return decisions().stream()
                    .filter(Replace.class::isInstance)
                    .map(Decision::instanceId)
                    .collect(Collectors.toSet());
        }

        long notWorking() {
            return fleet.stream()
                    .filter(member -> member.condition() != Condition.WORKING)
                    .count();
        }
    }

    @Test
    void never_more_than_the_share() {
        each((random, given) -> assertThat((long) given.replaced().size() + given.replacedInPeriod())
                .isLessThanOrEqualTo(Math.max(given.replacedInPeriod(), Math.max(1, (long)
                        (given.limits().share() * given.fleet().size())))));
    }

    @Test
    void nobody_for_a_cause_that_is_shared() {
        each((random, given) -> {
            if (given.notWorking() > 1
                    && given.notWorking()
                            > given.limits().shared() * given.fleet().size()) {
                assertThat(given.replaced()).isEmpty();
            }
        });
    }

    @Test
    void nobody_who_works_or_has_grace_or_not_enough_against_it() {
        each((random, given) -> {
            Set<String> replaced = given.replaced();
            given.fleet().stream()
                    .filter(member -> replaced.contains(member.instanceId()))
                    .forEach(member -> {
                        assertThat(member.condition()).isNotEqualTo(Condition.WORKING);
                        assertThat(member.inService())
                                .isGreaterThanOrEqualTo(given.limits().grace());
                        assertThat(member.lasting())
                                .isGreaterThanOrEqualTo(
                                        member.condition() == Condition.FAILING
                                                ? given.limits().failing()
                                                : given.limits().silent());
                    });
        });
    }

    @Test
    void every_zone_keeps_one_that_may_still_work_if_it_has_one() {
        each((random, given) -> {
            Set<String> replaced = given.replaced();
            assertThat(zonesThatMayWork(given.fleet(), Set.of())).isEqualTo(zonesThatMayWork(given.fleet(), replaced));
        });
    }

    private static Set<String> zonesThatMayWork(List<Member> fleet, Set<String> without) {
        return fleet.stream()
                .filter(member -> !without.contains(member.instanceId()))
                .filter(member -> member.condition() == Condition.WORKING
                        || (member.condition() == Condition.SILENT && member.reachable()))
                .map(Member::zone)
                .collect(Collectors.toSet());
    }

    @Test
    void more_evidence_against_an_instance_never_saves_it() {
        each((random, given) -> {
            List<String> replaced = List.copyOf(given.replaced());
            if (!replaced.isEmpty()) {
                String one = replaced.get(random.nextInt(replaced.size()));
                Duration more = Duration.ofSeconds(1 + random.nextInt(600));
                List<Member> later = given.fleet().stream()
                        .map(member -> member.instanceId().equals(one)
                                ? new Member(
                                        one,
                                        member.zone(),
                                        member.inService().plus(more),
                                        member.condition(),
                                        member.lasting().plus(more),
                                        member.reachable())
                                : member)
                        .toList();
                assertThat(new Case(given.limits(), later, given.replacedInPeriod()).replaced())
                        .contains(one);
            }
        });
    }

    @Test
    void the_order_of_the_fleet_does_not_count_and_every_one_that_does_not_work_gets_its_reason() {
        each((random, given) -> {
            List<Member> shuffled = new ArrayList<>(given.fleet());
            Collections.shuffle(shuffled, random);
            List<Decision> decisions = given.decisions();
            assertThat(new Case(given.limits(), shuffled, given.replacedInPeriod()).decisions())
                    .isEqualTo(decisions);
            assertThat(decisions).hasSize((int) given.notWorking());
            assertThat(decisions)
                    .allSatisfy(decision -> assertThat(decision.why()).isNotBlank());
        });
    }

    /** Without this the laws above could hold because nothing is ever replaced, or nothing ever refused. */
    @Test
    void the_fleets_tried_lead_to_every_decision() {
        Set<Object> seen = new java.util.HashSet<>();
        each((random, given) -> given.decisions()
                .forEach(decision -> seen.add(
                        switch (decision) {
                            case Replace _ -> "replace";
                            case Refuse refuse -> refuse.reason();
                        })));
        assertThat(seen).contains("replace").contains((Object[]) Decision.Reason.values());
    }

    private static void each(BiConsumer<Random, Case> law) {
        Random random = new Random(SEED);
        for (int attempt = 0; attempt < TRIES; attempt++) {
            Case given = random(random, attempt);
            try {
                law.accept(random, given);
            } catch (AssertionError failure) {
                throw new AssertionError(
                        "seed %d, attempt %d, %d instances"
                                .formatted(SEED, attempt, given.fleet().size()),
                        failure);
            }
        }
    }

    private static Case random(Random random, int attempt) {
        int size = attempt % 200 == 0 ? LARGEST : random.nextInt(40);
        double broken = random.nextDouble();
        int zones = 1 + random.nextInt(4);
        List<Member> fleet = new ArrayList<>();
        for (int instance = 0; instance < size; instance++) {
            fleet.add(new Member(
                    "i-" + instance,
                    "zone-" + random.nextInt(zones),
                    Duration.ofSeconds(random.nextInt(600)),
                    random.nextDouble() > broken
                            ? Condition.WORKING
                            : random.nextBoolean() ? Condition.FAILING : Condition.SILENT,
                    Duration.ofSeconds(random.nextInt(120)),
                    random.nextBoolean()));
        }
        GuardLimits limits = new GuardLimits(
                Duration.ofSeconds(1 + random.nextInt(60)),
                Duration.ofSeconds(1 + random.nextInt(60)),
                Duration.ofSeconds(random.nextInt(300)),
                0.01 + 0.99 * random.nextDouble(),
                Duration.ofMinutes(5),
                0.1 + 0.8 * random.nextDouble());
        return new Case(limits, fleet, random.nextInt(4) == 0 ? random.nextInt(5) : 0);
    }
}

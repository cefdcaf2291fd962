package dev.resilient.scenario.guard;

import dev.resilient.scenario.guard.Decision.Replace;
import dev.resilient.scenario.guard.Evidence.InService;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * The guard's memory: what it has seen, and whom it replaced when. Immutable; each look makes the next one.
 *
 * @param rhythm how often instances write, and the guard looks
 * @param limits at the pace of {@code rhythm}
 * @param replaced when the last ones were replaced, by elapsed time
 */
public record Watch(Duration rhythm, GuardLimits limits, Evidence evidence, List<Long> replaced) {
    /** Rhythms without a word after which an instance is silent, or a look is too late to go on from the one before. */
    private static final int MISSED = 3;

    /** Copies the list. */
    public Watch {
        replaced = List.copyOf(replaced);
    }

    /** A guard that begins, and therefore knows nothing and has replaced nobody. */
    public static Watch beginning(Duration rhythm, GuardLimits limits) {
        return new Watch(rhythm, limits, Evidence.none(), List.of());
    }

    /**
     * What a look comes to.
     *
     * @param watch the memory after it, in which every replacement decided counts as done
     */
    public record Look(Watch watch, List<Member> fleet, List<Decision> decisions) {
        /** Copies the lists. */
        public Look {
            fleet = List.copyOf(fleet);
            decisions = List.copyOf(decisions);
        }

        /** Whom to replace. */
        public List<Replace> replacements() {
            return decisions.stream()
                    .flatMap(decision -> decision instanceof Replace replace ? Stream.of(replace) : Stream.empty())
                    .toList();
        }
    }

    /** Looks at the fleet: its instances in service and all heartbeats there are. */
    public Look look(long nanos, List<InService> inService, List<Heartbeat> heartbeats) {
        Duration patience = rhythm.multipliedBy(MISSED);
        Evidence seen = evidence.after(nanos, patience, inService, heartbeats);
        List<Member> fleet = seen.fleet(inService, patience);
        List<Long> inPeriod = replaced.stream()
                .filter(when -> nanos - when < limits.period().toNanos())
                .toList();
        List<Decision> decisions = Decisions.of(limits, fleet, inPeriod.size());
        Stream<Long> now = decisions.stream().filter(Replace.class::isInstance).map(_ -> nanos);
        return new Look(
                new Watch(
                        rhythm,
                        limits,
                        Decisions.areShared(limits, fleet) ? seen.pardoned() : seen,
                        Stream.concat(inPeriod.stream(), now).toList()),
                fleet,
                decisions);
    }

    /** The memory of a guard that takes over from one that replaced {@code others} within the last period, at whatever time. */
    public Watch takingOver(int others, long nanos) {
        return new Watch(
                rhythm,
                limits,
                Evidence.none(),
                Stream.generate(() -> nanos).limit(others).toList());
    }
}

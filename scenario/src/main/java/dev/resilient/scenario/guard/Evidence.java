package dev.resilient.scenario.guard;

import dev.resilient.scenario.guard.Member.Condition;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the guard has seen of each instance, look by look. Immutable; each look makes the next one.
 *
 * <p>No clock but the guard's own elapsed time counts, and only time in which it could look: after a look that failed or came late
 * everything begins anew, so that a table, a network or a process that stood still is evidence against nobody.
 */
public final class Evidence {
    private final Map<String, Seen> instances;
    private final boolean hasLooked;
    private final long lookedAtNanos;
    private final long countsFromNanos;

    /**
     * One instance.
     *
     * @param sinceNanos when it was first seen in service
     * @param beat the last one seen; -1 if there was none
     * @param beatNanos when that beat was new
     * @param failing whether that beat says that it fails
     * @param failingNanos since when each has said so; the time of the last look if it does not
     */
    private record Seen(long sinceNanos, long beat, long beatNanos, boolean failing, long failingNanos) {}

    /** An instance that is in service. */
    public record InService(String instanceId, String zone, boolean reachable) {}

    private Evidence(Map<String, Seen> instances, boolean hasLooked, long lookedAtNanos, long countsFromNanos) {
        this.countsFromNanos = countsFromNanos;
        this.instances = instances;
        this.hasLooked = hasLooked;
        this.lookedAtNanos = lookedAtNanos;
    }

    /** Nothing has been seen. */
    public static Evidence none() {
        return new Evidence(Map.of(), false, 0, 0);
    }

    /**
     * What is known after a look.
     *
     * @param nanos when it was, by elapsed time
     * @param patience how long ago the look before may have been for both to be one observation
     */
    public Evidence after(long nanos, Duration patience, List<InService> fleet, List<Heartbeat> heartbeats) {
        boolean goesOn = hasLooked && nanos - lookedAtNanos <= patience.toNanos();
        Map<String, Heartbeat> byInstance = new HashMap<>();
        heartbeats.forEach(heartbeat -> byInstance.put(heartbeat.instanceId(), heartbeat));
        Map<String, Seen> next = new HashMap<>();
        for (InService instance : fleet) {
            Seen before = instances.get(instance.instanceId());
            Heartbeat heartbeat = byInstance.get(instance.instanceId());
            next.put(instance.instanceId(), seen(before, goesOn, heartbeat, nanos));
        }
        return new Evidence(Map.copyOf(next), true, nanos, hasLooked ? countsFromNanos : nanos);
    }

    /**
     * The same, of which nothing counts against anybody: from now on it begins to. After an outage that all shared some are back
     * before others, and the last of them must not pay for the time of all.
     */
    public Evidence pardoned() {
        return new Evidence(instances, hasLooked, lookedAtNanos, lookedAtNanos);
    }

    private static Seen seen(@Nullable Seen before, boolean goesOn, @Nullable Heartbeat heartbeat, long nanos) {
        long beat = heartbeat == null ? -1 : heartbeat.beat();
        boolean failing = heartbeat != null && !heartbeat.working();
        if (before == null) {
            return new Seen(nanos, beat, nanos, failing, nanos);
        }
        boolean isNew = !goesOn || beat != before.beat;
        boolean stillFailing = goesOn && before.failing && failing;
        return new Seen(
                before.sinceNanos,
                beat,
                isNew ? nanos : before.beatNanos,
                failing,
                stillFailing ? before.failingNanos : nanos);
    }

    /**
     * The fleet at the last look.
     *
     * @param silence how old the last new heartbeat may be before an instance counts as silent
     */
    public List<Member> fleet(List<InService> fleet, Duration silence) {
        return fleet.stream()
                .filter(instance -> instances.containsKey(instance.instanceId()))
                .map(instance ->
                        member(instance, Objects.requireNonNull(instances.get(instance.instanceId())), silence))
                .toList();
    }

    private Member member(InService instance, Seen seen, Duration silence) {
        Duration quiet = Duration.ofNanos(lookedAtNanos - seen.beatNanos);
        Duration failing = Duration.ofNanos(lookedAtNanos - seen.failingNanos);
        Condition condition = seen.beat < 0 || quiet.compareTo(silence) > 0
                ? Condition.SILENT
                : seen.failing ? Condition.FAILING : Condition.WORKING;
        Duration lasting =
                switch (condition) {
                    case SILENT -> counted(quiet);
                    case FAILING -> counted(failing);
                    case WORKING -> Duration.ZERO;
                };
        return new Member(
                instance.instanceId(),
                instance.zone(),
                Duration.ofNanos(lookedAtNanos - seen.sinceNanos),
                condition,
                lasting,
                instance.reachable());
    }

    private Duration counted(Duration lasting) {
        Duration counting = Duration.ofNanos(lookedAtNanos - countsFromNanos);
        return lasting.compareTo(counting) < 0 ? lasting : counting;
    }
}

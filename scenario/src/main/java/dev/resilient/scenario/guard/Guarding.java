package dev.resilient.scenario.guard;

import dev.resilient.scenario.base.Environment;
import dev.resilient.scenario.resource.Replacement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Who replaces instances of a deployment, and whether anybody does at the moment.
 *
 * @param replacement who is to
 * @param last the guard that had the lease last, if that is a guard's business and one ever had it
 * @param seenAt when this was seen
 */
public record Guarding(Replacement replacement, Optional<Tenure> last, Instant seenAt) {

    /** A person does, and nothing else is known. */
    public static final Guarding BY_HAND = new Guarding(Replacement.MANUAL, Optional.empty(), Instant.EPOCH);

    /**
     * A guard's time with the lease. It is by the guard's own clock, and only for people: guards themselves compare no clocks.
     *
     * @param until when the lease ends unless it is renewed
     */
    public record Tenure(String guard, Instant until) {}

    /** Looks at a deployment. */
    public static Guarding of(Environment environment) {
        Replacement replacement = Replacement.now(environment);
        Optional<Tenure> last = replacement == Replacement.HEARTBEAT
                ? Lease.last(environment.aws().dynamoDb(), environment.names().heartbeats())
                : Optional.empty();
        return new Guarding(
                replacement, last, environment.waiting().time().instant().truncatedTo(ChronoUnit.SECONDS));
    }

    /** What somebody should know: that a guard is to replace instances, and none runs. */
    public Optional<String> alarm() {
        if (replacement != Replacement.HEARTBEAT) {
            return Optional.empty();
        }
        if (last.isEmpty()) {
            return Optional.of("no guard has had the lease yet, so that nobody is replaced");
        }
        return last.filter(tenure -> tenure.until().isBefore(seenAt))
                .map(tenure -> "no guard has had the lease since %s, so that nobody is replaced; the last was %s"
                        .formatted(tenure.until().truncatedTo(ChronoUnit.SECONDS), tenure.guard()));
    }

    /** In one sentence without an end; what {@link #alarm} tells is left out. */
    public String summary() {
        return switch (replacement) {
            case MANUAL -> "Nobody but you replaces an instance that does not work";
            case ELB -> "The Auto Scaling group replaces what the load balancer finds unhealthy";
            case HEARTBEAT ->
                "A guard replaces instances by their heartbeats"
                        + last.filter(_ -> alarm().isEmpty())
                                .map(tenure -> ": " + tenure.guard() + " has the lease")
                                .orElse("");
        };
    }
}

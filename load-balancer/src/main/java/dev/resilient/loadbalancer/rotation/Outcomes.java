package dev.resilient.loadbalancer.rotation;

import java.util.Collection;

/** How many requests have ended, and how many of them by the target's fault. */
record Outcomes(long requests, long failures) {
    static final Outcomes NONE = new Outcomes(0, 0);
    /** Fewer than this say nothing. */
    private static final int ENOUGH = 10;
    /** A difference of rates that is not worth an alarm, however certain it is. */
    private static final double NEGLIGIBLE = 0.05;
    /** How many standard deviations make a difference certain. */
    private static final double CERTAIN = 3;

    Outcomes since(Outcomes earlier) {
        return new Outcomes(requests - earlier.requests, failures - earlier.failures);
    }

    boolean areEnough() {
        return requests >= ENOUGH;
    }

    static Outcomes sum(Collection<Outcomes> all) {
        return new Outcomes(
                all.stream().mapToLong(Outcomes::requests).sum(),
                all.stream().mapToLong(Outcomes::failures).sum());
    }

    /** Whether more of these failed than of the peers' requests, by more than chance explains: a test of two proportions. */
    boolean areWorseThan(Outcomes peers) {
        double difference = rate() - peers.rate();
        double both = (double) (failures + peers.failures) / (requests + peers.requests);
        double deviation = Math.sqrt(both * (1 - both) * (1.0 / requests + 1.0 / peers.requests));
        return difference >= NEGLIGIBLE && difference >= CERTAIN * deviation;
    }

    private double rate() {
        return (double) failures / requests;
    }
}

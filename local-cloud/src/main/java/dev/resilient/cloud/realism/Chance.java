package dev.resilient.cloud.realism;

import java.time.Duration;

/**
 * Chance without a generator: each draw is a pure function of the seed, of what it is about and of how many draws about that came
 * before, so that no draw depends on what else happens at the same time.
 *
 * @param seed equal seeds give equal draws
 */
record Chance(long seed) {
    // The constants of FNV-1a, and of SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators,
    // 2014).
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;
    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

    /** The draw number {@code count} about {@code what}, evenly spread over [0, 1). */
    double draw(String what, long count) {
        long hash = FNV_OFFSET;
        for (int index = 0; index < what.length(); index++) {
            hash = (hash ^ what.charAt(index)) * FNV_PRIME;
        }
        return (mixed(mixed(seed ^ hash) + count * GOLDEN_GAMMA) >>> 11) * 0x1.0p-53;
    }

    /** Whether something that happens with this probability happens. */
    boolean happens(double probability, String what, long count) {
        return draw(what, count) < probability;
    }

    /** A whole number in [least, most]. */
    int between(int least, int most, String what, long count) {
        return least + (int) (draw(what, count) * (most - least + 1));
    }

    /** A duration in [least, most). */
    Duration between(Duration least, Duration most, String what, long count) {
        long range = most.minus(least).toNanos();
        return least.plusNanos((long) (draw(what, count) * range));
    }

    private static long mixed(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }
}

package dev.resilient.loadbalancer.target;

import java.util.OptionalInt;

/**
 * How many targets must be healthy. A minimum that is absent asks for nothing; of two, each has to be met.
 *
 * @param count of healthy targets; 1 or more
 * @param percentage of healthy targets among those registered; 1 to 100
 */
public record HealthyMinimum(OptionalInt count, OptionalInt percentage) {
    /** One target. */
    public static final HealthyMinimum ONE = new HealthyMinimum(OptionalInt.of(1), OptionalInt.empty());

    private static final int ALL = 100;

    /** @throws IllegalArgumentException if a value is outside its range, saying which */
    public HealthyMinimum {
        if (count.isPresent() && count.getAsInt() < 1) {
            throw new IllegalArgumentException(
                    "the minimum count of healthy targets is 1 or more, not " + count.getAsInt());
        }
        if (percentage.isPresent() && (percentage.getAsInt() < 1 || percentage.getAsInt() > ALL)) {
            throw new IllegalArgumentException(
                    "the minimum percentage of healthy targets is 1 to 100, not " + percentage.getAsInt());
        }
    }

    /** Both minima. */
    public static HealthyMinimum of(int count, int percentage) {
        return new HealthyMinimum(OptionalInt.of(count), OptionalInt.of(percentage));
    }

    /** Whether {@code healthy} of {@code registered} targets are enough. */
    public boolean isMetBy(int healthy, int registered) {
        return (count.isEmpty() || healthy >= count.getAsInt())
                && (percentage.isEmpty() || (long) healthy * ALL >= (long) percentage.getAsInt() * registered);
    }

    /** Whether this asks for less than {@code other} does in one of the ways in which both ask for something. */
    boolean isBelow(HealthyMinimum other) {
        return isBelow(count, other.count) || isBelow(percentage, other.percentage);
    }

    private static boolean isBelow(OptionalInt mine, OptionalInt others) {
        return mine.isPresent() && others.isPresent() && mine.getAsInt() < others.getAsInt();
    }
}

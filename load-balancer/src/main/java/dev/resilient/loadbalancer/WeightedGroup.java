package dev.resilient.loadbalancer;

/**
 * A target group among those that share requests.
 *
 * @param weight its share of them, relative to the weights of the others; 0 to 999, and 0 for none
 */
public record WeightedGroup(TargetGroup group, int weight) {
    private static final int MAXIMUM_WEIGHT = 999;

    /** @throws IllegalArgumentException if the weight is outside its range */
    public WeightedGroup {
        if (weight < 0 || weight > MAXIMUM_WEIGHT) {
            throw new IllegalArgumentException(
                    "the weight of a target group is 0 to " + MAXIMUM_WEIGHT + ", not " + weight);
        }
    }
}

package dev.resilient.loadbalancer;

import java.util.List;

/**
 * What a listener does with some of its requests.
 *
 * @param priority 1 to 50000; the rule with the lowest one is tried first
 * @param conditions all must hold: one on the host, one on the path, or one of each, with at most five patterns and five wildcards
 *     together
 * @param action what is done with the requests for which they hold
 */
public record Rule(int priority, List<Condition> conditions, Action action) {
    /** The lowest priority that a rule can have, tried last but for the default action. */
    public static final int LAST_PRIORITY = 50_000;

    private static final int MOST_OF_EITHER = 5;

    /** @throws IllegalArgumentException if a value is outside its range, saying which */
    public Rule {
        conditions = List.copyOf(conditions);
        require(
                priority >= 1 && priority <= LAST_PRIORITY,
                "the priority of a rule is 1 to " + LAST_PRIORITY + ", not " + priority);
        require(!conditions.isEmpty(), "a rule needs a condition");
        require(
                conditions.stream().map(Object::getClass).distinct().count() == conditions.size(),
                "a rule has at most one condition on the host and one on the path");
        long patterns =
                conditions.stream().mapToInt(each -> each.patterns().size()).sum();
        require(
                patterns <= MOST_OF_EITHER,
                "a rule has at most " + MOST_OF_EITHER + " condition values, not " + patterns);
        long wildcards = conditions.stream().mapToInt(Condition::wildcards).sum();
        require(wildcards <= MOST_OF_EITHER, "a rule has at most " + MOST_OF_EITHER + " wildcards, not " + wildcards);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}

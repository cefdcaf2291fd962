package dev.resilient.loadbalancer;

import java.util.List;

/**
 * What a listener does with some of its requests.
 *
 * @param priority 1 to 50000; the rule with the lowest one is tried first
 * @param conditions all must hold: at least one, and of those on host, path, method and source at most one each, with at most five
 *     values and five wildcards together
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
        List<Condition> single =
                conditions.stream().filter(each -> !each.isRepeatable()).toList();
        require(
                single.stream().map(Object::getClass).distinct().count() == single.size(),
                "a rule has at most one condition each on the host, the path, the method and the source");
        long values = conditions.stream().mapToInt(Condition::size).sum();
        require(values <= MOST_OF_EITHER, "a rule has at most " + MOST_OF_EITHER + " condition values, not " + values);
        long wildcards = conditions.stream().mapToInt(Condition::wildcards).sum();
        require(wildcards <= MOST_OF_EITHER, "a rule has at most " + MOST_OF_EITHER + " wildcards, not " + wildcards);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}

package dev.resilient.cloud.dynamodb.expression;

import java.util.Locale;
import java.util.Set;

/** The request parameters that hold an expression. */
public enum ExpressionKind {
    CONDITION("ConditionExpression"),
    FILTER("FilterExpression"),
    KEY_CONDITION("KeyConditionExpression"),
    PROJECTION("ProjectionExpression"),
    UPDATE("UpdateExpression");

    private static final Set<String> OF_CONDITIONS = Set.of("AND", "OR", "NOT", "BETWEEN", "IN");
    private static final Set<String> OF_UPDATES = Set.of("SET", "REMOVE", "ADD", "DELETE");

    private final String parameter;

    ExpressionKind(String parameter) {
        this.parameter = parameter;
    }

    /** The name of the parameter, as messages give it. */
    public String parameter() {
        return parameter;
    }

    /** Whether the word is part of the grammar of this kind, in any letter case. */
    boolean isKeyword(String word) {
        String keyword = word.toUpperCase(Locale.ROOT);
        return switch (this) {
            case CONDITION, FILTER, KEY_CONDITION -> OF_CONDITIONS.contains(keyword);
            case UPDATE -> OF_UPDATES.contains(keyword);
            case PROJECTION -> false;
        };
    }
}

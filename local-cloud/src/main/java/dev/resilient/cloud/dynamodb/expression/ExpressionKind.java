package dev.resilient.cloud.dynamodb.expression;

import java.util.Locale;
import java.util.Set;

/** The request parameters that hold an expression. */
public enum ExpressionKind {
    CONDITION("ConditionExpression", Set.of("AND", "OR", "NOT", "BETWEEN", "IN")),
    FILTER("FilterExpression", CONDITION.keywords),
    KEY_CONDITION("KeyConditionExpression", CONDITION.keywords),
    PROJECTION("ProjectionExpression", Set.of()),
    UPDATE("UpdateExpression", Set.of("SET", "REMOVE", "ADD", "DELETE"));

    private final String parameter;
    private final Set<String> keywords;

    ExpressionKind(String parameter, Set<String> keywords) {
        this.parameter = parameter;
        this.keywords = keywords;
    }

    /** The name of the parameter, as messages give it. */
    public String parameter() {
        return parameter;
    }

    /** Whether the word is part of the grammar of this kind, in any letter case. */
    boolean isKeyword(String word) {
        return keywords.contains(word.toUpperCase(Locale.ROOT));
    }
}

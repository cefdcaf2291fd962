package dev.resilient.expression;

import dev.resilient.wire.shape.Members;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.core.SdkPojo;

/** The request parameters that hold an expression. */
@SuppressWarnings("ImmutableEnumChecker") // the sets of keywords are immutable
enum ExpressionKind {
    UPDATE("UpdateExpression", "SET", "REMOVE", "ADD", "DELETE"),
    CONDITION("ConditionExpression", "AND", "OR", "NOT", "BETWEEN", "IN"),
    FILTER("FilterExpression", "AND", "OR", "NOT", "BETWEEN", "IN"),
    KEY_CONDITION("KeyConditionExpression", "AND", "OR", "NOT", "BETWEEN", "IN"),
    PROJECTION("ProjectionExpression");

    private final String parameter;
    private final Set<String> keywords;

    ExpressionKind(String parameter, String... keywords) {
        this.parameter = parameter;
        this.keywords = Set.of(keywords);
    }

    /** The name of the parameter, as messages give it. */
    String parameter() {
        return parameter;
    }

    /** The text of this expression of a request, if it has one. */
    Optional<String> in(SdkPojo request) {
        return Members.get(request, parameter, String.class);
    }

    /** Whether there can be values in it. */
    boolean mayHaveValues() {
        return this != PROJECTION;
    }

    /** Whether the word is part of the grammar of this kind, in any letter case. */
    boolean isKeyword(String word) {
        return keywords.contains(word.toUpperCase(Locale.ROOT));
    }
}

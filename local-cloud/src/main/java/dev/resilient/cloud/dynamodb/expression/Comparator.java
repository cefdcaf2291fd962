package dev.resilient.cloud.dynamodb.expression;

import java.util.Optional;

/** The comparison operators of conditions. */
public enum Comparator {
    EQUAL("="),
    NOT_EQUAL("<>"),
    LESS("<"),
    LESS_OR_EQUAL("<="),
    GREATER(">"),
    GREATER_OR_EQUAL(">=");

    private final String symbol;

    Comparator(String symbol) {
        this.symbol = symbol;
    }

    /** As written in an expression. */
    public String symbol() {
        return symbol;
    }

    /** Whether it asks for an order, not just for equality. */
    boolean needsOrder() {
        return this != EQUAL && this != NOT_EQUAL;
    }

    static Optional<Comparator> of(Token token) {
        for (Comparator comparator : values()) {
            if (token.isSymbol(comparator.symbol)) {
                return Optional.of(comparator);
            }
        }
        return Optional.empty();
    }
}

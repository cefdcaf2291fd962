package dev.resilient.cloud.dynamodb.expression;

/**
 * A piece of an expression.
 *
 * @param text as written; {@code <EOF>} at the end
 * @param start index of its first character
 * @param end index after its last character
 */
record Token(Kind kind, String text, int start, int end) {

    /** What a token can be. */
    enum Kind {
        /** An attribute, a function or a keyword. */
        NAME,
        /** {@code #name}. */
        NAME_PLACEHOLDER,
        /** {@code :value}. */
        VALUE_PLACEHOLDER,
        /** Digits, as in a list index. */
        INTEGER,
        /** A comparator, a bracket, a comma and the like. */
        SYMBOL,
        /** A character that no expression has. */
        UNKNOWN,
        /** After the last token. */
        END
    }

    /** Whether this is the given symbol. */
    boolean isSymbol(String symbol) {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }

    /** Whether this is the given keyword, in any letter case. */
    boolean isKeyword(String keyword) {
        return kind == Kind.NAME && text.equalsIgnoreCase(keyword);
    }
}

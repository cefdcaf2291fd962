package dev.resilient.cloud.dynamodb.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
        NAME("[A-Za-z_]\\w*"),
        /** {@code #name}. */
        NAME_PLACEHOLDER("#\\w+"),
        /** {@code :value}. */
        VALUE_PLACEHOLDER(":\\w+"),
        /** Digits, as in a list index. */
        INTEGER("\\d+"),
        /** A comparator, a bracket, a comma and the like. */
        SYMBOL("<>|<=|>=|[=<>()\\[\\],.+-]"),
        /** A character that no expression has. */
        UNKNOWN("\\S"),
        /** After the last token. */
        END("$");

        private final Pattern pattern;

        Kind(String pattern) {
            this.pattern = Pattern.compile(pattern);
        }

        /** Whether the whole of {@code text} could be such a token. */
        boolean is(String text) {
            return pattern.matcher(text).matches();
        }
    }

    /** The tokens of {@code text}; the last one is the end. Never fails: there is a kind for what no expression has. */
    static List<Token> of(String text) {
        List<Token> tokens = new ArrayList<>();
        for (int at = 0; ; at = tokens.getLast().end()) {
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
            if (at == text.length()) {
                tokens.add(new Token(Kind.END, "<EOF>", at, at));
                return tokens;
            }
            tokens.add(at(text, at));
        }
    }

    private static Token at(String text, int start) {
        for (Kind kind : Kind.values()) {
            Matcher matcher = kind.pattern.matcher(text).region(start, text.length());
            if (matcher.lookingAt()) {
                return new Token(kind, matcher.group(), start, matcher.end());
            }
        }
        throw new IllegalStateException("every character is a token");
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

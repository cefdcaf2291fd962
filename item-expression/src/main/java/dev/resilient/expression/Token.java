package dev.resilient.expression;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
        END("\\z");

        private final Pattern pattern;

        Kind(String pattern) {
            this.pattern = Pattern.compile(pattern);
        }

        /** Whether the whole of {@code text} could be such a token. */
        boolean is(String text) {
            return pattern.matcher(text).matches();
        }
    }

    private static final Pattern ANY = Pattern.compile(
            Stream.of(Kind.values()).map(kind -> kind.pattern.pattern()).collect(Collectors.joining("|")));

    /** The tokens of {@code text}; the last one is the end. Never fails: there is a kind for what no expression has. */
    static List<Token> of(String text) {
        return ANY.matcher(text).results().map(Token::of).toList();
    }

    private static Token of(MatchResult found) {
        Kind kind = Stream.of(Kind.values())
                .filter(each -> each.is(found.group()))
                .findFirst()
                .orElseThrow();
        return new Token(kind, kind == Kind.END ? "<EOF>" : found.group(), found.start(), found.end());
    }

    /** Whether this is the given symbol, or the given keyword in any letter case. */
    boolean is(String symbolOrKeyword) {
        return text.equalsIgnoreCase(symbolOrKeyword);
    }
}

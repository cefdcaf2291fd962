package dev.resilient.cloud.dynamodb.expression;

import java.util.ArrayList;
import java.util.List;

/** Cuts the text of an expression into tokens. Never fails: what it does not know becomes {@link Token.Kind#UNKNOWN}. */
final class Lexer {
    private static final List<String> SYMBOLS =
            List.of("<>", "<=", ">=", "=", "<", ">", "(", ")", "[", "]", ",", ".", "+", "-");

    private final String text;
    private int position;

    private Lexer(String text) {
        this.text = text;
    }

    /** The tokens of {@code text}; the last one is the end. */
    static List<Token> tokens(String text) {
        Lexer lexer = new Lexer(text);
        List<Token> tokens = new ArrayList<>();
        while (lexer.skipWhitespace()) {
            tokens.add(lexer.next());
        }
        tokens.add(new Token(Token.Kind.END, "<EOF>", text.length(), text.length()));
        return tokens;
    }

    private boolean skipWhitespace() {
        while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
            position++;
        }
        return position < text.length();
    }

    private Token next() {
        char first = text.charAt(position);
        if (isNameStart(first)) {
            return token(Token.Kind.NAME, endOfName(position));
        }
        if (isDigit(first)) {
            return token(Token.Kind.INTEGER, endOfDigits());
        }
        if ((first == '#' || first == ':') && endOfName(position + 1) > position + 1) {
            Token.Kind kind = first == '#' ? Token.Kind.NAME_PLACEHOLDER : Token.Kind.VALUE_PLACEHOLDER;
            return token(kind, endOfName(position + 1));
        }
        for (String symbol : SYMBOLS) {
            if (text.startsWith(symbol, position)) {
                return token(Token.Kind.SYMBOL, position + symbol.length());
            }
        }
        return token(Token.Kind.UNKNOWN, position + Character.charCount(text.codePointAt(position)));
    }

    private Token token(Token.Kind kind, int end) {
        Token token = new Token(kind, text.substring(position, end), position, end);
        position = end;
        return token;
    }

    private int endOfName(int from) {
        int end = from;
        while (end < text.length() && isNamePart(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private int endOfDigits() {
        int end = position;
        while (end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isNameStart(char character) {
        return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') || character == '_';
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }

    /** Whether the character may stand in a name or a placeholder. */
    static boolean isNamePart(char character) {
        return isNameStart(character) || isDigit(character);
    }
}

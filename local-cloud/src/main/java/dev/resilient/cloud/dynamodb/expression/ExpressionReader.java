package dev.resilient.cloud.dynamodb.expression;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.dynamodb.value.Validation;
import dev.resilient.wire.ServiceError;
import java.util.ArrayList;
import java.util.List;

/** Reads the tokens of one expression from left to right, with what all kinds of expressions have in common. For one thread. */
final class ExpressionReader {
    private static final int MAX_BYTES = 4096;
    private static final int MAX_OPERATORS = 300;

    private final ExpressionKind kind;
    private final String text;
    private final Placeholders placeholders;
    private final List<Token> tokens;
    private int position;
    private int operators;

    ExpressionReader(ExpressionKind kind, String text, Placeholders placeholders) {
        this.kind = kind;
        this.text = text;
        this.placeholders = placeholders;
        if (text.isBlank()) {
            throw error("The expression can not be empty;");
        }
        if (text.length() > MAX_BYTES) {
            throw error("Expression size has exceeded the maximum allowed size; expression size: " + text.length());
        }
        this.tokens = Lexer.tokens(text);
    }

    ExpressionKind kind() {
        return kind;
    }

    Token peek() {
        return tokens.get(position);
    }

    /** Whether the next token is followed by this symbol. */
    boolean secondIs(String symbol) {
        return position + 1 < tokens.size() && tokens.get(position + 1).isSymbol(symbol);
    }

    /** Where the reader is, for {@link #closes}. */
    int position() {
        return position;
    }

    /** Whether what was read since {@code opened} is one pair of parentheses around everything. */
    boolean closes(int opened) {
        int depth = 0;
        for (int i = opened; i < position - 1; i++) {
            depth += tokens.get(i).isSymbol("(") ? 1 : tokens.get(i).isSymbol(")") ? -1 : 0;
            if (depth == 0) {
                return false;
            }
        }
        return peek().isSymbol(")");
    }

    Token next() {
        Token token = peek();
        if (token.kind() != Token.Kind.END) {
            position++;
        }
        return token;
    }

    boolean acceptSymbol(String symbol) {
        boolean accepted = peek().isSymbol(symbol);
        if (accepted) {
            next();
        }
        return accepted;
    }

    boolean acceptKeyword(String keyword) {
        boolean accepted = peek().isKeyword(keyword);
        if (accepted) {
            next();
        }
        return accepted;
    }

    void expectSymbol(String symbol) {
        refuseIf(!acceptSymbol(symbol), () -> syntaxError());
    }

    void expectKeyword(String keyword) {
        refuseIf(!acceptKeyword(keyword), () -> syntaxError());
    }

    void expectEnd() {
        refuseIf(peek().kind() != Token.Kind.END, () -> syntaxError());
    }

    /** Counts one more operator, function or parenthesis; more than 300 are refused, which also bounds the depth of trees. */
    void countOperator() {
        operators++;
        if (operators > MAX_OPERATORS) {
            throw error("The expression contains too many operators; operator count: " + operators);
        }
    }

    /** A document path: names or {@code #names} with dots, and indices in brackets. */
    DocumentPath path() {
        String attribute = name();
        List<DocumentPath.Step> steps = new ArrayList<>();
        while (true) {
            if (acceptSymbol(".")) {
                steps.add(new DocumentPath.Step.Entry(name()));
            } else if (acceptSymbol("[")) {
                steps.add(new DocumentPath.Step.Element(index()));
                expectSymbol("]");
            } else {
                return new DocumentPath(attribute, steps);
            }
        }
    }

    /** A {@code :value}. */
    Operand.Literal literal() {
        refuseIf(peek().kind() != Token.Kind.VALUE_PLACEHOLDER, () -> syntaxError());
        String placeholder = next().text();
        return new Operand.Literal(
                placeholder,
                placeholders
                        .value(placeholder)
                        .orElseThrow(() -> error("An expression attribute value used in expression is not defined; "
                                + "attribute value: " + placeholder)));
    }

    /** A path or a {@code :value}. */
    Operand pathOrLiteral() {
        return peek().kind() == Token.Kind.VALUE_PLACEHOLDER ? literal() : new Operand.At(path());
    }

    /** An error of this expression. */
    ServiceError error(String message) {
        return Validation.error("Invalid " + kind.parameter() + ": " + message);
    }

    /** The error for the next token: shows it, and the text from the token before to the token after. */
    ServiceError syntaxError() {
        int from = tokens.get(Math.max(position - 1, 0)).start();
        int to = tokens.get(Math.min(position + 1, tokens.size() - 1)).end();
        return error("Syntax error; token: \"" + peek().text() + "\", near: \""
                + text.substring(from, to).strip() + "\"");
    }

    private String name() {
        Token token = peek();
        return switch (token.kind()) {
            case NAME -> {
                refuseIf(kind.isKeyword(token.text()), () -> syntaxError());
                if (ReservedWords.contains(token.text())) {
                    throw error("Attribute name is a reserved keyword; reserved keyword: " + token.text());
                }
                yield next().text();
            }
            case NAME_PLACEHOLDER -> {
                next();
                yield placeholders
                        .name(token.text())
                        .orElseThrow(
                                () -> error("An expression attribute name used in the document path is not defined; "
                                        + "attribute name: " + token.text()));
            }
            case VALUE_PLACEHOLDER, INTEGER, SYMBOL, UNKNOWN, END -> throw syntaxError();
        };
    }

    private int index() {
        Token token = peek();
        refuseIf(token.kind() != Token.Kind.INTEGER, () -> syntaxError());
        next();
        try {
            return Integer.parseInt(token.text());
        } catch (NumberFormatException tooLarge) {
            throw error("List index is not within the allowable range; index: [" + token.text() + "]");
        }
    }
}

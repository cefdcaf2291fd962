package dev.resilient.expression;

import dev.resilient.expression.DocumentPath.Step;
import dev.resilient.expression.Expression.Call;
import dev.resilient.expression.Expression.Literal;
import dev.resilient.expression.Operator.Use;
import dev.resilient.expression.value.Validation;
import dev.resilient.wire.ServiceError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

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
        refuseIf(text.isBlank(), () -> "The expression can not be empty;");
        refuseIf(
                text.length() > MAX_BYTES,
                () -> "Expression size has exceeded the maximum allowed size; expression size: " + text.length());
        this.tokens = Token.of(text);
    }

    Token peek() {
        return tokens.get(position);
    }

    Token next() {
        Token token = peek();
        if (token.kind() != Token.Kind.END) {
            position++;
        }
        return token;
    }

    /** Whether a function begins here. */
    boolean isAtFunction() {
        return peek().kind() == Token.Kind.NAME && tokens.get(position + 1).is("(");
    }

    /** Where the reader is, for {@link #isOnePair}. */
    int position() {
        return position;
    }

    /** Whether what was read since then is one pair of parentheses with everything else between them. */
    boolean isOnePair(int since) {
        int depth = 0;
        for (int i = since; i < position - 1; i++) {
            depth += tokens.get(i).is("(") ? 1 : tokens.get(i).is(")") ? -1 : 0;
            if (depth == 0) {
                return false;
            }
        }
        return peek().is(")");
    }

    /** Reads this symbol or keyword, if it is the next token. */
    boolean accept(String symbolOrKeyword) {
        boolean isNext = peek().is(symbolOrKeyword);
        if (isNext) {
            next();
        }
        return isNext;
    }

    void expect(String symbolOrKeyword) {
        require(accept(symbolOrKeyword));
    }

    void expectEnd() {
        expect(Token.Kind.END);
    }

    private String expect(Token.Kind kind) {
        require(peek().kind() == kind);
        return next().text();
    }

    private void require(boolean fits) {
        if (!fits) {
            throw syntaxError();
        }
    }

    /** Counts one more operator, function or parenthesis; more than 300 are refused, which also bounds the depth of trees. */
    void countOperator() {
        operators++;
        refuseIf(
                operators > MAX_OPERATORS,
                () -> "The expression contains too many operators; operator count: " + operators);
    }

    /** Something, and more of it behind commas. */
    <T> List<T> list(Supplier<T> element) {
        List<T> elements = new ArrayList<>();
        do {
            elements.add(element.get());
        } while (accept(","));
        return elements;
    }

    /** A document path: names or {@code #names} with dots, and indices in brackets. */
    DocumentPath path() {
        List<Step> steps = new ArrayList<>(List.of(new Step.Entry(name())));
        while (true) {
            if (accept(".")) {
                steps.add(new Step.Entry(name()));
            } else if (accept("[")) {
                steps.add(new Step.Element(index()));
                expect("]");
            } else {
                return new DocumentPath(steps);
            }
        }
    }

    private String name() {
        Token token = peek();
        if (token.kind() == Token.Kind.NAME_PLACEHOLDER) {
            Optional<String> name = placeholders.name(next().text());
            refuseIf(
                    name.isEmpty(),
                    () -> "An expression attribute name used in the document path is not defined; attribute name: "
                            + token.text());
            return name.orElseThrow();
        }
        require(token.kind() == Token.Kind.NAME && !kind.isKeyword(token.text()));
        refuseIf(
                ReservedWords.contains(token.text()),
                () -> "Attribute name is a reserved keyword; reserved keyword: " + token.text());
        return next().text();
    }

    private int index() {
        String index = expect(Token.Kind.INTEGER);
        try {
            return Integer.parseInt(index);
        } catch (NumberFormatException tooLarge) {
            throw error("List index is not within the allowable range; index: [" + index + "]");
        }
    }

    /** A {@code :value}. */
    Literal literal() {
        String placeholder = expect(Token.Kind.VALUE_PLACEHOLDER);
        Optional<AttributeValue> value = placeholders.value(placeholder);
        refuseIf(
                value.isEmpty(),
                () -> "An expression attribute value used in expression is not defined; attribute value: "
                        + placeholder);
        return new Literal(placeholder, value.orElseThrow());
    }

    /** A function that may stand here, whose operands {@code inner} reads, or a path, or a {@code :value}. */
    Expression operand(Use use, Supplier<Expression> inner) {
        countOperator();
        if (isAtFunction()) {
            return function(use, inner);
        }
        return peek().kind() == Token.Kind.VALUE_PLACEHOLDER ? literal() : path();
    }

    /** A function that may stand here, whose operands {@code operand} reads. */
    Call function(Use use, Supplier<Expression> operand) {
        String name = next().text();
        Operator function =
                Operator.function(name).orElseThrow(() -> error("Invalid function name; function: " + name));
        boolean ofUpdates = function.use() == Use.UPDATE;
        refuseIf(
                ofUpdates != (use == Use.UPDATE),
                () -> "The function is not allowed in " + (ofUpdates ? "a condition" : "an update")
                        + " expression; function: " + name);
        refuseIf(
                function.use() != use,
                () -> "The function is not allowed to be used this way in an expression; function: " + name);
        expect("(");
        List<Expression> operands = list(operand);
        expect(")");
        return call(function, operands);
    }

    /** What an operator makes of operands, after all that can be checked without an item. */
    Call call(Operator operator, List<Expression> operands) {
        operator.objection(operands).ifPresent(objection -> {
            throw error(objection);
        });
        return new Call(operator, operands);
    }

    /** Refuses paths that mean the same place, or one inside the other. */
    void refuseClashes(List<DocumentPath> paths) {
        for (int second = 1; second < paths.size(); second++) {
            for (DocumentPath one : paths.subList(0, second)) {
                DocumentPath two = paths.get(second);
                one.clashWith(two).ifPresent(clash -> {
                    throw error("Two document paths " + clash
                            + " with each other; must remove or rewrite one of these paths; path one: " + one
                            + ", path two: " + two);
                });
            }
        }
    }

    void refuseIf(boolean isTheCase, Supplier<String> message) {
        if (isTheCase) {
            throw error(message.get());
        }
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
}

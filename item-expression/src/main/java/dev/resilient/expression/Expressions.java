package dev.resilient.expression;

import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.core.SdkPojo;

/**
 * The expressions of one request, each empty if the request has none.
 *
 * @param key which items a query is for
 */
public record Expressions(
        Optional<Update> update,
        Optional<Expression> condition,
        Optional<Expression> filter,
        Optional<Expression> key,
        Optional<Projection> projection) {

    /**
     * Parses the expressions of a request.
     *
     * @throws dev.resilient.wire.ServiceError {@code ValidationException} if one is none, or a placeholder is not used
     */
    public static Expressions of(SdkPojo request) {
        Placeholders placeholders = new Placeholders(request);
        Expressions expressions = new Expressions(
                parse(request, ExpressionKind.UPDATE, placeholders, UpdateParser::parse),
                parse(request, ExpressionKind.CONDITION, placeholders, ConditionParser::parse),
                parse(request, ExpressionKind.FILTER, placeholders, ConditionParser::parse),
                parse(request, ExpressionKind.KEY_CONDITION, placeholders, ConditionParser::parse),
                parse(request, ExpressionKind.PROJECTION, placeholders, Projection::parse));
        placeholders.requireAllUsed(request);
        return expressions;
    }

    private static <T> Optional<T> parse(
            SdkPojo request, ExpressionKind kind, Placeholders placeholders, Function<ExpressionReader, T> parser) {
        return kind.in(request).map(text -> parser.apply(new ExpressionReader(kind, text, placeholders)));
    }
}

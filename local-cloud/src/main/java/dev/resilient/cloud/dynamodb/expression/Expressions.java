package dev.resilient.cloud.dynamodb.expression;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.dynamodb.value.Validation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The expressions of one request with their placeholders. Parse each of them, then call {@link #requireAllUsed}. For one
 * thread.
 */
public final class Expressions {
    private final Placeholders placeholders;
    private final List<String> absent = new ArrayList<>();
    private boolean anyPresent;
    private boolean anyPresentWithValues;

    /** The placeholders of a request, as the SDK gives them: a map that the SDK has made by itself is an absent parameter. */
    public Expressions(Map<String, String> names, Map<String, AttributeValue> values) {
        this.placeholders = Placeholders.of(names, values);
    }

    /** The condition, if there is one. */
    public Optional<Condition> condition(ExpressionKind kind, @Nullable String text) {
        return parse(kind, text, ConditionParser::parse);
    }

    /** The projection, if there is one. */
    public Optional<Projection> projection(@Nullable String text) {
        return parse(ExpressionKind.PROJECTION, text, Projection::parse);
    }

    /** The update, if there is one. */
    public Optional<Update> update(@Nullable String text) {
        return parse(ExpressionKind.UPDATE, text, UpdateParser::parse);
    }

    /** The ConditionExpression, if there is one, of a request that can have no other expression. */
    public Optional<Condition> onlyCondition(@Nullable String text) {
        Optional<Condition> condition = condition(ExpressionKind.CONDITION, text);
        requireAllUsed();
        return condition;
    }

    /** Refuses placeholders that no expression used. */
    public void requireAllUsed() {
        refuseIf(
                !anyPresent && placeholders.hasNames(),
                () -> Validation.error("ExpressionAttributeNames can only be specified when using expressions"));
        refuseIf(
                !anyPresentWithValues && placeholders.hasValues(),
                () -> Validation.error("ExpressionAttributeValues can only be specified when using expressions: "
                        + String.join(" and ", absent) + (absent.size() == 1 ? " is null" : " are null")));
        placeholders.requireAllUsed();
    }

    private <T> Optional<T> parse(ExpressionKind kind, @Nullable String text, Function<ExpressionReader, T> parser) {
        boolean mayHaveValues = kind != ExpressionKind.PROJECTION;
        if (text == null) {
            if (mayHaveValues) {
                absent.add(kind.parameter());
            }
            return Optional.empty();
        }
        anyPresent = true;
        anyPresentWithValues |= mayHaveValues;
        return Optional.of(parser.apply(new ExpressionReader(kind, text, placeholders)));
    }
}

package dev.resilient.cloud.dynamodb;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.dynamodb.ItemKey.Edge;
import dev.resilient.cloud.dynamodb.expression.DocumentPath;
import dev.resilient.cloud.dynamodb.expression.Expression;
import dev.resilient.cloud.dynamodb.expression.Expression.Call;
import dev.resilient.cloud.dynamodb.expression.Expression.Literal;
import dev.resilient.cloud.dynamodb.expression.Operator;
import dev.resilient.cloud.dynamodb.value.Validation;
import dev.resilient.wire.ServiceError;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Turns the condition of a KeyConditionExpression into the part of the table that it means. */
final class KeyConditions {
    private static final Set<Operator> SUPPORTED = EnumSet.of(
            Operator.EQUAL,
            Operator.LESS,
            Operator.LESS_OR_EQUAL,
            Operator.GREATER,
            Operator.GREATER_OR_EQUAL,
            Operator.BETWEEN,
            Operator.BEGINS_WITH);

    private final KeySchema schema;

    private KeyConditions(KeySchema schema) {
        this.schema = schema;
    }

    /** Which part of a table with this schema satisfies the condition. */
    static KeyRange range(KeySchema schema, Expression condition) {
        return new KeyConditions(schema).range(condition);
    }

    /** One attribute's condition, with the values it is compared to. */
    private record Part(String attribute, Operator operator, List<AttributeValue> values) {}

    private KeyRange range(Expression condition) {
        Map<String, Part> parts = new LinkedHashMap<>();
        conjuncts(condition).map(KeyConditions::part).forEach(part -> {
            if (parts.put(part.attribute(), part) != null) {
                throw invalid("KeyConditionExpressions must only contain one condition per key");
            }
        });
        Part hash = required(parts, schema.hash());
        refuseIf(hash.operator() != Operator.EQUAL, () -> Validation.error("Query key condition not supported"));
        checkTypes(hash, schema.hash());
        AttributeValue hashValue = schema.hash().checked(hash.values().getFirst());
        if (parts.size() == 1) {
            return KeyRange.ofHash(hashValue);
        }
        refuseIf(
                schema.range().isEmpty() || parts.size() > 2,
                () -> Validation.error("Query key condition not supported"));
        Part range = required(parts, schema.range().get());
        checkTypes(range, schema.range().get());
        return narrowed(hashValue, range);
    }

    private static Stream<Expression> conjuncts(Expression condition) {
        return condition instanceof Call(Operator operator, List<Expression> operands) && operator == Operator.AND
                ? operands.stream().flatMap(KeyConditions::conjuncts)
                : Stream.of(condition);
    }

    private static Part part(Expression condition) {
        if (!(condition instanceof Call(Operator operator, List<Expression> operands))) {
            throw new IllegalStateException("no condition: " + condition);
        }
        refuseIf(
                !SUPPORTED.contains(operator),
                () -> invalid("Invalid operator used in KeyConditionExpression: " + operator.symbol()));
        refuseIf(
                operands.getFirst() instanceof Call,
                () -> invalid("KeyConditionExpressions cannot contain nested operations"));
        if (!(operands.getFirst() instanceof DocumentPath path)) {
            throw invalid("No key attribute specified");
        }
        refuseIf(
                path.steps().size() > 1,
                () -> invalid("KeyConditionExpressions cannot have conditions on nested attributes"));
        List<AttributeValue> values =
                operands.stream().skip(1).map(KeyConditions::value).toList();
        return new Part(path.attribute(), operator, values);
    }

    private static AttributeValue value(Expression operand) {
        if (operand instanceof Literal literal) {
            return literal.value();
        }
        throw invalid("Invalid condition in KeyConditionExpression: Multiple attribute names used in one condition");
    }

    private static Part required(Map<String, Part> parts, KeyAttribute attribute) {
        return Optional.ofNullable(parts.get(attribute.name()))
                .orElseThrow(() -> Validation.error("Query condition missed key schema element: " + attribute.name()));
    }

    private static void checkTypes(Part part, KeyAttribute attribute) {
        refuseIf(
                !part.values().stream().allMatch(attribute::fits),
                () -> Validation.invalidParameter("Condition parameter type does not match schema type"));
    }

    private static KeyRange narrowed(AttributeValue hash, Part part) {
        KeyRange all = KeyRange.ofHash(hash);
        AttributeValue value = part.values().getFirst();
        ItemKey before = ItemKey.beside(Edge.BEFORE, hash, value);
        ItemKey behind = ItemKey.beside(Edge.BEHIND, hash, value);
        return switch (part.operator()) {
            case LESS -> all.to(before);
            case LESS_OR_EQUAL -> all.to(behind);
            case GREATER -> all.from(behind);
            case GREATER_OR_EQUAL -> all.from(before);
            case BEGINS_WITH ->
                Prefixes.next(value)
                        .map(next -> all.from(before).to(ItemKey.beside(Edge.BEFORE, hash, next)))
                        .orElseGet(() -> all.from(before));
            default -> // EQUAL and BETWEEN
                all.from(before)
                        .to(ItemKey.beside(Edge.BEHIND, hash, part.values().getLast()));
        };
    }

    private static ServiceError invalid(String message) {
        return Validation.error("Invalid KeyConditionExpression: " + message);
    }
}

package dev.resilient.cloud.dynamodb;

import static dev.resilient.expression.Operator.BEGINS_WITH;
import static dev.resilient.expression.Operator.BETWEEN;
import static dev.resilient.expression.Operator.EQUAL;
import static dev.resilient.expression.Operator.GREATER;
import static dev.resilient.expression.Operator.GREATER_OR_EQUAL;
import static dev.resilient.expression.Operator.LESS;
import static dev.resilient.expression.Operator.LESS_OR_EQUAL;
import static dev.resilient.expression.value.Validation.INVALID;
import static dev.resilient.expression.value.Validation.refuseIf;

import dev.resilient.cloud.dynamodb.ItemKey.Edge;
import dev.resilient.expression.DocumentPath;
import dev.resilient.expression.Expression;
import dev.resilient.expression.Expression.Call;
import dev.resilient.expression.Expression.Literal;
import dev.resilient.expression.Operator;
import dev.resilient.expression.value.Validation;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Turns the condition of a KeyConditionExpression into the part of the table that it means. */
final class KeyConditions {
    private static final String WRONG = "Invalid KeyConditionExpression: ";
    private static final Set<Operator> SUPPORTED =
            EnumSet.of(EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL, BETWEEN, BEGINS_WITH);

    private KeyConditions() {}

    /** One attribute's condition, with the values it is compared to. */
    private record Part(String attribute, Operator operator, List<AttributeValue> values) {}

    /** Which part of a table with this schema satisfies the condition. */
    static KeyRange range(KeySchema schema, Expression condition) {
        Map<String, Part> parts = new LinkedHashMap<>();
        conjuncts(condition)
                .map(KeyConditions::part)
                .forEach(part -> refuseIf(
                        parts.put(part.attribute(), part) != null,
                        WRONG + "KeyConditionExpressions must only contain one condition per key"));
        Part hash = required(parts, schema.hash());
        refuseIf(
                hash.operator() != EQUAL || parts.size() > schema.attributes().size(),
                "Query key condition not supported");
        AttributeValue value = schema.hash().checked(hash.values().getFirst());
        return parts.size() == 1
                ? KeyRange.ofHash(value)
                : narrowed(value, required(parts, schema.attributes().getLast()));
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
                () -> WRONG + "Invalid operator used in KeyConditionExpression: " + operator.symbol());
        refuseIf(
                operands.getFirst() instanceof Call,
                WRONG + "KeyConditionExpressions cannot contain nested operations");
        if (!(operands.getFirst() instanceof DocumentPath path)) {
            throw Validation.error(WRONG + "No key attribute specified");
        }
        refuseIf(
                path.steps().size() > 1, WRONG + "KeyConditionExpressions cannot have conditions on nested attributes");
        List<AttributeValue> values =
                operands.stream().skip(1).map(KeyConditions::value).toList();
        return new Part(path.attribute(), operator, values);
    }

    private static AttributeValue value(Expression operand) {
        if (operand instanceof Literal literal) {
            return literal.value();
        }
        throw Validation.error(
                WRONG + "Invalid condition in KeyConditionExpression: Multiple attribute names used in one condition");
    }

    private static Part required(Map<String, Part> parts, KeyAttribute attribute) {
        Part part = parts.get(attribute.name());
        if (part == null) {
            throw Validation.error("Query condition missed key schema element: " + attribute.name());
        }
        refuseIf(
                !part.values().stream().allMatch(attribute::fits),
                INVALID + "Condition parameter type does not match schema type");
        return part;
    }

    private static KeyRange narrowed(AttributeValue hash, Part part) {
        KeyRange all = KeyRange.ofHash(hash);
        ItemKey before = ItemKey.beside(Edge.BEFORE, hash, part.values().getFirst());
        ItemKey behind = ItemKey.beside(Edge.BEHIND, hash, part.values().getLast());
        return switch (part.operator()) {
            case LESS -> all.to(before);
            case LESS_OR_EQUAL -> all.to(behind);
            case GREATER -> all.from(behind);
            case GREATER_OR_EQUAL -> all.from(before);
            case BEGINS_WITH -> all.from(before).to(behind.at(Edge.BEHIND_PREFIX));
            default -> all.from(before).to(behind); // EQUAL and BETWEEN
        };
    }
}

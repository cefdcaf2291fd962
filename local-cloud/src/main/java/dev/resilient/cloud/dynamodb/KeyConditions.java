package dev.resilient.cloud.dynamodb;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.dynamodb.ItemKey.Edge;
import dev.resilient.cloud.dynamodb.expression.Comparator;
import dev.resilient.cloud.dynamodb.expression.Condition;
import dev.resilient.cloud.dynamodb.expression.DocumentPath;
import dev.resilient.cloud.dynamodb.expression.Operand;
import dev.resilient.cloud.dynamodb.value.Validation;
import dev.resilient.cloud.dynamodb.value.Value;
import dev.resilient.wire.ServiceError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Turns the condition of a KeyConditionExpression into the part of the table that it means. */
final class KeyConditions {
    private final KeySchema schema;

    private KeyConditions(KeySchema schema) {
        this.schema = schema;
    }

    /** Which part of a table with this schema satisfies the condition. */
    static KeyRange range(KeySchema schema, Condition condition) {
        return new KeyConditions(schema).range(condition);
    }

    /** One attribute's condition, with the values it is compared to. */
    private record Part(String attribute, Condition condition, List<Value> values) {}

    private KeyRange range(Condition condition) {
        Map<String, Part> parts = new LinkedHashMap<>();
        conjuncts(condition).map(KeyConditions::part).forEach(part -> {
            if (parts.put(part.attribute(), part) != null) {
                throw invalid("KeyConditionExpressions must only contain one condition per key");
            }
        });
        Part hash = required(parts, schema.hash());
        if (!(hash.condition() instanceof Condition.Comparison comparison)
                || comparison.comparator() != Comparator.EQUAL) {
            throw Validation.error("Query key condition not supported");
        }
        checkTypes(hash, schema.hash());
        Value hashValue = schema.hash().checked(hash.values().getFirst());
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

    private static Stream<Condition> conjuncts(Condition condition) {
        return condition instanceof Condition.And(Condition left, Condition right)
                ? Stream.concat(conjuncts(left), conjuncts(right))
                : Stream.of(condition);
    }

    private static Part part(Condition condition) {
        return switch (condition) {
            case Condition.Comparison comparison
            when comparison.comparator() != Comparator.NOT_EQUAL ->
                part(condition, comparison.left(), List.of(comparison.right()));
            case Condition.Comparison _ -> throw invalidOperator("<>");
            case Condition.Between between ->
                part(condition, between.operand(), List.of(between.lower(), between.upper()));
            case Condition.BeginsWith begins -> part(condition, begins.operand(), List.of(begins.prefix()));
            case Condition.And _ -> throw invalidOperator("AND");
            case Condition.Or _ -> throw invalidOperator("OR");
            case Condition.Not _ -> throw invalidOperator("NOT");
            case Condition.In _ -> throw invalidOperator("IN");
            case Condition.AttributeExists _ -> throw invalidOperator("attribute_exists");
            case Condition.AttributeNotExists _ -> throw invalidOperator("attribute_not_exists");
            case Condition.AttributeType _ -> throw invalidOperator("attribute_type");
            case Condition.Contains _ -> throw invalidOperator("contains");
        };
    }

    private static Part part(Condition condition, Operand operand, List<Operand> values) {
        if (!(operand instanceof Operand.At(DocumentPath path))) {
            throw invalid(
                    operand instanceof Operand.Size
                            ? "KeyConditionExpressions cannot contain nested operations"
                            : "No key attribute specified");
        }
        refuseIf(
                !path.steps().isEmpty(),
                () -> invalid("KeyConditionExpressions cannot have conditions on nested attributes"));
        List<Value> literals = values.stream()
                .map(value -> {
                    if (value instanceof Operand.Literal literal) {
                        return literal.value();
                    }
                    throw invalid("Invalid condition in KeyConditionExpression: Multiple attribute names used in one"
                            + " condition");
                })
                .toList();
        return new Part(path.attribute(), condition, literals);
    }

    private static Part required(Map<String, Part> parts, KeyAttribute attribute) {
        return Optional.ofNullable(parts.get(attribute.name()))
                .orElseThrow(() -> Validation.error("Query condition missed key schema element: " + attribute.name()));
    }

    private static void checkTypes(Part part, KeyAttribute attribute) {
        refuseIf(
                part.values().stream().anyMatch(value -> value.type() != attribute.type()),
                () -> Validation.invalidParameter("Condition parameter type does not match schema type"));
    }

    private static KeyRange narrowed(Value hash, Part part) {
        KeyRange all = KeyRange.ofHash(hash);
        Value value = part.values().getFirst();
        ItemKey before = ItemKey.beside(Edge.BEFORE, hash, value);
        ItemKey behind = ItemKey.beside(Edge.BEHIND, hash, value);
        if (part.condition() instanceof Condition.Comparison comparison) {
            return switch (comparison.comparator()) {
                case EQUAL -> all.from(before).to(behind);
                case LESS -> all.to(before);
                case LESS_OR_EQUAL -> all.to(behind);
                case GREATER -> all.from(behind);
                case GREATER_OR_EQUAL -> all.from(before);
                case NOT_EQUAL -> throw invalidOperator("<>");
            };
        }
        if (part.condition() instanceof Condition.Between) {
            return all.from(before)
                    .to(ItemKey.beside(Edge.BEHIND, hash, part.values().getLast()));
        }
        return Prefixes.next(value)
                .map(next -> all.from(before).to(ItemKey.beside(Edge.BEFORE, hash, next)))
                .orElseGet(() -> all.from(before));
    }

    private static ServiceError invalidOperator(String operator) {
        return invalid("Invalid operator used in KeyConditionExpression: " + operator);
    }

    private static ServiceError invalid(String message) {
        return Validation.error("Invalid KeyConditionExpression: " + message);
    }
}

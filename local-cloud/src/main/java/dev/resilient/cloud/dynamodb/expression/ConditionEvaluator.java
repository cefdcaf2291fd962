package dev.resilient.cloud.dynamodb.expression;

import dev.resilient.cloud.dynamodb.value.Value;
import dev.resilient.cloud.dynamodb.value.Value.BinaryValue;
import dev.resilient.cloud.dynamodb.value.Value.BooleanValue;
import dev.resilient.cloud.dynamodb.value.Value.ListValue;
import dev.resilient.cloud.dynamodb.value.Value.MapValue;
import dev.resilient.cloud.dynamodb.value.Value.NullValue;
import dev.resilient.cloud.dynamodb.value.Value.NumberValue;
import dev.resilient.cloud.dynamodb.value.Value.SetValue;
import dev.resilient.cloud.dynamodb.value.Value.StringValue;
import dev.resilient.cloud.dynamodb.value.ValueOrder;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntPredicate;

/**
 * Decides conditions on an item. What is missing, or of a type that an operator does not work on, makes a comparison false and
 * never an error; only {@code <>} is true of what is missing.
 */
public final class ConditionEvaluator {
    private final Map<String, Value> attributes;

    private ConditionEvaluator(Map<String, Value> attributes) {
        this.attributes = attributes;
    }

    /** Whether the condition holds for an item with these attributes; no attributes stand for an item that is not there. */
    public static boolean holds(Condition condition, Map<String, Value> attributes) {
        return new ConditionEvaluator(attributes).holds(condition);
    }

    private boolean holds(Condition condition) {
        return switch (condition) {
            case Condition.And and -> holds(and.left()) && holds(and.right());
            case Condition.Or or -> holds(or.left()) || holds(or.right());
            case Condition.Not not -> !holds(not.negated());
            case Condition.Comparison comparison -> compares(comparison);
            case Condition.Between between ->
                ordered(between.operand(), between.lower(), order -> order >= 0)
                        && ordered(between.operand(), between.upper(), order -> order <= 0);
            case Condition.In in -> in.candidates().stream().anyMatch(candidate -> equal(in.operand(), candidate));
            case Condition.AttributeExists exists ->
                exists.path().find(attributes).isPresent();
            case Condition.AttributeNotExists missing ->
                missing.path().find(attributes).isEmpty();
            case Condition.AttributeType typed ->
                typed.path()
                        .find(attributes)
                        .filter(value -> value.type() == typed.type())
                        .isPresent();
            case Condition.BeginsWith begins -> beginsWith(begins);
            case Condition.Contains contains -> contains(contains);
        };
    }

    private boolean compares(Condition.Comparison comparison) {
        Operand left = comparison.left();
        Operand right = comparison.right();
        return switch (comparison.comparator()) {
            case EQUAL -> equal(left, right);
            case NOT_EQUAL -> !equal(left, right);
            case LESS -> ordered(left, right, order -> order < 0);
            case LESS_OR_EQUAL -> ordered(left, right, order -> order <= 0);
            case GREATER -> ordered(left, right, order -> order > 0);
            case GREATER_OR_EQUAL -> ordered(left, right, order -> order >= 0);
        };
    }

    private boolean equal(Operand left, Operand right) {
        Optional<Value> value = value(left);
        return value.isPresent() && value.equals(value(right));
    }

    private boolean ordered(Operand left, Operand right, IntPredicate wanted) {
        Optional<Value> one = value(left);
        Optional<Value> two = value(right);
        if (one.isEmpty() || two.isEmpty()) {
            return false;
        }
        OptionalInt order = ValueOrder.compare(one.get(), two.get());
        return order.isPresent() && wanted.test(order.getAsInt());
    }

    private boolean beginsWith(Condition.BeginsWith condition) {
        Value whole = value(condition.operand()).orElse(null);
        Value prefix = value(condition.prefix()).orElse(null);
        if (whole instanceof StringValue(String text) && prefix instanceof StringValue(String start)) {
            return text.startsWith(start);
        }
        return whole instanceof BinaryValue text
                && prefix instanceof BinaryValue start
                && isAt(bytes(text), bytes(start), 0);
    }

    private boolean contains(Condition.Contains condition) {
        Value container = value(condition.container()).orElse(null);
        Value member = value(condition.member()).orElse(null);
        if (container == null || member == null) {
            return false;
        }
        return switch (container) {
            case StringValue text ->
                member instanceof StringValue part && text.string().contains(part.string());
            case BinaryValue text -> member instanceof BinaryValue part && contains(bytes(text), bytes(part));
            case ListValue list -> list.elements().contains(member);
            case SetValue set -> set.members().contains(member);
            case NumberValue _, BooleanValue _, NullValue _, MapValue _ -> false;
        };
    }

    private Optional<Value> value(Operand operand) {
        return switch (operand) {
            case Operand.At at -> at.path().find(attributes);
            case Operand.Literal literal -> Optional.of(literal.value());
            case Operand.Size size -> size.path().find(attributes).flatMap(ConditionEvaluator::size);
        };
    }

    private static Optional<Value> size(Value value) {
        return switch (value) {
            case StringValue string -> number(string.string().length());
            case BinaryValue binary -> number(bytes(binary).length);
            case SetValue set -> number(set.members().size());
            case ListValue list -> number(list.elements().size());
            case MapValue map -> number(map.entries().size());
            case NumberValue _, BooleanValue _, NullValue _ -> Optional.empty();
        };
    }

    private static Optional<Value> number(int size) {
        return Optional.of(new NumberValue(BigDecimal.valueOf(size)));
    }

    private static byte[] bytes(BinaryValue binary) {
        return binary.bytes().asByteArrayUnsafe();
    }

    private static boolean contains(byte[] text, byte[] part) {
        for (int i = 0; i + part.length <= text.length; i++) {
            if (isAt(text, part, i)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAt(byte[] text, byte[] part, int at) {
        return at + part.length <= text.length && Arrays.equals(text, at, at + part.length, part, 0, part.length);
    }
}

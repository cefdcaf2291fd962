package dev.resilient.cloud.dynamodb.expression;

import dev.resilient.cloud.dynamodb.value.ValueType;
import java.util.List;

/** A condition on an item, as ConditionExpression, FilterExpression and KeyConditionExpression state it. */
public sealed interface Condition {

    /** Both hold. */
    record And(Condition left, Condition right) implements Condition {}

    /** At least one holds. */
    record Or(Condition left, Condition right) implements Condition {}

    /** The other does not hold. */
    record Not(Condition negated) implements Condition {}

    /** Two operands compare as the operator says. */
    record Comparison(Operand left, Comparator comparator, Operand right) implements Condition {}

    /** The operand is neither below the lower nor above the upper bound. */
    record Between(Operand operand, Operand lower, Operand upper) implements Condition {}

    /** The operand equals one of the candidates. */
    record In(Operand operand, List<Operand> candidates) implements Condition {
        /** Keeps its own copy of the candidates. */
        public In {
            candidates = List.copyOf(candidates);
        }
    }

    /** There is a value at the path. */
    record AttributeExists(DocumentPath path) implements Condition {}

    /** There is no value at the path. */
    record AttributeNotExists(DocumentPath path) implements Condition {}

    /** The value at the path is of this type. */
    record AttributeType(DocumentPath path, ValueType type) implements Condition {}

    /** The string or binary begins with the other one. */
    record BeginsWith(Operand operand, Operand prefix) implements Condition {}

    /** The string has the other one in it, or the set or list has the other operand as a member. */
    record Contains(Operand container, Operand member) implements Condition {}
}

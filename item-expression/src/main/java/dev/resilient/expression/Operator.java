package dev.resilient.expression;

import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.Type.B;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.Type.L;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.Type.N;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.Type.S;

import dev.resilient.expression.Expression.Literal;
import dev.resilient.expression.value.AttributeValues;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What conditions and updates can compute, with what can be said of its operands without an item. */
@SuppressWarnings("ImmutableEnumChecker") // the sets of types are immutable
public enum Operator {
    AND("AND"),
    OR("OR"),
    NOT("NOT"),
    EQUAL("="),
    NOT_EQUAL("<>"),
    LESS("<", S, N, B),
    LESS_OR_EQUAL("<=", S, N, B),
    GREATER(">", S, N, B),
    GREATER_OR_EQUAL(">=", S, N, B),
    BETWEEN("BETWEEN", S, N, B),
    IN("IN"),
    ATTRIBUTE_EXISTS(Use.CONDITION, "attribute_exists", 1),
    ATTRIBUTE_NOT_EXISTS(Use.CONDITION, "attribute_not_exists", 1),
    ATTRIBUTE_TYPE(Use.CONDITION, "attribute_type", 2),
    BEGINS_WITH(Use.CONDITION, "begins_with", 2, S, B),
    CONTAINS(Use.CONDITION, "contains", 2),
    SIZE(Use.OPERAND, "size", 1),
    PLUS("+", N),
    MINUS("-", N),
    IF_NOT_EXISTS(Use.UPDATE, "if_not_exists", 2),
    LIST_APPEND(Use.UPDATE, "list_append", 2, L);

    /** Those whose first operand is a place and no value. */
    private static final Set<Operator> OF_PATHS =
            EnumSet.of(ATTRIBUTE_EXISTS, ATTRIBUTE_NOT_EXISTS, ATTRIBUTE_TYPE, SIZE, IF_NOT_EXISTS);

    private static final Set<Operator> COMPARATORS = EnumSet.range(EQUAL, GREATER_OR_EQUAL);

    /** Where a function may stand. */
    enum Use {
        /** It is no function. */
        SYMBOL,
        /** As a condition by itself. */
        CONDITION,
        /** As a value in a condition. */
        OPERAND,
        /** As a value that is set. */
        UPDATE
    }

    private final Use use;
    private final String symbol;
    private final int arity;
    private final Set<AttributeValue.Type> literals;

    Operator(String symbol, AttributeValue.Type... literals) {
        this(Use.SYMBOL, symbol, 0, literals);
    }

    Operator(Use use, String symbol, int arity, AttributeValue.Type... literals) {
        this.use = use;
        this.symbol = symbol;
        this.arity = arity;
        this.literals = Set.of(literals);
    }

    /** The function with this name. */
    static Optional<Operator> function(String name) {
        return Arrays.stream(values())
                .filter(operator -> operator.use != Use.SYMBOL && operator.symbol.equals(name))
                .findFirst();
    }

    /** The comparison with this symbol. */
    static Optional<Operator> comparator(String symbol) {
        return COMPARATORS.stream()
                .filter(operator -> operator.symbol.equals(symbol))
                .findFirst();
    }

    /** As written in an expression. */
    public String symbol() {
        return symbol;
    }

    Use use() {
        return use;
    }

    /** What is wrong with these operands, as far as that can be said without an item. */
    Optional<String> objection(List<Expression> operands) {
        Expression first = operands.getFirst();
        if (use != Use.SYMBOL && operands.size() != arity) {
            return Optional.of("Incorrect number of operands for operator or function; operator or function: " + symbol
                    + ", number of operands: " + operands.size());
        }
        boolean distinct = COMPARATORS.contains(this) || this == IN || this == CONTAINS;
        if (distinct && operands.subList(1, operands.size()).contains(first)) {
            return Optional.of("The first operand must be distinct from the remaining operands for this operator or "
                    + "function; operator: " + symbol + ", first operand: " + first);
        }
        for (Expression operand : operands) {
            if (operand instanceof Literal(String _, AttributeValue value) && !takes(value.type())) {
                return Optional.of(wrongType(value));
            }
        }
        return OF_PATHS.contains(this) && !(first instanceof DocumentPath)
                ? Optional.of("Operator or function requires a document path; operator or function: " + symbol)
                : Optional.empty();
    }

    private boolean takes(AttributeValue.Type type) {
        return this != SIZE && (literals.isEmpty() || literals.contains(type));
    }

    /** What is wrong with a value that it cannot work on. */
    String wrongType(AttributeValue value) {
        return "Incorrect operand type for operator or function; operator or function: " + symbol + ", operand type: "
                + AttributeValues.typeOf(value);
    }
}

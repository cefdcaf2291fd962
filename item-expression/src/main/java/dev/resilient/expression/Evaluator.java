package dev.resilient.expression;

import static dev.resilient.expression.value.Validation.refuseIf;

import dev.resilient.expression.Expression.Call;
import dev.resilient.expression.Expression.Literal;
import dev.resilient.expression.value.AttributeValues;
import dev.resilient.expression.value.Numbers;
import dev.resilient.expression.value.Validation;
import dev.resilient.expression.value.ValueOrder;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.BinaryOperator;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Computes expressions for an item. What is missing, or of a type that an operator does not work on, makes a condition false and
 * never an error; only {@code <>} is true of what is missing. What an update computes has to be there, and to fit.
 *
 * @param attributes of the item; none stand for an item that is not there
 */
public record Evaluator(Map<String, AttributeValue> attributes) {
    static final String WRONG_TYPE = "An operand in the update expression has an incorrect data type";

    /** Whether a condition holds. */
    public boolean holds(Expression condition) {
        if (!(condition instanceof Call(Operator operator, List<Expression> operands))) {
            throw new IllegalStateException("no condition: " + condition);
        }
        Expression first = operands.getFirst();
        Expression last = operands.getLast();
        return switch (operator) {
            case AND -> holds(first) && holds(last);
            case OR -> holds(first) || holds(last);
            case NOT -> !holds(first);
            case EQUAL -> both(first, last, AttributeValue::equals);
            case NOT_EQUAL -> !both(first, last, AttributeValue::equals);
            case LESS -> ordered(first, last, order -> order < 0);
            case LESS_OR_EQUAL -> ordered(first, last, order -> order <= 0);
            case GREATER -> ordered(first, last, order -> order > 0);
            case GREATER_OR_EQUAL -> ordered(first, last, order -> order >= 0);
            case BETWEEN ->
                ordered(first, operands.get(1), order -> order >= 0) && ordered(first, last, order -> order <= 0);
            case IN -> operands.stream().skip(1).anyMatch(each -> both(first, each, AttributeValue::equals));
            case ATTRIBUTE_EXISTS -> value(first).isPresent();
            case ATTRIBUTE_NOT_EXISTS -> value(first).isEmpty();
            case ATTRIBUTE_TYPE ->
                both(first, last, (value, type) -> AttributeValues.typeOf(value).equals(type.s()));
            case BEGINS_WITH ->
                both(first, last, (text, start) -> AttributeValues.relate(text, start, String::startsWith));
            case CONTAINS -> both(first, last, Evaluator::contains);
            case SIZE, PLUS, MINUS, IF_NOT_EXISTS, LIST_APPEND ->
                throw new IllegalStateException("no condition: " + condition);
        };
    }

    /** The value of an expression that is no condition, if there is one. */
    Optional<AttributeValue> value(Expression expression) {
        return switch (expression) {
            case DocumentPath path -> path.find(attributes);
            case Literal literal -> Optional.of(literal.value());
            case Call(Operator operator, List<Expression> operands) ->
                result(operator, operands.getFirst(), operands.getLast());
        };
    }

    /** The value of an expression that an update needs. */
    AttributeValue required(Expression expression) {
        return value(expression)
                .orElseThrow(() -> Validation.error(
                        "The provided expression refers to an attribute that does not exist in the item"));
    }

    private Optional<AttributeValue> result(Operator operator, Expression first, Expression last) {
        return switch (operator) {
            case SIZE -> value(first).flatMap(Evaluator::size);
            case PLUS -> Optional.of(number(required(first), required(last), BigDecimal::add));
            case MINUS -> Optional.of(number(required(first), required(last), BigDecimal::subtract));
            case IF_NOT_EXISTS -> value(first).or(() -> value(last));
            case LIST_APPEND -> {
                List<AttributeValue> both =
                        Stream.concat(list(first), list(last)).toList();
                yield Optional.of(AttributeValue.fromL(both));
            }
            default -> throw new IllegalStateException("no value: " + operator);
        };
    }

    private boolean both(Expression left, Expression right, BiPredicate<AttributeValue, AttributeValue> relation) {
        return value(left)
                .flatMap(one -> value(right).filter(two -> relation.test(one, two)))
                .isPresent();
    }

    private boolean ordered(Expression left, Expression right, IntPredicate wanted) {
        return both(
                left, right, (one, two) -> ValueOrder.compare(one, two).stream().anyMatch(wanted));
    }

    private static boolean contains(AttributeValue container, AttributeValue member) {
        return switch (container.type()) {
            case S, B -> AttributeValues.relate(container, member, String::contains);
            case L -> container.l().contains(member);
            case SS, NS, BS -> AttributeValues.members(container).contains(member);
            case N, BOOL, NUL, M, UNKNOWN_TO_SDK_VERSION -> false;
        };
    }

    private static Optional<AttributeValue> size(AttributeValue value) {
        int size =
                switch (value.type()) {
                    case S -> value.s().length();
                    case B -> value.b().asByteArrayUnsafe().length;
                    case SS, NS, BS -> AttributeValues.members(value).size();
                    case L -> value.l().size();
                    case M -> value.m().size();
                    case N, BOOL, NUL, UNKNOWN_TO_SDK_VERSION -> -1;
                };
        return size < 0 ? Optional.empty() : Optional.of(AttributeValue.fromN(Integer.toString(size)));
    }

    private Stream<AttributeValue> list(Expression expression) {
        AttributeValue value = required(expression);
        refuseIf(!value.hasL(), WRONG_TYPE);
        return value.l().stream();
    }

    /** What an update makes of two numbers. */
    static AttributeValue number(AttributeValue left, AttributeValue right, BinaryOperator<BigDecimal> operation) {
        refuseIf(left.n() == null || right.n() == null, WRONG_TYPE);
        BigDecimal result = operation.apply(new BigDecimal(left.n()), new BigDecimal(right.n()));
        return AttributeValue.fromN(Numbers.format(Numbers.checked(result)));
    }
}

package dev.resilient.expression;

import dev.resilient.expression.Expression.Call;
import dev.resilient.expression.Expression.Literal;
import dev.resilient.expression.Operator.Use;
import dev.resilient.expression.value.AttributeValues;
import dev.resilient.expression.value.ValueOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Parses conditions: {@code NOT} binds strongest, then {@code AND}, then {@code OR}. The grammar is that of "Comparison
 * operator and function reference" in the developer guide.
 */
record ConditionParser(ExpressionReader reader) {
    private static final Set<String> TYPES = Set.of("S", "N", "B", "BOOL", "NULL", "L", "M", "SS", "NS", "BS");

    static Expression parse(ExpressionReader reader) {
        Expression condition = new ConditionParser(reader).disjunction();
        reader.expectEnd();
        return condition;
    }

    private Expression disjunction() {
        return chain(Operator.OR, this::conjunction);
    }

    private Expression conjunction() {
        return chain(Operator.AND, this::negation);
    }

    private Expression chain(Operator operator, Supplier<Expression> part) {
        Expression condition = part.get();
        while (reader.accept(operator.symbol())) {
            reader.countOperator();
            condition = new Call(operator, List.of(condition, part.get()));
        }
        return condition;
    }

    private Expression negation() {
        reader.countOperator();
        return reader.accept(Operator.NOT.symbol()) ? new Call(Operator.NOT, List.of(negation())) : primary();
    }

    private Expression primary() {
        if (reader.accept("(")) {
            int inside = reader.position();
            Expression condition = disjunction();
            reader.refuseIf(reader.isOnePair(inside), () -> "The expression has redundant parentheses;");
            reader.expect(")");
            return condition;
        }
        return reader.isAtFunction() && !reader.peek().text().equals(Operator.SIZE.symbol())
                ? checked(reader.function(Use.CONDITION, this::operand))
                : comparison();
    }

    private Expression comparison() {
        Expression operand = operand();
        if (reader.accept(Operator.BETWEEN.symbol())) {
            Expression lower = operand();
            reader.expect(Operator.AND.symbol());
            return checked(reader.call(Operator.BETWEEN, List.of(operand, lower, operand())));
        }
        if (reader.accept(Operator.IN.symbol())) {
            reader.expect("(");
            List<Expression> operands = new ArrayList<>(List.of(operand));
            operands.addAll(reader.list(this::operand));
            reader.expect(")");
            return reader.call(Operator.IN, operands);
        }
        Operator comparator = Operator.comparator(reader.peek().text()).orElseThrow(reader::syntaxError);
        reader.next();
        return reader.call(comparator, List.of(operand, operand()));
    }

    private Expression operand() {
        return reader.operand(Use.OPERAND, this::operand);
    }

    /** What some calls demand of the values of the request. */
    private Call checked(Call call) {
        if (call.operator() == Operator.ATTRIBUTE_TYPE) {
            checkType(call.operands().getLast());
        }
        if (call.operator() == Operator.BETWEEN
                && call.operands().get(1) instanceof Literal(String _, AttributeValue lower)
                && call.operands().get(2) instanceof Literal(String _, AttributeValue upper)) {
            checkBounds(lower, upper);
        }
        return call;
    }

    private void checkType(Expression type) {
        if (!(type instanceof Literal literal)) {
            throw reader.syntaxError();
        }
        String name = literal.value().s();
        if (name == null) {
            throw reader.error(Operator.ATTRIBUTE_TYPE.wrongType(literal.value()));
        }
        reader.refuseIf(
                !TYPES.contains(name),
                () -> "Invalid attribute type name found; type: " + name
                        + ", valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}");
    }

    private void checkBounds(AttributeValue lower, AttributeValue upper) {
        String bounds = "lower bound operand: AttributeValue: " + shown(lower)
                + ", upper bound operand: AttributeValue: " + shown(upper);
        reader.refuseIf(
                lower.type() != upper.type(),
                () -> "The BETWEEN operator requires same data type for lower and upper bounds; " + bounds);
        reader.refuseIf(
                ValueOrder.compare(lower, upper).orElse(0) > 0,
                () -> "The BETWEEN operator requires upper bound to be greater than or equal to lower bound; "
                        + bounds);
    }

    /** {@code {S:text}}. */
    private static String shown(AttributeValue value) {
        String text = value.s() != null ? value.s() : value.n() != null ? value.n() : value.toString();
        return "{" + AttributeValues.typeOf(value) + ":" + text + "}";
    }
}

package dev.resilient.cloud.dynamodb.expression;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.dynamodb.value.ValueOrder;
import dev.resilient.wire.ServiceError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Parses conditions: {@code NOT} binds strongest, then {@code AND}, then {@code OR}. The grammar is that of "Comparison
 * operator and function reference" in the developer guide.
 */
final class ConditionParser {
    private final ExpressionReader reader;

    private ConditionParser(ExpressionReader reader) {
        this.reader = reader;
    }

    static Condition parse(ExpressionReader reader) {
        Condition condition = new ConditionParser(reader).disjunction();
        reader.expectEnd();
        return condition;
    }

    private Condition disjunction() {
        Condition condition = conjunction();
        while (reader.acceptKeyword("OR")) {
            reader.countOperator();
            condition = new Condition.Or(condition, conjunction());
        }
        return condition;
    }

    private Condition conjunction() {
        Condition condition = negation();
        while (reader.acceptKeyword("AND")) {
            reader.countOperator();
            condition = new Condition.And(condition, negation());
        }
        return condition;
    }

    private Condition negation() {
        if (reader.acceptKeyword("NOT")) {
            reader.countOperator();
            return new Condition.Not(negation());
        }
        return primary();
    }

    private Condition primary() {
        reader.countOperator();
        if (reader.acceptSymbol("(")) {
            boolean doubled = reader.peek().isSymbol("(");
            int inner = reader.position();
            Condition condition = disjunction();
            if (doubled && reader.closes(inner)) {
                throw reader.error("The expression has redundant parentheses;");
            }
            reader.expectSymbol(")");
            return condition;
        }
        if (reader.peek().kind() == Token.Kind.NAME
                && reader.secondIs("(")
                && !reader.peek().text().equals("size")) {
            return new FunctionParser(reader).condition();
        }
        return comparison();
    }

    private Condition comparison() {
        Operand operand = operand();
        if (reader.acceptKeyword("BETWEEN")) {
            Operand lower = operand();
            reader.expectKeyword("AND");
            return between(operand, lower, operand());
        }
        if (reader.acceptKeyword("IN")) {
            return in(operand);
        }
        Optional<Comparator> comparator = Comparator.of(reader.peek());
        if (comparator.isEmpty()) {
            throw reader.syntaxError();
        }
        reader.next();
        return comparison(operand, comparator.get(), operand());
    }

    private Condition comparison(Operand left, Comparator comparator, Operand right) {
        refuseIf(left.equals(right), () -> notDistinct(comparator.symbol(), left));
        if (comparator.needsOrder()) {
            requireOrdered(comparator.symbol(), left);
            requireOrdered(comparator.symbol(), right);
        }
        return new Condition.Comparison(left, comparator, right);
    }

    private Condition between(Operand operand, Operand lower, Operand upper) {
        requireOrdered("BETWEEN", operand);
        requireOrdered("BETWEEN", lower);
        requireOrdered("BETWEEN", upper);
        if (lower instanceof Operand.Literal(String _, var low)
                && upper instanceof Operand.Literal(String _, var high)) {
            String bounds = "lower bound operand: AttributeValue: " + Shown.value(low)
                    + ", upper bound operand: AttributeValue: " + Shown.value(high);
            if (low.type() != high.type()) {
                throw reader.error(
                        "The BETWEEN operator requires same data type for lower and upper bounds; " + bounds);
            }
            if (ValueOrder.compare(low, high).orElse(0) > 0) {
                throw reader.error(
                        "The BETWEEN operator requires upper bound to be greater than or equal to lower bound; "
                                + bounds);
            }
        }
        return new Condition.Between(operand, lower, upper);
    }

    private Condition in(Operand operand) {
        List<Operand> candidates = new ArrayList<>();
        reader.expectSymbol("(");
        do {
            reader.countOperator();
            candidates.add(operand());
        } while (reader.acceptSymbol(","));
        reader.expectSymbol(")");
        refuseIf(candidates.contains(operand), () -> notDistinct("IN", operand));
        return new Condition.In(operand, candidates);
    }

    private Operand operand() {
        if (reader.peek().kind() == Token.Kind.NAME && reader.secondIs("(")) {
            return new FunctionParser(reader).size();
        }
        return reader.pathOrLiteral();
    }

    private void requireOrdered(String operator, Operand operand) {
        if (operand instanceof Operand.Literal literal
                && !literal.value().type().isOrdered()) {
            throw FunctionParser.wrongType(reader, operator, literal.value().type());
        }
    }

    private ServiceError notDistinct(String operator, Operand first) {
        return reader.error(
                "The first operand must be distinct from the remaining operands for this operator or function; "
                        + "operator: " + operator + ", first operand: " + Shown.operand(first));
    }
}

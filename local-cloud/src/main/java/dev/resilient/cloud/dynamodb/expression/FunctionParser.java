package dev.resilient.cloud.dynamodb.expression;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.dynamodb.value.Value.StringValue;
import dev.resilient.cloud.dynamodb.value.ValueType;
import dev.resilient.wire.ServiceError;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Parses the functions of conditions, and checks what can be checked without an item. */
record FunctionParser(ExpressionReader reader) {
    private static final Set<String> OF_CONDITIONS =
            Set.of("attribute_exists", "attribute_not_exists", "attribute_type", "begins_with", "contains", "size");
    private static final Set<String> OF_UPDATES = Set.of("if_not_exists", "list_append");

    /** A function that is a condition by itself. */
    Condition condition() {
        String function = reader.next().text();
        List<Operand> operands = operands();
        return switch (function) {
            case "attribute_exists" -> new Condition.AttributeExists(onlyPath(function, operands));
            case "attribute_not_exists" -> new Condition.AttributeNotExists(onlyPath(function, operands));
            case "attribute_type" -> attributeType(operands);
            case "begins_with" -> beginsWith(operands);
            case "contains" -> contains(operands);
            default -> throw unknown(function);
        };
    }

    /** {@code size(path)}, the one function that gives a value. */
    Operand size() {
        String function = reader.next().text();
        refuseIf(
                !function.equals("size"),
                () -> isOfConditions(function)
                        ? reader.error("The function is not allowed to be used this way in an expression; function: "
                                + function)
                        : unknown(function));
        List<Operand> operands = operands();
        requireCount(function, operands, 1);
        if (operands.getFirst() instanceof Operand.Literal literal) {
            throw wrongType(reader, function, literal.value().type());
        }
        return new Operand.Size(path(function, operands.getFirst()));
    }

    /** The error for a literal that the operator or function cannot work on. */
    static ServiceError wrongType(ExpressionReader reader, String function, ValueType type) {
        return reader.error("Incorrect operand type for operator or function; operator or function: " + function
                + ", operand type: " + type);
    }

    private List<Operand> operands() {
        List<Operand> operands = new ArrayList<>();
        reader.expectSymbol("(");
        do {
            reader.countOperator();
            boolean isFunction = reader.peek().kind() == Token.Kind.NAME && reader.secondIs("(");
            operands.add(isFunction ? size() : reader.pathOrLiteral());
        } while (reader.acceptSymbol(","));
        reader.expectSymbol(")");
        return operands;
    }

    private Condition attributeType(List<Operand> operands) {
        requireCount("attribute_type", operands, 2);
        DocumentPath path = path("attribute_type", operands.getFirst());
        if (!(operands.getLast() instanceof Operand.Literal literal)) {
            throw reader.syntaxError();
        }
        if (!(literal.value() instanceof StringValue(String name))) {
            throw wrongType(reader, "attribute_type", literal.value().type());
        }
        ValueType type = ValueType.of(name)
                .orElseThrow(() -> reader.error("Invalid attribute type name found; type: " + name
                        + ", valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}"));
        return new Condition.AttributeType(path, type);
    }

    private Condition beginsWith(List<Operand> operands) {
        requireCount("begins_with", operands, 2);
        for (Operand operand : operands) {
            if (operand instanceof Operand.Literal literal
                    && literal.value().type() != ValueType.S
                    && literal.value().type() != ValueType.B) {
                throw wrongType(reader, "begins_with", literal.value().type());
            }
        }
        return new Condition.BeginsWith(operands.getFirst(), operands.getLast());
    }

    private Condition contains(List<Operand> operands) {
        requireCount("contains", operands, 2);
        if (operands.getFirst().equals(operands.getLast())) {
            throw reader.error("The first operand must be distinct from the remaining operands for this operator or "
                    + "function; operator: contains, first operand: " + Shown.operand(operands.getFirst()));
        }
        return new Condition.Contains(operands.getFirst(), operands.getLast());
    }

    private DocumentPath onlyPath(String function, List<Operand> operands) {
        requireCount(function, operands, 1);
        return path(function, operands.getFirst());
    }

    private DocumentPath path(String function, Operand operand) {
        if (operand instanceof Operand.At(DocumentPath path)) {
            return path;
        }
        throw reader.error("Operator or function requires a document path; operator or function: " + function);
    }

    private void requireCount(String function, List<Operand> operands, int count) {
        if (operands.size() != count) {
            throw reader.error("Incorrect number of operands for operator or function; operator or function: "
                    + function + ", number of operands: " + operands.size());
        }
    }

    /** Whether conditions have a function of this name. */
    static boolean isOfConditions(String function) {
        return OF_CONDITIONS.contains(function);
    }

    private ServiceError unknown(String function) {
        return reader.error(
                OF_UPDATES.contains(function)
                        ? "The function is not allowed in a condition expression; function: " + function
                        : "Invalid function name; function: " + function);
    }
}

package dev.resilient.cloud.dynamodb.expression;

import dev.resilient.cloud.dynamodb.expression.Update.Source;
import dev.resilient.cloud.dynamodb.value.Value;
import dev.resilient.cloud.dynamodb.value.Value.SetValue;
import dev.resilient.cloud.dynamodb.value.ValueType;
import dev.resilient.wire.ServiceError;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Parses updates: the sections SET, REMOVE, ADD and DELETE, each at most once, in any order. */
final class UpdateParser {
    private final ExpressionReader reader;
    private final List<Update.Put> sets = new ArrayList<>();
    private final List<DocumentPath> removals = new ArrayList<>();
    private final List<Update.Change> additions = new ArrayList<>();
    private final List<Update.Change> deletions = new ArrayList<>();

    private UpdateParser(ExpressionReader reader) {
        this.reader = reader;
    }

    static Update parse(ExpressionReader reader) {
        return new UpdateParser(reader).update();
    }

    private Update update() {
        Set<String> seen = new HashSet<>();
        while (reader.peek().kind() != Token.Kind.END) {
            String section = reader.peek().text().toUpperCase(Locale.ROOT);
            Runnable clause = clause(section);
            reader.next();
            do {
                reader.countOperator();
                clause.run();
            } while (reader.acceptSymbol(","));
            if (!seen.add(section)) {
                throw reader.error("The \"" + section + "\" section can only be used once in an update expression;");
            }
        }
        Update update = new Update(sets, removals, additions, deletions);
        PathOverlap.refuse(reader, update.paths());
        return update;
    }

    private Runnable clause(String section) {
        if (reader.peek().kind() != Token.Kind.NAME) {
            throw reader.syntaxError();
        }
        return switch (section) {
            case "SET" -> this::set;
            case "REMOVE" -> () -> removals.add(reader.path());
            case "ADD" -> () -> additions.add(change("ADD"));
            case "DELETE" -> () -> deletions.add(change("DELETE"));
            default -> throw reader.syntaxError();
        };
    }

    private void set() {
        DocumentPath path = reader.path();
        reader.expectSymbol("=");
        Source left = source();
        if (reader.peek().isSymbol("+") || reader.peek().isSymbol("-")) {
            String operator = reader.next().text();
            Source right = source();
            requireLiteral(operator, left, ValueType.N);
            requireLiteral(operator, right, ValueType.N);
            sets.add(new Update.Put(
                    path, operator.equals("+") ? new Source.Plus(left, right) : new Source.Minus(left, right)));
        } else {
            sets.add(new Update.Put(path, left));
        }
    }

    private Source source() {
        reader.countOperator();
        if (reader.acceptSymbol("(")) {
            Source inner = source();
            reader.expectSymbol(")");
            return inner;
        }
        if (reader.peek().kind() == Token.Kind.NAME && reader.secondIs("(")) {
            return function();
        }
        return new Source.Of(reader.pathOrLiteral());
    }

    private Source function() {
        String function = reader.next().text();
        List<Source> operands = new ArrayList<>();
        reader.expectSymbol("(");
        do {
            operands.add(source());
        } while (reader.acceptSymbol(","));
        reader.expectSymbol(")");
        return switch (function) {
            case "if_not_exists" -> ifNotExists(operands);
            case "list_append" -> listAppend(operands);
            default -> throw unknown(function);
        };
    }

    private Source ifNotExists(List<Source> operands) {
        requireTwo("if_not_exists", operands);
        if (!(operands.getFirst() instanceof Source.Of(Operand.At(DocumentPath path)))) {
            throw reader.error("Operator or function requires a document path; operator or function: if_not_exists");
        }
        return new Source.IfNotExists(path, operands.getLast());
    }

    private Source listAppend(List<Source> operands) {
        requireTwo("list_append", operands);
        operands.forEach(operand -> requireLiteral("list_append", operand, ValueType.L));
        return new Source.ListAppend(operands.getFirst(), operands.getLast());
    }

    private Update.Change change(String action) {
        DocumentPath path = reader.path();
        Value value = reader.literal().value();
        boolean fits = value instanceof SetValue || (action.equals("ADD") && value.type() == ValueType.N);
        if (!fits) {
            // AWS names the type set of ADD for DELETE as well.
            throw reader.error("Incorrect operand type for operator or function; operator: " + action
                    + ", operand type: " + value.type().longName() + ", typeSet: ALLOWED_FOR_ADD_OPERAND");
        }
        return new Update.Change(path, value);
    }

    private void requireTwo(String function, List<Source> operands) {
        if (operands.size() != 2) {
            throw reader.error("Incorrect number of operands for operator or function; operator or function: "
                    + function + ", number of operands: " + operands.size());
        }
    }

    /** Refuses a value of the request that is of another type; what is read from the item shows later. */
    private void requireLiteral(String operator, Source source, ValueType type) {
        if (source instanceof Source.Of(Operand.Literal literal)
                && literal.value().type() != type) {
            throw FunctionParser.wrongType(reader, operator, literal.value().type());
        }
    }

    private ServiceError unknown(String function) {
        return reader.error(
                FunctionParser.isOfConditions(function)
                        ? "The function is not allowed in an update expression; function: " + function
                        : "Invalid function name; function: " + function);
    }
}

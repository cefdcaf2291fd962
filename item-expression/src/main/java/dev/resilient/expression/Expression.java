package dev.resilient.expression;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What conditions and updates are made of: a tree of values, and of what is computed from them. Its text is that of messages. */
public sealed interface Expression permits DocumentPath, Expression.Literal, Expression.Call {

    /**
     * A value given with the request.
     *
     * @param placeholder {@code :name}
     */
    record Literal(String placeholder, AttributeValue value) implements Expression {
        @Override
        public String toString() {
            return placeholder;
        }
    }

    /** An operator or function with what it works on. */
    record Call(Operator operator, List<Expression> operands) implements Expression {
        /** Keeps its own copy of the operands. */
        public Call {
            operands = List.copyOf(operands);
        }

        @Override
        public String toString() {
            return operands.stream()
                    .map(Expression::toString)
                    .collect(Collectors.joining(", ", operator.symbol() + "(", ")"));
        }
    }

    /** Every path in it, in the order written. */
    default Stream<DocumentPath> paths() {
        return switch (this) {
            case DocumentPath path -> Stream.of(path);
            case Literal _ -> Stream.empty();
            case Call call -> call.operands().stream().flatMap(Expression::paths);
        };
    }
}

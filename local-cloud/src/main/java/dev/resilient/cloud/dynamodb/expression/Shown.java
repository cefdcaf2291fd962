package dev.resilient.cloud.dynamodb.expression;

import dev.resilient.cloud.dynamodb.value.AttributeValues;
import dev.resilient.cloud.dynamodb.value.Numbers;
import dev.resilient.cloud.dynamodb.value.Value;
import dev.resilient.cloud.dynamodb.value.Value.NumberValue;
import dev.resilient.cloud.dynamodb.value.Value.StringValue;

/** Operands and values as DynamoDB's messages show them. */
final class Shown {
    private Shown() {}

    /** {@code [a, b]} for a path, the placeholder for a value. */
    static String operand(Operand operand) {
        return switch (operand) {
            case Operand.At at -> at.path().toString();
            case Operand.Literal literal -> literal.placeholder();
            case Operand.Size size -> "size(" + size.path() + ")";
        };
    }

    /** {@code {S:text}}. */
    static String value(Value value) {
        return "{" + value.type() + ":" + content(value) + "}";
    }

    private static String content(Value value) {
        if (value instanceof StringValue string) {
            return string.string();
        }
        return value instanceof NumberValue number
                ? Numbers.format(number.number())
                : AttributeValues.write(value).toString();
    }
}

package dev.resilient.cloud.dynamodb.expression;

import dev.resilient.cloud.dynamodb.value.Value;

/** What conditions and updates work on. */
public sealed interface Operand {

    /** The value at a path, if there is one. */
    record At(DocumentPath path) implements Operand {}

    /**
     * A value given with the request.
     *
     * @param placeholder {@code :name}
     */
    record Literal(String placeholder, Value value) implements Operand {}

    /** {@code size(path)}: how long or how large the value at a path is. */
    record Size(DocumentPath path) implements Operand {}
}

package dev.resilient.cloud.dynamodb;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.dynamodb.value.Validation;
import dev.resilient.cloud.dynamodb.value.Value;
import dev.resilient.cloud.dynamodb.value.ValueSize;
import dev.resilient.cloud.dynamodb.value.ValueType;
import dev.resilient.wire.ServiceError;

/**
 * An attribute of a primary key.
 *
 * @param type S, N or B
 * @param maxBytes how large its values may be
 */
record KeyAttribute(String name, ValueType type, int maxBytes) {
    static final int MAX_HASH_BYTES = 2048;
    static final int MAX_RANGE_BYTES = 1024;

    /** Refuses a value that may not be a key: too large, or empty. The type is checked by the caller. */
    Value checked(Value value) {
        int size = ValueSize.of(value);
        refuseIf(
                size == 0,
                () -> Validation.error(
                        "One or more parameter values are not valid. The AttributeValue for a key attribute "
                                + "cannot contain an empty " + (type == ValueType.S ? "string" : "binary")
                                + " value. Key: " + name));
        refuseIf(size > maxBytes, () -> tooLarge());
        return value;
    }

    private ServiceError tooLarge() {
        return Validation.invalidParameter(
                maxBytes == MAX_HASH_BYTES
                        ? "Size of hashkey has exceeded the maximum size limit of2048 bytes"
                        : "Aggregated size of all range keys has exceeded the size limit of 1024 bytes");
    }
}

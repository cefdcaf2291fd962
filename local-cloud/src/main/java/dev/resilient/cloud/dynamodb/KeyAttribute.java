package dev.resilient.cloud.dynamodb;

import static dev.resilient.expression.value.Validation.INVALID;
import static dev.resilient.expression.value.Validation.refuseIf;

import dev.resilient.expression.value.ValueSize;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/**
 * An attribute of a primary key.
 *
 * @param role HASH if it decides where an item is kept, RANGE if it orders items with the same hash value
 */
record KeyAttribute(String name, KeyType role, ScalarAttributeType type) {
    private static final int MAX_HASH_BYTES = 2048;
    private static final int MAX_RANGE_BYTES = 1024;

    /** Whether the value is of the attribute's type. */
    boolean fits(AttributeValue value) {
        return value.type().name().equals(type.name());
    }

    /** Refuses a value that may not be a key: too large, or empty. The type is checked by the caller. */
    AttributeValue checked(AttributeValue value) {
        int size = ValueSize.of(value);
        refuseIf(
                size == 0,
                () -> "One or more parameter values are not valid. The AttributeValue for a key attribute cannot"
                        + " contain an"
                        + " empty"
                        + " " + (type == ScalarAttributeType.S ? "string" : "binary") + " value. Key: "
                        + name);
        refuseIf(
                role == KeyType.HASH && size > MAX_HASH_BYTES,
                INVALID + "Size of hashkey has exceeded the maximum size limit of2048 bytes");
        refuseIf(
                role == KeyType.RANGE && size > MAX_RANGE_BYTES,
                INVALID + "Aggregated size of all range keys has exceeded the size limit of 1024 bytes");
        return value;
    }
}

package dev.resilient.cloud.dynamodb.value;

import java.util.Optional;

/** The data types of DynamoDB; the constants are named as on the wire. */
public enum ValueType {
    S("STRING"),
    N("NUMBER"),
    B("BINARY"),
    BOOL("BOOL"),
    NULL("NULL"),
    L("LIST"),
    M("MAP"),
    SS("STRING_SET"),
    NS("NUMBER_SET"),
    BS("BINARY_SET");

    private final String longName;

    ValueType(String longName) {
        this.longName = longName;
    }

    /** The name that some of DynamoDB's messages use: {@code STRING}. */
    public String longName() {
        return longName;
    }

    /** Whether values of this type have an order: strings, numbers and binaries do. */
    public boolean isOrdered() {
        return this == S || this == N || this == B;
    }

    /** The type with this name on the wire. */
    public static Optional<ValueType> of(String name) {
        for (ValueType type : values()) {
            if (type.name().equals(name)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}

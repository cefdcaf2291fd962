package dev.resilient.cloud.dynamodb.value;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.core.SdkBytes;

/**
 * An attribute's value. Immutable, and equal exactly when DynamoDB's {@code =} holds: numbers by what they are worth, sets and
 * maps in any order.
 */
public sealed interface Value {

    /** The data type. */
    ValueType type();

    /** Type S. */
    record StringValue(String string) implements Value {
        @Override
        public ValueType type() {
            return ValueType.S;
        }
    }

    /** Type N. */
    record NumberValue(BigDecimal number) implements Value {
        /** Drops trailing zeros, so that 1 equals 1.0. */
        public NumberValue {
            number = number.stripTrailingZeros();
        }

        @Override
        public ValueType type() {
            return ValueType.N;
        }
    }

    /** Type B. */
    record BinaryValue(SdkBytes bytes) implements Value {
        @Override
        public ValueType type() {
            return ValueType.B;
        }
    }

    /** Type BOOL. */
    record BooleanValue(boolean bool) implements Value {
        @Override
        public ValueType type() {
            return ValueType.BOOL;
        }
    }

    /** Type NULL. */
    record NullValue() implements Value {
        @Override
        public ValueType type() {
            return ValueType.NULL;
        }
    }

    /** Type L. */
    record ListValue(List<Value> elements) implements Value {
        /** Keeps its own copy. */
        public ListValue {
            elements = List.copyOf(elements);
        }

        @Override
        public ValueType type() {
            return ValueType.L;
        }
    }

    /** Type M. */
    record MapValue(Map<String, Value> entries) implements Value {
        /** Keeps its own copy, in the same order. */
        public MapValue {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }

        @Override
        public ValueType type() {
            return ValueType.M;
        }
    }

    /** A value of the types SS, NS and BS: no duplicates, not empty, all members of one type. */
    sealed interface SetValue extends Value {
        /** The members, as values of the set's member type. */
        List<Value> members();

        /** The set of the same type with these members. */
        SetValue with(List<Value> members);
    }

    /** Type SS. */
    record StringSet(Set<String> strings) implements SetValue {
        /** Keeps its own copy, in the same order. */
        public StringSet {
            strings = Collections.unmodifiableSet(new LinkedHashSet<>(strings));
        }

        @Override
        public ValueType type() {
            return ValueType.SS;
        }

        @Override
        public List<Value> members() {
            return strings.stream().<Value>map(StringValue::new).toList();
        }

        @Override
        public SetValue with(List<Value> members) {
            return new StringSet(new LinkedHashSet<>(members.stream()
                    .map(member -> ((StringValue) member).string())
                    .toList()));
        }
    }

    /** Type NS. */
    record NumberSet(Set<BigDecimal> numbers) implements SetValue {
        /** Keeps its own copy, in the same order, without trailing zeros. */
        public NumberSet {
            numbers = Collections.unmodifiableSet(new LinkedHashSet<>(
                    numbers.stream().map(BigDecimal::stripTrailingZeros).toList()));
        }

        @Override
        public ValueType type() {
            return ValueType.NS;
        }

        @Override
        public List<Value> members() {
            return numbers.stream().<Value>map(NumberValue::new).toList();
        }

        @Override
        public SetValue with(List<Value> members) {
            return new NumberSet(new LinkedHashSet<>(members.stream()
                    .map(member -> ((NumberValue) member).number())
                    .toList()));
        }
    }

    /** Type BS. */
    record BinarySet(Set<SdkBytes> binaries) implements SetValue {
        /** Keeps its own copy, in the same order. */
        public BinarySet {
            binaries = Collections.unmodifiableSet(new LinkedHashSet<>(binaries));
        }

        @Override
        public ValueType type() {
            return ValueType.BS;
        }

        @Override
        public List<Value> members() {
            return binaries.stream().<Value>map(BinaryValue::new).toList();
        }

        @Override
        public SetValue with(List<Value> members) {
            return new BinarySet(new LinkedHashSet<>(members.stream()
                    .map(member -> ((BinaryValue) member).bytes())
                    .toList()));
        }
    }
}

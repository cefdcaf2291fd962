package dev.resilient.policy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.IntPredicate;

/**
 * The operators that compare one value of a key with one expected value. A value that is not of the operator's type matches
 * nothing.
 */
@SuppressWarnings("ImmutableEnumChecker") // every match is a pure function
enum ConditionOperator {
    STRING_EQUALS("StringEquals", false, String::equals),
    STRING_NOT_EQUALS("StringNotEquals", true, String::equals),
    STRING_EQUALS_IGNORE_CASE("StringEqualsIgnoreCase", false, String::equalsIgnoreCase),
    STRING_NOT_EQUALS_IGNORE_CASE("StringNotEqualsIgnoreCase", true, String::equalsIgnoreCase),
    STRING_LIKE("StringLike", false, ConditionOperator::like),
    STRING_NOT_LIKE("StringNotLike", true, ConditionOperator::like),
    NUMERIC_EQUALS("NumericEquals", false, numbers(order -> order == 0)),
    NUMERIC_NOT_EQUALS("NumericNotEquals", true, numbers(order -> order == 0)),
    NUMERIC_LESS_THAN("NumericLessThan", false, numbers(order -> order < 0)),
    NUMERIC_LESS_THAN_EQUALS("NumericLessThanEquals", false, numbers(order -> order <= 0)),
    NUMERIC_GREATER_THAN("NumericGreaterThan", false, numbers(order -> order > 0)),
    NUMERIC_GREATER_THAN_EQUALS("NumericGreaterThanEquals", false, numbers(order -> order >= 0)),
    DATE_EQUALS("DateEquals", false, dates(order -> order == 0)),
    DATE_NOT_EQUALS("DateNotEquals", true, dates(order -> order == 0)),
    DATE_LESS_THAN("DateLessThan", false, dates(order -> order < 0)),
    DATE_LESS_THAN_EQUALS("DateLessThanEquals", false, dates(order -> order <= 0)),
    DATE_GREATER_THAN("DateGreaterThan", false, dates(order -> order > 0)),
    DATE_GREATER_THAN_EQUALS("DateGreaterThanEquals", false, dates(order -> order >= 0)),
    BOOL("Bool", false, String::equalsIgnoreCase),
    BINARY_EQUALS("BinaryEquals", false, String::equals),
    IP_ADDRESS("IpAddress", false, ConditionOperator::inRange),
    NOT_IP_ADDRESS("NotIpAddress", true, ConditionOperator::inRange),
    ARN_EQUALS("ArnEquals", false, ConditionOperator::arnLike),
    ARN_LIKE("ArnLike", false, ConditionOperator::arnLike),
    ARN_NOT_EQUALS("ArnNotEquals", true, ConditionOperator::arnLike),
    ARN_NOT_LIKE("ArnNotLike", true, ConditionOperator::arnLike);

    private final String policyName;
    private final boolean negated;
    private final BiPredicate<String, String> match;

    ConditionOperator(String policyName, boolean negated, BiPredicate<String, String> match) {
        this.policyName = policyName;
        this.negated = negated;
        this.match = match;
    }

    /** The operator with this name in a policy, without set operator and {@code IfExists}. */
    static Optional<ConditionOperator> find(String policyName) {
        return Arrays.stream(values())
                .filter(operator -> operator.policyName.equals(policyName))
                .findFirst();
    }

    /** Whether the operator holds where {@link #matches} does not. */
    boolean negated() {
        return negated;
    }

    /** Whether the value is the expected one, or has the expected relation to it, negation apart. */
    boolean matches(String actual, String expected) {
        return match.test(actual, expected);
    }

    /** A value that takes the place of a variable in what is expected: in a pattern, its wildcards are none. */
    String quote(String value) {
        return policyName.endsWith("Like") || policyName.startsWith("Arn") ? Glob.literally(value) : value;
    }

    private static boolean like(String actual, String pattern) {
        return Glob.matches(pattern, actual);
    }

    private static boolean arnLike(String actual, String pattern) {
        return new ArnPattern(pattern).matches(actual);
    }

    private static BiPredicate<String, String> numbers(IntPredicate order) {
        return ordered(ConditionOperator::number, order);
    }

    private static BiPredicate<String, String> dates(IntPredicate order) {
        return ordered(ConditionOperator::date, order);
    }

    private static <T extends Comparable<T>> BiPredicate<String, String> ordered(
            Function<String, Optional<T>> parse, IntPredicate order) {
        return (actual, expected) -> parse.apply(actual)
                .flatMap(left -> parse.apply(expected).map(right -> order.test(left.compareTo(right))))
                .orElse(false);
    }

    private static Optional<BigDecimal> number(String text) {
        try {
            return Optional.of(new BigDecimal(text));
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }

    /** A date, a date and time with offset (ISO 8601), or seconds since 1970. */
    private static Optional<Instant> date(String text) {
        try {
            if (text.matches("\\d+")) {
                return Optional.of(Instant.ofEpochSecond(Long.parseLong(text)));
            }
            return Optional.of(
                    text.contains("T")
                            ? OffsetDateTime.parse(text).toInstant()
                            : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant());
        } catch (DateTimeException | NumberFormatException notADate) {
            return Optional.empty();
        }
    }

    /** Whether the address lies in the block, which may be a single address: {@code 203.0.113.0/24}, {@code ::1}. */
    private static boolean inRange(String address, String block) {
        String[] parts = block.split("/", 2);
        try {
            byte[] actual = InetAddress.ofLiteral(address).getAddress();
            byte[] network = InetAddress.ofLiteral(parts[0]).getAddress();
            int free = parts.length < 2 ? 0 : network.length * 8 - Integer.parseInt(parts[1]);
            return actual.length == network.length
                    && new BigInteger(1, actual).shiftRight(free).equals(new BigInteger(1, network).shiftRight(free));
        } catch (IllegalArgumentException notAnAddress) {
            return false;
        }
    }
}

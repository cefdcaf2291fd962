package dev.resilient.cloud.dynamodb.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.cloud.dynamodb.value.AttributeValues;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class ConditionEvaluatorTest {
    private static final Map<String, AttributeValue> ITEM = Map.of(
            "text", s("hello"),
            "other", s("hello"),
            "number", AttributeValue.fromN("10"),
            "bytes", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[] {1, (byte) 200, 3})),
            "flag", AttributeValue.fromBool(true),
            "nothing", AttributeValue.fromNul(true),
            "listing", AttributeValue.fromL(List.of(s("x"), AttributeValue.fromM(Map.of("deep", s("y"))))),
            "tags", AttributeValue.fromSs(List.of("red", "blue")),
            "primes", AttributeValue.fromNs(List.of("2", "3.0")));

    private static final Map<String, AttributeValue> VALUES = Map.of(
            ":hello", s("hello"),
            ":hell", s("hell"),
            ":x", s("x"),
            ":red", s("red"),
            ":ten", AttributeValue.fromN("1E1"),
            ":nine", AttributeValue.fromN("9"),
            ":three", AttributeValue.fromN("3"),
            ":bytes", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[] {1, (byte) 200})),
            ":typeS", s("S"),
            ":true", AttributeValue.fromBool(true));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text = :hello                          | true",
                "text = other                           | true",
                "number = :ten                          | true",
                "number = :hello                        | false",
                "number <> :hello                       | true",
                "missing = :hello                       | false",
                "missing <> :hello                      | true",
                "missing < :hello                       | false",
                "number > :nine                         | true",
                "number >= :ten                         | true",
                "number < :ten                          | false",
                "text > :nine                           | false",
                "text > :hell                           | true",
                "bytes > :bytes                         | true",
                "flag = :true                           | true",
                "number BETWEEN :nine AND :ten          | true",
                "number BETWEEN :three AND :nine        | false",
                "text IN (:x, :hello)                   | true",
                "text IN (:x, :hell)                    | false",
                "attribute_exists(nothing)              | true",
                "attribute_exists(listing[1].deep)      | true",
                "attribute_exists(listing[2])           | false",
                "attribute_exists(text.deep)            | false",
                "attribute_not_exists(missing)          | true",
                "attribute_type(text, :typeS)           | true",
                "attribute_type(number, :typeS)         | false",
                "begins_with(text, :hell)               | true",
                "begins_with(bytes, :bytes)             | true",
                "begins_with(number, :hell)             | false",
                "begins_with(:hello, :hell)             | true",
                "contains(text, :hell)                  | true",
                "contains(tags, :red)                   | true",
                "contains(tags, :x)                     | false",
                "contains(primes, :three)               | true",
                "contains(listing, :x)                  | true",
                "contains(bytes, :bytes)                | true",
                "contains(number, :ten)                 | false",
                "size(bytes) = :three                   | true",
                "size(listing) < :three                 | true",
                "size(number) < :nine                   | false",
                "size(listing[1].deep) < :three         | true",
                "NOT missing = :hello                   | true",
                "text = :x OR number = :ten             | true",
                "text = :hello AND number = :nine       | false",
                "NOT (text = :hello AND number = :nine) | true"
            })
    void a_condition_holds_or_not(String expression, boolean holds) {
        Condition condition = new Expressions(Map.of("#unused", "unused"), VALUES)
                .condition(ExpressionKind.CONDITION, expression)
                .orElseThrow();

        assertThat(ConditionEvaluator.holds(condition, AttributeValues.read(ITEM)))
                .isEqualTo(holds);
    }

    private static AttributeValue s(String text) {
        return AttributeValue.fromS(text);
    }
}

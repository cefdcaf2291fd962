package dev.resilient.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.expression.value.AttributeValues;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

class EvaluatorTest {
    private static final Map<String, AttributeValue> ITEM = Map.of(
            "caption", s("hello"),
            "sameCaption", s("hello"),
            "amount", AttributeValue.fromN("10"),
            "bytes", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[] {1, (byte) 200, 3})),
            "flag", AttributeValue.fromBool(true),
            "none_", AttributeValue.fromNul(true),
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
                "caption = :hello                          | true",
                "caption = sameCaption                           | true",
                "amount = :ten                          | true",
                "amount = :hello                        | false",
                "amount <> :hello                       | true",
                "absent = :hello                       | false",
                "absent <> :hello                      | true",
                "absent < :hello                       | false",
                "amount > :nine                         | true",
                "amount >= :ten                         | true",
                "amount < :ten                          | false",
                "caption > :nine                           | false",
                "caption > :hell                           | true",
                "bytes > :bytes                         | true",
                "flag = :true                           | true",
                "amount BETWEEN :nine AND :ten          | true",
                "amount BETWEEN :three AND :nine        | false",
                "caption IN (:x, :hello)                   | true",
                "caption IN (:x, :hell)                    | false",
                "attribute_exists(none_)              | true",
                "attribute_exists(listing[1].deep)      | true",
                "attribute_exists(listing[2])           | false",
                "attribute_exists(caption.deep)            | false",
                "attribute_not_exists(absent)          | true",
                "attribute_type(caption, :typeS)           | true",
                "attribute_type(amount, :typeS)         | false",
                "begins_with(caption, :hell)               | true",
                "begins_with(bytes, :bytes)             | true",
                "begins_with(amount, :hell)             | false",
                "begins_with(:hello, :hell)             | true",
                "contains(caption, :hell)                  | true",
                "contains(tags, :red)                   | true",
                "contains(tags, :x)                     | false",
                "contains(primes, :three)               | true",
                "contains(listing, :x)                  | true",
                "contains(bytes, :bytes)                | true",
                "contains(amount, :ten)                 | false",
                "size(bytes) = :three                   | true",
                "size(listing) < :three                 | true",
                "size(amount) < :nine                   | false",
                "size(listing[1].deep) < :three         | true",
                "NOT absent = :hello                   | true",
                "caption = :x OR amount = :ten             | true",
                "caption = :hello AND amount = :nine       | false",
                "NOT (caption = :hello AND amount = :nine) | true"
            })
    void a_condition_holds_or_not(String expression, boolean holds) {
        Expression condition = ConditionParser.parse(new ExpressionReader(
                ExpressionKind.CONDITION,
                expression,
                new Placeholders(PutItemRequest.builder()
                        .expressionAttributeValues(VALUES)
                        .build())));

        assertThat(new Evaluator(AttributeValues.checked(ITEM)).holds(condition))
                .isEqualTo(holds);
    }

    private static AttributeValue s(String text) {
        return AttributeValue.fromS(text);
    }
}

package dev.resilient.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.policy.PolicyDocument.Kind;
import dev.resilient.policy.PolicyEvaluator.Question;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "StringEquals | blue | blue | true",
                "StringEquals | blue | Blue | false",
                "StringNotEquals | blue | red | true",
                "StringNotEquals | blue | blue | false",
                "StringEqualsIgnoreCase | blue | BLUE | true",
                "StringNotEqualsIgnoreCase | blue | BLUE | false",
                "StringLike | b*e | blue | true",
                "StringLike | b?e | blue | false",
                "StringNotLike | b*e | green | true",
                "NumericEquals | 10 | 10.0 | true",
                "NumericNotEquals | 10 | 11 | true",
                "NumericLessThan | 10 | 9.5 | true",
                "NumericLessThan | 10 | 10 | false",
                "NumericLessThanEquals | 10 | 10 | true",
                "NumericGreaterThan | 10 | 9 | false",
                "NumericGreaterThanEquals | 10 | 10 | true",
                "NumericLessThan | 10 | ten | false",
                "DateLessThan | 2026-01-02T00:00:00Z | 2026-01-01T23:59:59Z | true",
                "DateLessThan | 2026-01-02 | 2026-01-02T00:00:00Z | false",
                "DateGreaterThanEquals | 2026-01-02T01:00:00+01:00 | 2026-01-02T00:00:00Z | true",
                "DateEquals | 1767312000 | 2026-01-02T00:00:00Z | true",
                "DateNotEquals | 1767312000 | 2026-01-02T00:00:00Z | false",
                "Bool | false | False | true",
                "Bool | true | false | false",
                "BinaryEquals | QmluYXJ5 | QmluYXJ5 | true",
                "IpAddress | 203.0.113.0/24 | 203.0.113.255 | true",
                "IpAddress | 203.0.113.0/25 | 203.0.113.128 | false",
                "IpAddress | 203.0.113.7 | 203.0.113.7 | true",
                "IpAddress | 2001:db8::/32 | 2001:db8:1::1 | true",
                "IpAddress | 203.0.113.0/24 | ::1 | false",
                "NotIpAddress | 203.0.113.0/24 | 198.51.100.1 | true",
                "ArnLike | arn:aws:sns:*:*:topic-? | arn:aws:sns:us-west-2:123456789012:topic-1 | true",
                "ArnEquals | arn:aws:sns:*:topic-1 | arn:aws:sns:us-west-2:123456789012:topic-1 | false",
                "ArnNotLike | arn:aws:sns:*:*:x | arn:aws:sns:us-west-2:123456789012:y | true",
                "ArnNotEquals | arn:aws:sns:*:*:y | arn:aws:sns:us-west-2:123456789012:y | false",
            })
    void each_operator_compares_as_its_type_does(String operator, String expected, String actual, boolean holds) {
        assertThat(holds(operator, "\"" + expected + "\"", List.of(actual))).isEqualTo(holds);
    }

    @ParameterizedTest
    @CsvSource({
        "StringEquals, false",
        "StringNotEquals, true",
        "NumericLessThan, false",
        "NotIpAddress, true",
        "StringEqualsIfExists, true",
        "StringNotEqualsIfExists, true",
        "ForAllValues:StringEquals, true",
        "ForAnyValue:StringEquals, false",
        "ForAllValues:StringNotEquals, true",
    })
    void a_missing_key_fails_a_test_unless_the_operator_says_otherwise(String operator, boolean holds) {
        assertThat(holds(operator, "\"10\"", List.of())).isEqualTo(holds);
    }

    @Test
    void null_tests_whether_the_key_is_there() {
        assertThat(holds("Null", "\"true\"", List.of())).isTrue();
        assertThat(holds("Null", "\"true\"", List.of("x"))).isFalse();
        assertThat(holds("Null", "false", List.of("x"))).isTrue();
        assertThat(holds("Null", "false", List.of())).isFalse();
    }

    @Test
    void one_expected_value_is_enough_and_a_negated_operator_admits_none() {
        assertThat(holds("StringEquals", "[\"a\", \"b\"]", List.of("b"))).isTrue();
        assertThat(holds("StringNotEquals", "[\"a\", \"b\"]", List.of("b"))).isFalse();
        assertThat(holds("StringNotEquals", "[\"a\", \"b\"]", List.of("c"))).isTrue();
    }

    @Test
    void set_operators_look_at_every_value_of_the_key() {
        assertThat(holds("ForAllValues:StringEquals", "[\"a\", \"b\"]", List.of("a", "b")))
                .isTrue();
        assertThat(holds("ForAllValues:StringEquals", "[\"a\", \"b\"]", List.of("a", "c")))
                .isFalse();
        assertThat(holds("ForAnyValue:StringEquals", "[\"a\", \"b\"]", List.of("c", "a")))
                .isTrue();
        assertThat(holds("ForAnyValue:StringEquals", "[\"a\", \"b\"]", List.of("c", "d")))
                .isFalse();
        assertThat(holds("ForAnyValue:StringNotEquals", "\"a\"", List.of("a", "b")))
                .isTrue();
    }

    @Test
    void every_operator_and_every_key_must_hold() {
        String both =
                "{\"StringEquals\": {\"color\": \"blue\", \"size\": \"10\"}, \"NumericLessThan\": {\"SIZE\": 11}}";

        assertThat(allows(both, Map.of("Color", List.of("blue"), "Size", List.of("10"))))
                .isTrue();
        assertThat(allows(both, Map.of("Color", List.of("red"), "Size", List.of("10"))))
                .isFalse();
        assertThat(allows(both, Map.of("Color", List.of("blue"), "Size", List.of("12"))))
                .isFalse();
    }

    private static boolean holds(String operator, String expected, List<String> actual) {
        String condition = "{\"" + operator + "\": {\"aws:key\": " + expected + "}}";
        return allows(condition, actual.isEmpty() ? Map.of() : Map.of("AWS:Key", actual));
    }

    private static boolean allows(String condition, Map<String, List<String>> context) {
        PolicyDocument policy = PolicyDocument.parse("""
            {"Version": "2012-10-17", "Statement": {
              "Effect": "Allow", "Action": "*", "Resource": "*", "Condition": %s}}
            """.formatted(condition), Kind.IDENTITY);
        Question question = new Question("s3:GetObject", "arn:aws:s3:::b/k", context);
        return PolicyEvaluator.evaluate(Map.of(PolicyType.IDENTITY, List.of(policy)), question)
                instanceof Outcome.Allowed;
    }
}

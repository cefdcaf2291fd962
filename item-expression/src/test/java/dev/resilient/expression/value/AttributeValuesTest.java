package dev.resilient.expression.value;

import static dev.resilient.expression.Errors.assertInvalid;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class AttributeValuesTest {
    private static final SdkBytes BYTES = SdkBytes.fromByteArray(new byte[] {1, 2});

    @Test
    void every_type_stays_as_it_is() {
        Map<String, AttributeValue> attributes = Map.of(
                "s", AttributeValue.fromS(""),
                "n", AttributeValue.fromN("1.5"),
                "b", AttributeValue.fromB(BYTES),
                "bool", AttributeValue.fromBool(false),
                "null", AttributeValue.fromNul(true),
                "l", AttributeValue.fromL(List.of()),
                "m",
                        AttributeValue.fromM(
                                Map.of("inner", AttributeValue.fromL(List.of(AttributeValue.fromM(Map.of()))))),
                "ss", AttributeValue.fromSs(List.of("a", "b")),
                "ns", AttributeValue.fromNs(List.of("2", "10")),
                "bs", AttributeValue.fromBs(List.of(BYTES)));

        assertThat(AttributeValues.checked(attributes)).isEqualTo(attributes);
    }

    @Test
    void a_value_has_exactly_one_type() {
        assertInvalid(
                "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes",
                () -> AttributeValues.checked(AttributeValue.builder().build()));
        assertInvalid(
                "Supplied AttributeValue has more than one datatypes set, "
                        + "must contain exactly one of the supported datatypes",
                () -> AttributeValues.checked(
                        AttributeValue.builder().s("1").n("1").build()));
    }

    @Test
    void sets_are_neither_empty_nor_do_they_repeat() {
        String invalid = "One or more parameter values were invalid: ";
        assertInvalid(
                invalid + "An string set  may not be empty",
                () -> AttributeValues.checked(AttributeValue.fromSs(List.of())));
        assertInvalid(
                invalid + "An number set  may not be empty",
                () -> AttributeValues.checked(AttributeValue.fromNs(List.of())));
        assertInvalid(
                invalid + "Binary sets should not be empty",
                () -> AttributeValues.checked(AttributeValue.fromBs(List.of())));
        assertInvalid(
                invalid + "Input collection [a, a] contains duplicates.",
                () -> AttributeValues.checked(AttributeValue.fromSs(List.of("a", "a"))));
        assertInvalid(
                "Input collection contains duplicates",
                () -> AttributeValues.checked(AttributeValue.fromNs(List.of("1", "1.0"))));
        assertInvalid(
                invalid + "Input collection of type BS contains duplicates.",
                () -> AttributeValues.checked(AttributeValue.fromBs(List.of(BYTES, BYTES))));
    }

    @Test
    void null_is_never_false() {
        assertInvalid(
                "One or more parameter values were invalid: Null attribute value types must have the value of true",
                () -> AttributeValues.checked(AttributeValue.fromNul(false)));
    }

    @Test
    void values_nest_32_levels_deep_and_no_deeper() {
        AttributeValue deepest = AttributeValue.fromS("x");
        for (int level = 1; level < 32; level++) {
            deepest = AttributeValue.fromL(List.of(deepest));
        }
        AttributeValue tooDeep = AttributeValue.fromM(Map.of("more", deepest));

        assertThat(AttributeValues.checked(deepest)).isEqualTo(deepest);
        assertInvalid("Nesting Levels have exceeded supported limits", () -> AttributeValues.checked(tooDeep));
    }

    @Test
    void values_are_equal_by_what_they_mean() {
        assertThat(read(AttributeValue.fromN("1.0"))).isEqualTo(read(AttributeValue.fromN("1")));
        assertThat(read(AttributeValue.fromNs(List.of("1", "2.0"))))
                .isEqualTo(read(AttributeValue.fromNs(List.of("2", "1"))));
        assertThat(read(AttributeValue.fromS("1"))).isNotEqualTo(read(AttributeValue.fromN("1")));
        assertThat(read(AttributeValue.fromNs(List.of("1", "2.0"))).hashCode())
                .isEqualTo(read(AttributeValue.fromNs(List.of("2", "1"))).hashCode());
    }

    @Test
    void numbers_are_plain_and_sets_in_order() {
        assertThat(read(AttributeValue.fromN("1.50e2"))).isEqualTo(AttributeValue.fromN("150"));
        assertThat(read(AttributeValue.fromNs(List.of("10", "2"))))
                .isEqualTo(AttributeValue.fromNs(List.of("2", "10")));
        assertThat(read(AttributeValue.fromSs(List.of("b", "a")))).isEqualTo(AttributeValue.fromSs(List.of("a", "b")));
        assertThat(read(AttributeValue.fromL(List.of(AttributeValue.fromM(Map.of("n", AttributeValue.fromN("1.0")))))))
                .isEqualTo(AttributeValue.fromL(List.of(AttributeValue.fromM(Map.of("n", AttributeValue.fromN("1"))))));
    }

    private static AttributeValue read(AttributeValue value) {
        return AttributeValues.checked(value);
    }
}

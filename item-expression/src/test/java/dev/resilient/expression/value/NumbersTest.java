package dev.resilient.expression.value;

import static dev.resilient.expression.Errors.assertInvalid;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumbersTest {

    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "1.0, 1",
        "-0, 0",
        "+5, 5",
        "007, 7",
        "1e3, 1000",
        "1.5E-3, 0.0015",
        ".5, 0.5",
        "5., 5",
        "-12.340, -12.34",
        "12345678901234567890123456789012345678, 12345678901234567890123456789012345678"
    })
    void numbers_are_written_plainly(String written, String plain) {
        assertThat(Numbers.format(Numbers.parse(written))).isEqualTo(plain);
    }

    @Test
    void the_largest_and_the_smallest_number_fit_and_no_other() {
        assertThat(Numbers.parse("9.9999999999999999999999999999999999999E+125"))
                .isPositive();
        assertThat(Numbers.parse("-1E-130")).isNegative();
        assertInvalid(
                "Number overflow. Attempting to store a number with magnitude larger than supported range",
                () -> Numbers.parse("1E126"));
        assertInvalid(
                "Number underflow. Attempting to store a number with magnitude smaller than supported range",
                () -> Numbers.parse("1E-131"));
        assertInvalid(
                "Attempting to store more than 38 significant digits in a Number",
                () -> Numbers.parse("123456789012345678901234567890123456789"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "1 ", "1e", "NaN", "0x10", "1_000", "٣", "--1", ".", "1E9999999999"})
    void what_is_no_number_is_refused(String text) {
        assertInvalid("The parameter cannot be converted to a numeric value: " + text, () -> Numbers.parse(text));
    }

    @Test
    void an_empty_number_is_refused() {
        assertInvalid("The parameter cannot be converted to a numeric value", () -> Numbers.parse(""));
    }
}

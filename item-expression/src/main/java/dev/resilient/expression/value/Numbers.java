package dev.resilient.expression.value;

import static dev.resilient.expression.value.Validation.refuseIf;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/** Numbers as DynamoDB takes them: up to 38 significant digits, magnitudes from 1E-130 to 9.9…E+125, and zero. */
public final class Numbers {
    private static final int MAX_DIGITS = 38;
    private static final int MAX_EXPONENT = 125;
    private static final int MIN_EXPONENT = -130;

    /** Longer than any number in range that is written without superfluous zeros. */
    private static final int MAX_LENGTH = 512;

    private static final Pattern SYNTAX = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,9})?");

    private static final String OVERFLOW =
            "Number overflow. Attempting to store a number with magnitude larger than supported range";
    private static final String UNDERFLOW =
            "Number underflow. Attempting to store a number with magnitude smaller than supported range";

    private Numbers() {}

    /** The number that {@code text} stands for. */
    public static BigDecimal parse(String text) {
        refuseIf(text.isEmpty(), "The parameter cannot be converted to a numeric value");
        refuseIf(
                text.length() > MAX_LENGTH || !SYNTAX.matcher(text).matches(),
                () -> "The parameter cannot be converted to a numeric value: " + text);
        return checked(new BigDecimal(text));
    }

    /** The same number, normalised, if DynamoDB can store it. */
    public static BigDecimal checked(BigDecimal number) {
        BigDecimal normal = number.stripTrailingZeros();
        if (normal.signum() == 0) {
            return BigDecimal.ZERO;
        }
        long exponent = (long) normal.precision() - normal.scale() - 1;
        refuseIf(exponent > MAX_EXPONENT, OVERFLOW);
        refuseIf(exponent < MIN_EXPONENT, UNDERFLOW);
        refuseIf(normal.precision() > MAX_DIGITS, "Attempting to store more than 38 significant digits in a Number");
        return normal;
    }

    /** The number as DynamoDB writes it: plain digits, no exponent, no superfluous zeros. */
    public static String format(BigDecimal number) {
        return number.toPlainString();
    }
}

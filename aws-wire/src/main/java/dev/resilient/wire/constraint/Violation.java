package dev.resilient.wire.constraint;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A member that breaks an input rule.
 *
 * @param path the member as error messages name it, in the letter case of the service's model: {@code Tags.1.member.Key}
 * @param value what was sent; null if nothing was
 * @param rule what is demanded: {@code Member must have length greater than or equal to 3}
 */
public record Violation(String path, @Nullable Object value, String rule) {

    private static final int MOST_SHOWN = 200;

    /** The text of most services: how many errors there are, and each of them. */
    public static String message(List<Violation> violations) {
        return violations.size() + " validation error" + (violations.size() == 1 ? "" : "s") + " detected: "
                + violations.stream().map(Violation::text).collect(Collectors.joining("; "));
    }

    private String text() {
        return "Value " + (value == null ? "null" : "'" + shown(value) + "'") + " at '" + path
                + "' failed to satisfy constraint: " + rule;
    }

    /** Texts are shown whole, so that they can be found; of anything else the beginning says what it is. */
    private static String shown(Object value) {
        String text = value.toString();
        return value instanceof String || text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "...";
    }

    /** Whether the violation is that a required member is absent. */
    public boolean isAbsence() {
        return value == null;
    }
}

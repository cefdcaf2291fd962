package dev.resilient.wire.constraint;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import software.amazon.awssdk.core.SdkBytes;

/**
 * The rules of one member of a request, as AWS's API models state them.
 *
 * @param min the least number, or the least length of a text, list, map or binary
 * @param max the greatest
 * @param pattern what the whole text must match
 * @param values the texts that are allowed; empty if all are
 */
record Constraint(
        boolean required, Optional<Double> min, Optional<Double> max, Optional<Pattern> pattern, List<String> values) {
    private static final String REQUIRED = "required";

    /** The rules in {@code required; min=1; max=255; pattern=[a-z]+}, or {@code enum=ONE|OTHER}. */
    static Constraint parse(String text) {
        String rest = text;
        boolean required = rest.startsWith(REQUIRED);
        Optional<Double> min = Optional.empty();
        Optional<Double> max = Optional.empty();
        while (!rest.isEmpty() && !rest.startsWith("pattern=") && !rest.startsWith("enum=")) {
            int end = rest.indexOf("; ");
            String part = end < 0 ? rest : rest.substring(0, end);
            if (part.startsWith("min=")) {
                min = Optional.of(Double.valueOf(part.substring("min=".length())));
            } else if (part.startsWith("max=")) {
                max = Optional.of(Double.valueOf(part.substring("max=".length())));
            } else if (!part.equals(REQUIRED)) {
                throw new IllegalArgumentException("no constraint: " + text);
            }
            rest = end < 0 ? "" : rest.substring(end + 2);
        }
        return new Constraint(required, min, max, pattern(rest), values(rest));
    }

    /** The rules that {@code value} breaks, in AWS's words. */
    List<String> broken(Object value) {
        return rules(value, false);
    }

    /** All rules for {@code value}, in AWS's words, if it breaks any of them; otherwise none. */
    List<String> allIfBroken(Object value) {
        return broken(value).isEmpty() ? List.of() : rules(value, true);
    }

    private List<String> rules(Object value, boolean keptToo) {
        List<String> rules = new ArrayList<>();
        double size = size(value);
        String what = value instanceof Number ? "Member must have value " : "Member must have length ";
        max.filter(most -> keptToo || size > most)
                .ifPresent(most -> rules.add(what + "less than or equal to " + number(most)));
        min.filter(least -> keptToo || size < least)
                .ifPresent(least -> rules.add(what + "greater than or equal to " + number(least)));
        if (value instanceof String text) {
            pattern.filter(regex -> keptToo || !regex.matcher(text).matches())
                    .ifPresent(regex -> rules.add("Member must satisfy regular expression pattern: " + regex));
            if (!values.isEmpty() && (keptToo || !values.contains(text))) {
                rules.add("Member must satisfy enum value set: [" + String.join(", ", values) + "]");
            }
        }
        return rules;
    }

    private static double size(Object value) {
        return switch (value) {
            case Number number -> number.doubleValue();
            case String text -> text.codePointCount(0, text.length());
            case Collection<?> collection -> collection.size();
            case Map<?, ?> map -> map.size();
            case SdkBytes bytes -> bytes.asByteArrayUnsafe().length;
            default -> 0;
        };
    }

    private static String number(double limit) {
        return limit == Math.rint(limit) ? Long.toString((long) limit) : Double.toString(limit);
    }

    /** The pattern; none if Java cannot compile it, since a rule that cannot be read must not refuse anybody. */
    private static Optional<Pattern> pattern(String text) {
        if (!text.startsWith("pattern=")) {
            return Optional.empty();
        }
        try {
            return Optional.of(Pattern.compile(text.substring("pattern=".length())));
        } catch (PatternSyntaxException foreign) {
            return Optional.empty();
        }
    }

    private static List<String> values(String text) {
        return text.startsWith("enum=")
                ? List.of(text.substring("enum=".length()).split("\\|"))
                : List.of();
    }
}

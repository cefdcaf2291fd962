package dev.resilient.policy;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Replaces policy variables, as in {@code arn:aws:s3:::home/${aws:username}/*}, by the values of condition keys.
 */
record Variables(Context context) {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{\\s*([^},]+?)\\s*(?:,\\s*'([^']*)'\\s*)?}");

    /**
     * The text with values in place of its variables; empty if one has no single value and no default, so that nothing matches.
     *
     * @param quote keeps wildcards in a value from meaning more than themselves
     */
    Optional<String> replace(String text, UnaryOperator<String> quote) {
        if (!text.contains("${")) {
            return Optional.of(text);
        }
        StringBuilder replaced = new StringBuilder();
        Matcher variable = VARIABLE.matcher(text);
        while (variable.find()) {
            Optional<String> value = value(variable.group(1)).or(() -> Optional.ofNullable(variable.group(2)));
            if (value.isEmpty()) {
                return Optional.empty();
            }
            variable.appendReplacement(replaced, Matcher.quoteReplacement(quote.apply(value.get())));
        }
        return Optional.of(variable.appendTail(replaced).toString());
    }

    /** The condition keys that a text has as variables. */
    static Stream<String> in(String text) {
        return VARIABLE.matcher(text)
                .results()
                .map(variable -> variable.group(1))
                .filter(key -> !isSign(key));
    }

    private Optional<String> value(String key) {
        if (isSign(key)) {
            return Optional.of(key);
        }
        List<String> values = context.values(key);
        return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
    }

    private static boolean isSign(String key) {
        return key.equals("*") || key.equals("?") || key.equals("$");
    }
}

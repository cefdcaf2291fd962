package dev.resilient.loadbalancer;

import dev.resilient.loadbalancer.rule.Wildcard;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a request must look like for a rule to apply to it. In a pattern {@code *} stands for any characters, also none, and {@code ?}
 * for exactly one; one of the patterns must match.
 */
public sealed interface Condition {
    /** The most characters of a pattern. */
    int MAXIMUM_LENGTH = 128;

    /** The patterns, at least one. */
    List<String> patterns();

    /** How many wildcards its patterns have together. */
    default int wildcards() {
        return patterns().stream().mapToInt(Wildcard::count).sum();
    }

    /**
     * Of the host asked for, without its port, in whatever case.
     *
     * @param patterns letters, digits, hyphens, dots and wildcards; at least one dot, and letters or wildcards behind the last one
     */
    record Host(List<String> patterns) implements Condition {
        private static final Pattern VALID = Pattern.compile("[A-Za-z0-9.*?-]*\\.[A-Za-z*?]+");

        /** @throws IllegalArgumentException if a pattern is not valid, naming it */
        public Host {
            patterns = checked(patterns, VALID, "host");
        }

        public Host(String... patterns) {
            this(List.of(patterns));
        }
    }

    /**
     * Of the path asked for, without the query, exactly as it was sent.
     *
     * @param patterns letters, digits, <code>_-.$/~"'@:+&amp;</code> and wildcards
     */
    record Path(List<String> patterns) implements Condition {
        private static final Pattern VALID = Pattern.compile("[A-Za-z0-9_.$/~\"'@:+&*?-]+");

        /** @throws IllegalArgumentException if a pattern is not valid, naming it */
        public Path {
            patterns = checked(patterns, VALID, "path");
        }

        public Path(String... patterns) {
            this(List.of(patterns));
        }
    }

    private static List<String> checked(List<String> patterns, Pattern valid, String what) {
        if (patterns.isEmpty()) {
            throw new IllegalArgumentException("a " + what + " condition needs a pattern");
        }
        for (String pattern : patterns) {
            if (pattern.length() > MAXIMUM_LENGTH || !valid.matcher(pattern).matches()) {
                throw new IllegalArgumentException("'" + pattern + "' is not a valid " + what + " pattern");
            }
        }
        return List.copyOf(patterns);
    }
}

package dev.resilient.loadbalancer;

import dev.resilient.loadbalancer.rule.AddressBlock;
import dev.resilient.loadbalancer.rule.Wildcard;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a request must look like for a rule to apply to it. In a pattern {@code *} stands for any characters, also none, and {@code ?}
 * for exactly one; one of the values must match.
 */
public sealed interface Condition {
    /** The most characters of a pattern. */
    int MAXIMUM_LENGTH = 128;
    /** The most characters of a method, or of the name of a header field. */
    int LONGEST_NAME = 40;

    /** How many values it has, at least one. */
    int size();

    /** How many wildcards its values have together. */
    default int wildcards() {
        return 0;
    }

    /** Whether a rule may have several of its kind. */
    default boolean isRepeatable() {
        return false;
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
            patterns = checked(patterns, VALID, MAXIMUM_LENGTH, "host pattern");
        }

        public Host(String... patterns) {
            this(List.of(patterns));
        }

        @Override
        public int size() {
            return patterns.size();
        }

        @Override
        public int wildcards() {
            return count(patterns);
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
            patterns = checked(patterns, VALID, MAXIMUM_LENGTH, "path pattern");
        }

        public Path(String... patterns) {
            this(List.of(patterns));
        }

        @Override
        public int size() {
            return patterns.size();
        }

        @Override
        public int wildcards() {
            return count(patterns);
        }
    }

    /**
     * Of a header field, in whatever case; if there are several of its name, of any of them.
     *
     * @param name at most 40 characters, in whatever case; not {@code Host}
     * @param patterns printable characters of ASCII
     */
    record Header(String name, List<String> patterns) implements Condition {
        private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
        private static final Pattern VALID = Pattern.compile("[ -~]+");

        /** @throws IllegalArgumentException if the name or a pattern is not valid, naming it */
        public Header {
            checked(List.of(name), NAME, LONGEST_NAME, "name of a header field");
            if (name.toLowerCase(Locale.ROOT).equals("host")) {
                throw new IllegalArgumentException("a condition on the host is not one on a header field");
            }
            patterns = checked(patterns, VALID, MAXIMUM_LENGTH, "header pattern");
        }

        @Override
        public int size() {
            return patterns.size();
        }

        @Override
        public int wildcards() {
            return count(patterns);
        }

        @Override
        public boolean isRepeatable() {
            return true;
        }
    }

    /**
     * Of the method, exactly.
     *
     * @param names at most 40 capital letters, hyphens and underscores each; no wildcards
     */
    record Method(List<String> names) implements Condition {
        private static final Pattern VALID = Pattern.compile("[A-Z_-]+");

        /** @throws IllegalArgumentException if a name is not valid, naming it */
        public Method {
            names = checked(names, VALID, LONGEST_NAME, "method");
        }

        @Override
        public int size() {
            return names.size();
        }
    }

    /**
     * Of the parameters in the query as it was sent, in whatever case. A backslash makes the wildcard behind it an ordinary character.
     *
     * @param parameters one of them must be among the request's
     */
    record Query(List<Parameter> parameters) implements Condition {
        private static final Pattern VALID = Pattern.compile("[!-~]+");

        /** @throws IllegalArgumentException if a key or a value is not valid, naming it */
        public Query {
            parameters = List.copyOf(parameters);
            checked(texts(parameters).toList(), VALID, MAXIMUM_LENGTH, "query pattern");
        }

        private static Stream<String> texts(List<Parameter> parameters) {
            return parameters.stream().flatMap(each -> Stream.concat(each.key().stream(), Stream.of(each.value())));
        }

        @Override
        public int size() {
            return parameters.size();
        }

        @Override
        public int wildcards() {
            return texts(parameters)
                    .map(Wildcard::escaped)
                    .mapToInt(Wildcard::count)
                    .sum();
        }

        @Override
        public boolean isRepeatable() {
            return true;
        }
    }

    /**
     * A parameter of a query.
     *
     * @param key empty for any, also for a value without a key
     */
    record Parameter(Optional<String> key, String value) {}

    /**
     * Of the address that the client's connection comes from.
     *
     * @param blocks of IPv4 or IPv6 addresses: {@code 192.0.2.0/24}
     */
    record Source(List<String> blocks) implements Condition {
        private static final Pattern VALID = Pattern.compile("[0-9A-Fa-f.:]+/[0-9]{1,3}");

        /** @throws IllegalArgumentException if a block is not valid, naming it */
        public Source {
            blocks = checked(blocks, VALID, MAXIMUM_LENGTH, "block of addresses");
            blocks.forEach(AddressBlock::parse);
        }

        @Override
        public int size() {
            return blocks.size();
        }
    }

    private static List<String> checked(List<String> values, Pattern valid, int longest, String what) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("a condition needs a value: no " + what + " is given");
        }
        for (String value : values) {
            if (value.length() > longest || !valid.matcher(value).matches()) {
                throw new IllegalArgumentException("'" + value + "' is not a valid " + what);
            }
        }
        return List.copyOf(values);
    }

    private static int count(List<String> patterns) {
        return patterns.stream()
                .map(Wildcard::exactly)
                .mapToInt(Wildcard::count)
                .sum();
    }
}

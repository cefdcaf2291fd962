package dev.resilient.cloud.identity;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The {@code Condition} of a statement: tests that must all hold. Within one test, one of the expected values is enough; with
 * a negated operator, none may match.
 *
 * @param tests every operator on every key
 */
public record Conditions(List<Test> tests) {

    /** Keeps its own copy. */
    public Conditions {
        tests = List.copyOf(tests);
    }

    /** The condition keys that are looked at, and those in variables. */
    List<String> keys() {
        return tests.stream().flatMap(Test::keys).toList();
    }

    /** Whether every test holds, given the keys of the request; {@code context} finds keys whatever their letter case. */
    boolean hold(Map<String, List<String>> context) {
        return tests.stream().allMatch(test -> test.holds(context));
    }

    /** Reads the element; one that is missing has no test. */
    static Conditions parse(JsonNode condition) {
        if (!condition.isMissingNode() && !condition.isObject()) {
            throw PolicyParser.syntaxErrors();
        }
        List<Test> tests = new ArrayList<>();
        condition.properties().forEach(block -> {
            if (!block.getValue().isObject()) {
                throw PolicyParser.syntaxErrors();
            }
            block.getValue()
                    .properties()
                    .forEach(key -> tests.add(test(block.getKey(), key.getKey(), values(key.getValue()))));
        });
        return new Conditions(tests);
    }

    private static Test test(String name, String key, List<String> expected) {
        if (name.equals("Null")) {
            return new Absence(key, expected.contains("true"));
        }
        Quantifier quantifier = Quantifier.of(name);
        String unquantified = name.substring(quantifier.prefix.length());
        boolean ifExists = unquantified.endsWith("IfExists");
        String operatorName = ifExists ? unquantified.substring(0, unquantified.length() - 8) : unquantified;
        ConditionOperator operator = ConditionOperator.find(operatorName)
                .orElseThrow(() -> PolicyParser.malformed("Invalid Condition type : " + name + "."));
        return new Comparison(operator, quantifier, ifExists, key, expected);
    }

    private static List<String> values(JsonNode node) {
        List<String> values = new ArrayList<>();
        for (JsonNode value : node.isArray() ? node : List.of(node)) {
            if (!value.isValueNode()) {
                throw PolicyParser.syntaxErrors();
            }
            values.add(value.asText());
        }
        return values;
    }

    /** One thing that must hold. */
    public sealed interface Test {

        /** The condition keys that it looks at. */
        Stream<String> keys();

        /** Whether it holds for a request with these keys. */
        boolean holds(Map<String, List<String>> context);
    }

    /**
     * {@code Null}: whether a key is absent, or present, as expected.
     *
     * @param absent whether the key must be absent
     */
    record Absence(String key, boolean absent) implements Test {
        @Override
        public Stream<String> keys() {
            return Stream.of(key);
        }

        @Override
        public boolean holds(Map<String, List<String>> context) {
            return context.getOrDefault(key, List.of()).isEmpty() == absent;
        }
    }

    /**
     * A comparison of the values of a key with expected ones.
     *
     * @param quantifier what it means for a key with several values
     * @param ifExists whether a missing key satisfies it
     */
    record Comparison(
            ConditionOperator operator, Quantifier quantifier, boolean ifExists, String key, List<String> expected)
            implements Test {

        @Override
        public Stream<String> keys() {
            return Stream.concat(Stream.of(key), expected.stream().flatMap(Variables::in));
        }

        @Override
        public boolean holds(Map<String, List<String>> context) {
            List<String> actual = context.getOrDefault(key, List.of());
            if (actual.isEmpty() && ifExists) {
                return true;
            }
            List<String> wanted = expected.stream()
                    .flatMap(value -> new Variables(context).replace(value, operator::quote).stream())
                    .toList();
            Predicate<String> satisfied =
                    value -> wanted.stream().anyMatch(each -> operator.matches(value, each)) != operator.negated();
            return switch (quantifier) {
                case FOR_ALL_VALUES -> actual.stream().allMatch(satisfied);
                case FOR_ANY_VALUE -> actual.stream().anyMatch(satisfied);
                case NONE ->
                    operator.negated()
                            ? actual.stream().allMatch(satisfied)
                            : actual.stream().anyMatch(satisfied);
            };
        }
    }

    /** The set operator before a condition operator. */
    enum Quantifier {
        FOR_ALL_VALUES("ForAllValues:"),
        FOR_ANY_VALUE("ForAnyValue:"),
        NONE("");

        private final String prefix;

        Quantifier(String prefix) {
            this.prefix = prefix;
        }

        private static Quantifier of(String name) {
            for (Quantifier quantifier : values()) {
                if (name.startsWith(quantifier.prefix)) {
                    return quantifier;
                }
            }
            return NONE;
        }
    }
}

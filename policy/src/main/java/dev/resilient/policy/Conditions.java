package dev.resilient.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
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

    /** Whether every test holds, given the keys of the request. */
    boolean hold(Context context) {
        return tests.stream().allMatch(test -> test.holds(context));
    }

    /** Reads the element; one that is missing has no test. */
    static Conditions parse(JsonNode condition) {
        PolicyParser.refuseIf(!condition.isMissingNode() && !condition.isObject(), PolicyParser.SYNTAX);
        List<Test> tests = new ArrayList<>();
        condition.properties().forEach(block -> {
            PolicyParser.refuseIf(!block.getValue().isObject(), PolicyParser.SYNTAX);
            block.getValue()
                    .properties()
                    .forEach(key -> tests.add(test(
                            block.getKey(), key.getKey(), PolicyParser.texts(key.getValue(), JsonNode::isValueNode))));
        });
        return new Conditions(tests);
    }

    private static Test test(String name, String key, List<String> expected) {
        if (name.equals("Null")) {
            return new Absence(key, expected.contains("true"));
        }
        String unquantified = name.replaceFirst("^(ForAllValues|ForAnyValue):", "");
        ConditionOperator operator = ConditionOperator.find(unquantified.replaceFirst("IfExists$", ""))
                .orElseThrow(() -> PolicyParser.malformed("Invalid Condition type : " + name + "."));
        boolean every = unquantified.equals(name) ? operator.negated() : name.startsWith("ForAllValues:");
        return new Comparison(operator, every, unquantified.endsWith("IfExists"), key, expected);
    }

    /** One thing that must hold. */
    public sealed interface Test {

        /** The condition keys that it looks at. */
        Stream<String> keys();

        /** Whether it holds for a request with these keys. */
        boolean holds(Context context);
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
        public boolean holds(Context context) {
            return context.values(key).isEmpty() == absent;
        }
    }

    /**
     * A comparison of the values of a key with expected ones.
     *
     * @param every whether each value of a key must satisfy it, and not just one; so a key without values satisfies it
     * @param ifExists whether a missing key satisfies it
     */
    record Comparison(ConditionOperator operator, boolean every, boolean ifExists, String key, List<String> expected)
            implements Test {

        @Override
        public Stream<String> keys() {
            return Stream.concat(Stream.of(key), expected.stream().flatMap(Variables::in));
        }

        @Override
        public boolean holds(Context context) {
            List<String> actual = context.values(key);
            if (actual.isEmpty() && ifExists) {
                return true;
            }
            List<String> wanted = expected.stream()
                    .flatMap(value -> new Variables(context).replace(value, operator::quote).stream())
                    .toList();
            Predicate<String> satisfied =
                    value -> wanted.stream().anyMatch(each -> operator.matches(value, each)) != operator.negated();
            return every ? actual.stream().allMatch(satisfied) : actual.stream().anyMatch(satisfied);
        }
    }
}

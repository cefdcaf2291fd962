package dev.resilient.endtoend.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a reply must look like: JSON of which every part must be in the reply, while the reply may hold more members.
 *
 * <p>Lists must be of the same length; {@code {has: [...]}} stands for a list that holds these elements, in any order, among
 * others, and {@code {size: 3}} for one of that length. Null stands for a member that is absent. Among texts
 * {@code <time>}, {@code <uuid>} and {@code <text>} stand for any of that form, and a text that begins with {@code ~} for a
 * regular expression; {@code <number>} stands for any number.
 */
record Expectation(JsonNode expected) {
    private static final Map<String, Pattern> FORMS = Map.of(
            "<time>", Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?(Z|\\+00:00)"),
            "<uuid>", Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"),
            "<text>", Pattern.compile(".+", Pattern.DOTALL));

    /** Where and how a reply differs; empty if it does not. */
    List<String> differences(JsonNode reply) {
        List<String> differences = new ArrayList<>();
        compare(expected, reply, "", differences);
        return differences;
    }

    private static void compare(JsonNode expected, JsonNode actual, String path, List<String> differences) {
        boolean same =
                switch (expected.getNodeType()) {
                    case NULL -> actual.isMissingNode() || actual.isNull();
                    case STRING ->
                        expected.textValue().equals("<number>")
                                ? actual.isNumber()
                                : actual.isTextual() && matches(expected.textValue(), actual.textValue());
                    case NUMBER -> actual.isNumber() && expected.decimalValue().compareTo(actual.decimalValue()) == 0;
                    case ARRAY -> actual.isArray() && actual.size() == expected.size();
                    case OBJECT -> isListForm(expected) ? hasForm(expected, actual) : actual.isObject();
                    case BOOLEAN, BINARY, MISSING, POJO -> expected.equals(actual);
                };
        if (!same) {
            differences.add((path.isEmpty() ? "/" : path) + " is " + actual + ", not " + expected);
        } else if (expected.isArray()) {
            for (int i = 0; i < expected.size(); i++) {
                compare(expected.get(i), actual.get(i), path + "/" + i, differences);
            }
        } else if (expected.isObject() && !isListForm(expected)) {
            expected.properties()
                    .forEach(member -> compare(
                            member.getValue(),
                            actual.path(member.getKey()),
                            path + "/" + member.getKey(),
                            differences));
        }
    }

    private static boolean isListForm(JsonNode expected) {
        return expected.has("has") || expected.has("size");
    }

    private static boolean hasForm(JsonNode form, JsonNode list) {
        return list.isArray()
                && (!form.has("size") || form.get("size").intValue() == list.size())
                && form.path("has").valueStream().allMatch(each -> list.valueStream()
                        .anyMatch(element ->
                                new Expectation(each).differences(element).isEmpty()));
    }

    private static boolean matches(String expected, String actual) {
        if (expected.startsWith("~")) {
            return Pattern.compile(expected.substring(1), Pattern.DOTALL)
                    .matcher(actual)
                    .matches();
        }
        Pattern form = FORMS.get(expected);
        return form == null ? expected.equals(actual) : form.matcher(actual).matches();
    }
}

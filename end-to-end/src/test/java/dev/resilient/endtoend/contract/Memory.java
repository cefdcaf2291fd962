package dev.resilient.endtoend.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What one client has seen so far in a chapter, for the cases that go on from there. */
final class Memory {
    private static final Pattern NAME = Pattern.compile("\\$\\{(\\w+)}");
    private final Map<String, String> values = new HashMap<>();

    void keep(String name, String value) {
        values.put(name, value);
    }

    /** This JSON with the value in place of every {@code ${name}}; in a regular expression the value stands for itself. */
    JsonNode fill(JsonNode source) {
        return switch (source.getNodeType()) {
            case OBJECT -> {
                ObjectNode object = JsonNodeFactory.instance.objectNode();
                source.properties().forEach(member -> object.set(fill(member.getKey()), fill(member.getValue())));
                yield object;
            }
            case ARRAY -> {
                ArrayNode array = JsonNodeFactory.instance.arrayNode();
                source.forEach(each -> array.add(fill(each)));
                yield array;
            }
            case STRING -> JsonNodeFactory.instance.textNode(fill(source.textValue()));
            case NUMBER, BOOLEAN, NULL, BINARY, MISSING, POJO -> source;
        };
    }

    private String fill(String text) {
        UnaryOperator<String> quote = text.startsWith("~") ? Pattern::quote : UnaryOperator.identity();
        return NAME.matcher(text).replaceAll(found -> Matcher.quoteReplacement(quote.apply(value(found.group(1)))));
    }

    private String value(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new AssertionError("${" + name + "} was not left by an earlier case");
        }
        return value;
    }
}

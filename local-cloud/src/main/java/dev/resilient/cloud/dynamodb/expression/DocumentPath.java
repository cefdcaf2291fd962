package dev.resilient.cloud.dynamodb.expression;

import dev.resilient.cloud.dynamodb.value.Value;
import dev.resilient.cloud.dynamodb.value.Value.ListValue;
import dev.resilient.cloud.dynamodb.value.Value.MapValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a value is inside an item: an attribute, then entries of maps and elements of lists.
 *
 * @param attribute the attribute at the top
 * @param steps the way down from there; empty for the attribute itself
 */
public record DocumentPath(String attribute, List<Step> steps) {

    /** Keeps its own copy of the steps. */
    public DocumentPath {
        steps = List.copyOf(steps);
    }

    /** One step down. */
    public sealed interface Step {
        /** Into the entry of a map. */
        record Entry(String name) implements Step {
            @Override
            public String toString() {
                return name;
            }
        }

        /** Into the element of a list, counted from zero. */
        record Element(int index) implements Step {
            @Override
            public String toString() {
                return "[" + index + "]";
            }
        }
    }

    /** The value at this path, if there is one. */
    public Optional<Value> find(Map<String, Value> attributes) {
        @Nullable Value value = attributes.get(attribute);
        for (Step step : steps) {
            value = switch (step) {
                case Step.Entry entry ->
                    value instanceof MapValue map ? map.entries().get(entry.name()) : null;
                case Step.Element element ->
                    value instanceof ListValue list
                                    && element.index() < list.elements().size()
                            ? list.elements().get(element.index())
                            : null;
            };
        }
        return Optional.ofNullable(value);
    }

    /** As DynamoDB's messages show it: {@code [a, b, [0]]}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("[").append(attribute);
        steps.forEach(step -> text.append(", ").append(step));
        return text.append(']').toString();
    }
}

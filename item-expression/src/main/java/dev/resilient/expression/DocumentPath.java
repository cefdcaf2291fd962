package dev.resilient.expression;

import dev.resilient.expression.value.Validation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Where a value is inside an item: an attribute, then entries of maps and elements of lists. Paths are ordered step by step.
 *
 * @param steps the way there; the first is the entry of the attribute
 */
public record DocumentPath(List<Step> steps) implements Expression, Comparable<DocumentPath> {

    /** Keeps its own copy of the steps. */
    public DocumentPath {
        steps = List.copyOf(steps);
    }

    /** One step down; entries are ordered by their names, elements by their index. */
    public sealed interface Step extends Comparable<Step> {

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

        /** What is there in a container; null if there is nothing, or this is not the step into such a container. */
        default @Nullable AttributeValue in(AttributeValue container) {
            return switch (this) {
                case Entry(String name) -> container.m().get(name);
                case Element(int index) ->
                    index < container.l().size() ? container.l().get(index) : null;
            };
        }

        /** The container with another value there, empty for none; an index behind the end of a list appends. */
        default AttributeValue change(AttributeValue container, Optional<AttributeValue> value) {
            switch (this) {
                case Entry(String name) -> {
                    Map<String, AttributeValue> entries = new LinkedHashMap<>(container.m());
                    value.ifPresentOrElse(entry -> entries.put(name, entry), () -> entries.remove(name));
                    return AttributeValue.fromM(entries);
                }
                case Element(int index) -> {
                    List<AttributeValue> elements = new ArrayList<>(container.l());
                    int at = Math.min(index, elements.size());
                    elements.subList(at, Math.min(at + 1, elements.size())).clear();
                    value.ifPresent(element -> elements.add(at, element));
                    return AttributeValue.fromL(elements);
                }
            }
        }

        @Override
        default int compareTo(Step other) {
            return this instanceof Element(int one) && other instanceof Element(int two)
                    ? Integer.compare(one, two)
                    : toString().compareTo(other.toString());
        }
    }

    /** The attribute at the top. */
    public String attribute() {
        return steps.getFirst().toString();
    }

    /** The value at this path, if there is one. */
    public Optional<AttributeValue> find(Map<String, AttributeValue> attributes) {
        Optional<AttributeValue> value = Optional.ofNullable(attributes.get(attribute()));
        for (Step step : steps.subList(1, steps.size())) {
            value = value.map(step::in);
        }
        return value;
    }

    /** The attributes with another value at this path, whose way there must exist; copies only what is on the way. */
    Map<String, AttributeValue> change(Map<String, AttributeValue> attributes, Optional<AttributeValue> value) {
        return change(AttributeValue.fromM(attributes), steps, value).m();
    }

    private static AttributeValue change(
            @Nullable AttributeValue container, List<Step> steps, Optional<AttributeValue> value) {
        Step step = steps.getFirst();
        if (container == null || !(step instanceof Step.Entry ? container.hasM() : container.hasL())) {
            throw Validation.error("The document path provided in the update expression is invalid for update");
        }
        List<Step> onward = steps.subList(1, steps.size());
        return step.change(
                container, onward.isEmpty() ? value : Optional.of(change(step.in(container), onward, value)));
    }

    @Override
    public int compareTo(DocumentPath other) {
        return Arrays.compare(array(), other.array());
    }

    /** What is wrong with having the other path beside this one: they {@code overlap}, or {@code conflict}; empty if nothing is. */
    Optional<String> clashWith(DocumentPath other) {
        int fork = Arrays.mismatch(array(), other.array());
        if (fork < 0 || fork == Math.min(steps.size(), other.steps.size())) {
            return Optional.of("overlap");
        }
        return steps.get(fork).getClass() == other.steps.get(fork).getClass()
                ? Optional.empty()
                : Optional.of("conflict");
    }

    private Step[] array() {
        return steps.toArray(Step[]::new);
    }

    /** As DynamoDB's messages show it: {@code [a, b, [0]]}. */
    @Override
    public String toString() {
        return steps.toString();
    }
}

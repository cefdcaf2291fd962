package dev.resilient.cloud.dynamodb.expression;

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

        /** What is there in a container; null if there is nothing, or this is not the step into such a container. */
        @Nullable
        AttributeValue in(AttributeValue container);

        /** Into the entry of a map. */
        record Entry(String name) implements Step {
            @Override
            public @Nullable AttributeValue in(AttributeValue container) {
                return container.m().get(name);
            }

            @Override
            public String toString() {
                return name;
            }
        }

        /** Into the element of a list, counted from zero. */
        record Element(int index) implements Step {
            @Override
            public @Nullable AttributeValue in(AttributeValue container) {
                return index < container.l().size() ? container.l().get(index) : null;
            }

            @Override
            public String toString() {
                return "[" + index + "]";
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

    @Override
    public int compareTo(DocumentPath other) {
        int same = sameSteps(other);
        return same == steps.size() || same == other.steps.size()
                ? Integer.compare(steps.size(), other.steps.size())
                : steps.get(same).compareTo(other.steps.get(same));
    }

    /** How many steps the two have in common. */
    private int sameSteps(DocumentPath other) {
        int same = 0;
        while (same < Math.min(steps.size(), other.steps.size())
                && steps.get(same).equals(other.steps.get(same))) {
            same++;
        }
        return same;
    }

    /** What is wrong with having the other path beside this one: they {@code overlap}, or {@code conflict}; empty if nothing is. */
    Optional<String> clashWith(DocumentPath other) {
        int same = sameSteps(other);
        if (same == Math.min(steps.size(), other.steps.size())) {
            return Optional.of("overlap");
        }
        return steps.get(same).getClass() == other.steps.get(same).getClass()
                ? Optional.empty()
                : Optional.of("conflict");
    }

    /** As DynamoDB's messages show it: {@code [a, b, [0]]}. */
    @Override
    public String toString() {
        return steps.toString();
    }
}

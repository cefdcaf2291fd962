package dev.resilient.cloud.dynamodb.expression;

import dev.resilient.cloud.dynamodb.expression.DocumentPath.Step;
import dev.resilient.cloud.dynamodb.value.Validation;
import dev.resilient.cloud.dynamodb.value.Value;
import dev.resilient.cloud.dynamodb.value.Value.ListValue;
import dev.resilient.cloud.dynamodb.value.Value.MapValue;
import dev.resilient.wire.ServiceError;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts values at paths and takes them away, copying only the maps and lists on the way there. For one thread. */
final class PathEditor {
    /** By attribute, then step by step; elements of one list by their index. */
    private static final Comparator<DocumentPath> BY_PLACE = PathEditor::compare;

    private final Map<String, Value> attributes;

    PathEditor(Map<String, Value> attributes) {
        this.attributes = new LinkedHashMap<>(attributes);
    }

    Map<String, Value> attributes() {
        return attributes;
    }

    /** Puts each value at its path, whose way there must exist; an index behind the end of a list appends. */
    PathEditor putAll(Map<DocumentPath, Value> values) {
        values.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(BY_PLACE))
                .forEach(put -> edit(put.getKey(), Optional.of(put.getValue())));
        return this;
    }

    /** Takes away what is at the paths, in a list from its end to its beginning, so that indices keep their meaning. */
    PathEditor removeAll(List<DocumentPath> paths) {
        paths.stream().sorted(BY_PLACE.reversed()).forEach(path -> edit(path, Optional.empty()));
        return this;
    }

    private void edit(DocumentPath path, Optional<Value> value) {
        editEntry(attributes, path.attribute(), path.steps(), value);
    }

    private static void editEntry(Map<String, Value> entries, String name, List<Step> steps, Optional<Value> value) {
        if (!steps.isEmpty()) {
            entries.put(name, edited(entries.get(name), steps, value));
        } else if (value.isPresent()) {
            entries.put(name, value.get());
        } else {
            entries.remove(name);
        }
    }

    private static void editElement(List<Value> elements, int index, List<Step> steps, Optional<Value> value) {
        if (!steps.isEmpty()) {
            elements.set(index, edited(index < elements.size() ? elements.get(index) : null, steps, value));
        } else if (value.isEmpty()) {
            if (index < elements.size()) {
                elements.remove(index);
            }
        } else if (index < elements.size()) {
            elements.set(index, value.get());
        } else {
            elements.add(value.get());
        }
    }

    private static Value edited(@Nullable Value container, List<Step> steps, Optional<Value> value) {
        List<Step> onward = steps.subList(1, steps.size());
        return switch (steps.getFirst()) {
            case Step.Entry(String name) -> {
                if (!(container instanceof MapValue map)) {
                    throw invalidPath();
                }
                Map<String, Value> entries = new LinkedHashMap<>(map.entries());
                editEntry(entries, name, onward, value);
                yield new MapValue(entries);
            }
            case Step.Element(int index) -> {
                if (!(container instanceof ListValue list)) {
                    throw invalidPath();
                }
                List<Value> elements = new ArrayList<>(list.elements());
                editElement(elements, index, onward, value);
                yield new ListValue(elements);
            }
        };
    }

    private static int compare(DocumentPath one, DocumentPath two) {
        int order = one.attribute().compareTo(two.attribute());
        int shorter = Math.min(one.steps().size(), two.steps().size());
        for (int i = 0; order == 0 && i < shorter; i++) {
            Step left = one.steps().get(i);
            Step right = two.steps().get(i);
            order = left instanceof Step.Element(int a) && right instanceof Step.Element(int b)
                    ? Integer.compare(a, b)
                    : left.toString().compareTo(right.toString());
        }
        return order;
    }

    private static ServiceError invalidPath() {
        return Validation.error("The document path provided in the update expression is invalid for update");
    }
}

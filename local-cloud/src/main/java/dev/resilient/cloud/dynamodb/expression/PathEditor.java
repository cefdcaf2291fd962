package dev.resilient.cloud.dynamodb.expression;

import dev.resilient.cloud.dynamodb.expression.DocumentPath.Step;
import dev.resilient.cloud.dynamodb.value.Validation;
import dev.resilient.wire.ServiceError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Puts a value at a path or takes it away, copying only the maps and lists on the way there. */
final class PathEditor {
    private PathEditor() {}

    /**
     * The attributes with another value at a path, whose way there must exist; an index behind the end of a list appends.
     *
     * @param value empty for none
     */
    static Map<String, AttributeValue> edited(
            Map<String, AttributeValue> attributes, DocumentPath path, Optional<AttributeValue> value) {
        return edited(attributes, path.attribute(), onward(path.steps()), value);
    }

    private static Map<String, AttributeValue> edited(
            Map<String, AttributeValue> entries, String name, List<Step> steps, Optional<AttributeValue> value) {
        Map<String, AttributeValue> edited = new LinkedHashMap<>(entries);
        edited(entries.get(name), steps, value)
                .ifPresentOrElse(entry -> edited.put(name, entry), () -> edited.remove(name));
        return edited;
    }

    private static List<AttributeValue> edited(
            List<AttributeValue> elements, int index, List<Step> steps, Optional<AttributeValue> value) {
        List<AttributeValue> edited = new ArrayList<>(elements);
        boolean isThere = index < elements.size();
        Optional<AttributeValue> element = edited(isThere ? elements.get(index) : null, steps, value);
        if (isThere) {
            element.ifPresentOrElse(each -> edited.set(index, each), () -> edited.remove(index));
        } else {
            element.ifPresent(edited::add);
        }
        return edited;
    }

    private static Optional<AttributeValue> edited(
            @Nullable AttributeValue before, List<Step> steps, Optional<AttributeValue> value) {
        if (steps.isEmpty()) {
            return value;
        }
        if (before != null && before.hasM() && steps.getFirst() instanceof Step.Entry(String name)) {
            return Optional.of(AttributeValue.fromM(edited(before.m(), name, onward(steps), value)));
        }
        if (before != null && before.hasL() && steps.getFirst() instanceof Step.Element(int index)) {
            return Optional.of(AttributeValue.fromL(edited(before.l(), index, onward(steps), value)));
        }
        throw invalidPath();
    }

    private static List<Step> onward(List<Step> steps) {
        return steps.subList(1, steps.size());
    }

    private static ServiceError invalidPath() {
        return Validation.error("The document path provided in the update expression is invalid for update");
    }
}

package dev.resilient.expression;

import dev.resilient.expression.DocumentPath.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Takes some paths out of an item: what a ProjectionExpression names, or what an update has touched.
 *
 * @param paths none of which lies inside another
 */
public record Projection(List<DocumentPath> paths) {
    /** Keeps its own copy. */
    public Projection {
        paths = List.copyOf(paths);
    }

    static Projection parse(ExpressionReader reader) {
        List<DocumentPath> paths = reader.list(reader::path);
        reader.expectEnd();
        reader.refuseClashes(paths);
        return new Projection(paths);
    }

    /**
     * What these attributes have at the paths. Maps keep their names, lists close ranks; a path that leads nowhere leaves
     * nothing.
     */
    public Map<String, AttributeValue> of(Map<String, AttributeValue> attributes) {
        return pick(
                        AttributeValue.fromM(attributes),
                        paths.stream().map(DocumentPath::steps).toList())
                .map(AttributeValue::m)
                .orElse(Map.of());
    }

    /** What is left of a value when only these ways into it are kept; a way without a step keeps all of it. */
    private static Optional<AttributeValue> pick(AttributeValue value, List<List<Step>> ways) {
        if (ways.contains(List.<Step>of())) {
            return Optional.of(value);
        }
        Map<String, AttributeValue> entries = new LinkedHashMap<>();
        List<AttributeValue> elements = new ArrayList<>();
        ways.stream()
                .collect(Collectors.groupingBy(
                        List::getFirst,
                        TreeMap::new,
                        Collectors.mapping(way -> way.subList(1, way.size()), Collectors.toList())))
                .forEach((step, onward) -> Optional.ofNullable(step.in(value))
                        .flatMap(inner -> pick(inner, onward))
                        .ifPresent(inner -> {
                            switch (step) {
                                case Step.Entry(String name) -> entries.put(name, inner);
                                case Step.Element _ -> elements.add(inner);
                            }
                        }));
        if (entries.isEmpty() && elements.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(entries.isEmpty() ? AttributeValue.fromL(elements) : AttributeValue.fromM(entries));
    }
}

package dev.resilient.cloud.dynamodb.expression;

import dev.resilient.cloud.dynamodb.expression.DocumentPath.Step;
import dev.resilient.cloud.dynamodb.value.Value;
import dev.resilient.cloud.dynamodb.value.Value.ListValue;
import dev.resilient.cloud.dynamodb.value.Value.MapValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Takes some paths out of an item: what a ProjectionExpression names, or what an update has touched. Immutable. */
public final class Projection {
    private final List<DocumentPath> paths;
    private final Branch root = new Branch();

    /** Takes these paths, none of which lies inside another. */
    public Projection(List<DocumentPath> paths) {
        this.paths = List.copyOf(paths);
        paths.forEach(path -> root.entry(path.attribute()).grow(path.steps()));
    }

    static Projection parse(ExpressionReader reader) {
        List<DocumentPath> paths = new ArrayList<>();
        do {
            paths.add(reader.path());
        } while (reader.acceptSymbol(","));
        reader.expectEnd();
        PathOverlap.refuse(reader, paths);
        return new Projection(paths);
    }

    /** The paths. */
    public List<DocumentPath> paths() {
        return paths;
    }

    /**
     * What these attributes have at the paths. Maps keep their names, lists close ranks; a path that leads nowhere leaves
     * nothing.
     */
    public Map<String, Value> of(Map<String, Value> attributes) {
        return root.pickEntries(attributes);
    }

    /** A place from which paths go on; one without any way on stands for everything there. */
    private static final class Branch {
        private final Map<String, Branch> entries = new LinkedHashMap<>();
        private final Map<Integer, Branch> elements = new TreeMap<>();

        Branch entry(String name) {
            return entries.computeIfAbsent(name, _ -> new Branch());
        }

        void grow(List<Step> steps) {
            Branch branch = this;
            for (Step step : steps) {
                branch = switch (step) {
                    case Step.Entry entry -> branch.entry(entry.name());
                    case Step.Element element -> branch.elements.computeIfAbsent(element.index(), _ -> new Branch());
                };
            }
        }

        Map<String, Value> pickEntries(Map<String, Value> from) {
            Map<String, Value> picked = new LinkedHashMap<>();
            entries.forEach((name, branch) -> Optional.ofNullable(from.get(name))
                    .flatMap(branch::pick)
                    .ifPresent(value -> picked.put(name, value)));
            return picked;
        }

        private Optional<Value> pick(Value value) {
            if (entries.isEmpty() && elements.isEmpty()) {
                return Optional.of(value);
            }
            if (value instanceof MapValue map) {
                Map<String, Value> picked = pickEntries(map.entries());
                return picked.isEmpty() ? Optional.empty() : Optional.of(new MapValue(picked));
            }
            if (value instanceof ListValue list) {
                List<Value> picked = pickElements(list.elements());
                return picked.isEmpty() ? Optional.empty() : Optional.of(new ListValue(picked));
            }
            return Optional.empty();
        }

        private List<Value> pickElements(List<Value> from) {
            List<Value> picked = new ArrayList<>();
            elements.forEach((index, branch) -> {
                if (index < from.size()) {
                    branch.pick(from.get(index)).ifPresent(picked::add);
                }
            });
            return picked;
        }
    }
}

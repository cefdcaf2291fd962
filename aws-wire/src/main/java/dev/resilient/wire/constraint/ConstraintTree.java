package dev.resilient.wire.constraint;

import dev.resilient.wire.shape.XmlShapeWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/** The rules of one operation's request, in the shape of the request: a node for each member that has rules at or below it. */
public final class ConstraintTree {
    /** Names of the elements of a list and of the two sides of a map, which no member has. */
    private static final String ELEMENT = "[]";

    private static final String KEY = "{key}";
    private static final String VALUE = "{value}";

    private final Map<String, ConstraintTree> parts = new LinkedHashMap<>();
    private Optional<Constraint> constraint = Optional.empty();

    /** How a member is named in messages. */
    public enum Naming {
        /** {@code keySchema.1.member.attributeName}: most services. */
        MODEL,
        /** {@code Filter.1.Name}: EC2. */
        WIRE;

        private String of(SdkField<?> field) {
            return switch (this) {
                case MODEL -> {
                    String name = field.memberName();
                    yield name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
                }
                case WIRE -> field.locationName();
            };
        }

        private String element() {
            return switch (this) {
                case MODEL -> ".member";
                case WIRE -> "";
            };
        }
    }

    /** Adds the rules of the member at a path like {@code Tags[].Key} or {@code Item{value}.S}. */
    void add(String path, Constraint rules) {
        ConstraintTree node = this;
        for (String step : path.replace(ELEMENT, "." + ELEMENT)
                .replace(KEY, "." + KEY)
                .replace(VALUE, "." + VALUE)
                .split("\\.")) {
            node = node.parts.computeIfAbsent(step, absent -> new ConstraintTree());
        }
        node.constraint = Optional.of(rules);
    }

    /** Every rule that {@code request} breaks, in the order of its members. */
    public List<Violation> check(SdkPojo request, Naming naming) {
        List<Violation> violations = new ArrayList<>();
        if (!parts.isEmpty()) {
            new Walk(naming, violations).members(this, request, "");
        }
        return violations;
    }

    private record Walk(Naming naming, List<Violation> violations) {

        void members(ConstraintTree tree, SdkPojo shape, String prefix) {
            for (SdkField<?> field : shape.sdkFields()) {
                ConstraintTree node = tree.parts.get(field.memberName());
                if (node != null) {
                    member(node, field.getValueOrDefault(shape), prefix + naming.of(field));
                }
            }
        }

        private void member(ConstraintTree node, @Nullable Object value, String path) {
            if (value == null || XmlShapeWriter.isAbsent(value)) {
                if (node.constraint.map(Constraint::required).orElse(false)) {
                    violations.add(new Violation(path, null, "Member must not be null"));
                }
            } else {
                present(node, value, path);
            }
        }

        private void present(ConstraintTree node, Object value, String path) {
            node.constraint.ifPresent(
                    rules -> rules.broken(value).forEach(broken -> violations.add(new Violation(path, value, broken))));
            below(node, value, path);
        }

        private void below(ConstraintTree node, @Nullable Object value, String path) {
            switch (value) {
                case null -> {}
                case SdkPojo shape when !node.parts.isEmpty() -> members(node, shape, path + ".");
                case List<?> list -> list(node.parts.get(ELEMENT), list, path);
                case Map<?, ?> map -> map(node, map, path);
                default -> {}
            }
        }

        private void list(@Nullable ConstraintTree element, List<?> list, String path) {
            for (int i = 0; element != null && i < list.size(); i++) {
                member(element, list.get(i), path + "." + (i + 1) + naming.element());
            }
        }

        /** What breaks the rules of keys or values is the map; what is wrong inside of a value has a path of its own. */
        private void map(ConstraintTree node, Map<?, ?> map, String path) {
            each("Map keys", node.parts.get(KEY), map, map.keySet(), path);
            ConstraintTree values = node.parts.get(VALUE);
            if (values != null) {
                each("Map value", values, map, map.values(), path);
                map.forEach((key, value) -> below(values, value, path + "." + key + naming.element()));
            }
        }

        private void each(
                String what, @Nullable ConstraintTree node, Map<?, ?> map, Collection<?> members, String path) {
            Optional.ofNullable(node).flatMap(each -> each.constraint).ifPresent(rules -> members.stream()
                    .filter(Objects::nonNull)
                    .map(rules::allIfBroken)
                    .filter(broken -> !broken.isEmpty())
                    .findFirst()
                    .ifPresent(all -> violations.add(new Violation(
                            path, map, what + " must satisfy constraint: [" + String.join(", ", all) + "]"))));
        }
    }
}

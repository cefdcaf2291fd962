package dev.resilient.expression;

import static dev.resilient.expression.value.Validation.refuseIf;

import dev.resilient.expression.value.AttributeValues;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The changes of an UpdateExpression.
 *
 * @param actions by section, and in each in the order written
 */
public record Update(List<Action> actions) {
    /** Without any change. */
    public static final Update NOTHING = new Update(List.of());

    /** Keeps its own copy. */
    public Update {
        actions = actions.stream().sorted(Comparator.comparing(Action::section)).toList();
    }

    /** What is done to a path. */
    enum Section {
        /** It gets the operand. */
        SET,
        /** It goes. */
        REMOVE,
        /** The operand is added to its number or set. */
        ADD,
        /** The operand is taken out of its set. */
        DELETE
    }

    /** One change; REMOVE has no operand. */
    record Action(Section section, DocumentPath path, Optional<Expression> operand) {}

    /** Every path that is changed. */
    public List<DocumentPath> paths() {
        return actions.stream().map(Action::path).toList();
    }

    /**
     * What becomes of an item's attributes. Every value is read from the item as it was before.
     *
     * @throws dev.resilient.wire.ServiceError {@code ValidationException} if the update does not fit the item
     */
    public Map<String, AttributeValue> of(Map<String, AttributeValue> before) {
        Evaluator evaluator = new Evaluator(before);
        NavigableMap<DocumentPath, Optional<AttributeValue>> changes = new TreeMap<>();
        actions.forEach(action -> changes.put(action.path(), changed(action, evaluator)));
        // In a list, what is put behind its end is appended in the order of the indices, and what is removed is removed
        // from the end on, so that indices keep their meaning.
        Map<String, AttributeValue> after = before;
        for (var put : changes.entrySet()) {
            after = put.getValue().isEmpty() ? after : put.getKey().change(after, put.getValue());
        }
        for (var removed : changes.descendingMap().entrySet()) {
            after = removed.getValue().isPresent() ? after : removed.getKey().change(after, removed.getValue());
        }
        return after;
    }

    /** What is at the path of an action then; empty for nothing. */
    private static Optional<AttributeValue> changed(Action action, Evaluator evaluator) {
        Optional<AttributeValue> operand = action.operand().map(evaluator::required);
        Optional<AttributeValue> old = evaluator.value(action.path());
        return switch (action.section()) {
            case SET, REMOVE -> operand;
            case ADD -> old.isEmpty() ? operand : Optional.of(sum(old.get(), operand.orElseThrow()));
            case DELETE -> old.flatMap(set -> difference(set, operand.orElseThrow()));
        };
    }

    private static AttributeValue sum(AttributeValue old, AttributeValue more) {
        return old.n() != null && more.n() != null
                ? Evaluator.number(old, more, BigDecimal::add)
                : AttributeValues.setOf(
                        Stream.concat(members(old, more).stream(), AttributeValues.members(more).stream())
                                .toList());
    }

    /** What is left of a set; empty when nothing is, since sets are never empty. */
    private static Optional<AttributeValue> difference(AttributeValue old, AttributeValue less) {
        Set<AttributeValue> rest = new LinkedHashSet<>(members(old, less));
        AttributeValues.members(less).forEach(rest::remove);
        return rest.isEmpty() ? Optional.empty() : Optional.of(AttributeValues.setOf(rest));
    }

    private static List<AttributeValue> members(AttributeValue set, AttributeValue ofSameType) {
        List<AttributeValue> members = AttributeValues.members(set);
        refuseIf(members.isEmpty() || set.type() != ofSameType.type(), Evaluator.WRONG_TYPE);
        return members;
    }
}

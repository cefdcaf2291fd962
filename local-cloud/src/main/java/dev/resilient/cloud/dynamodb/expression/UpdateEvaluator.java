package dev.resilient.cloud.dynamodb.expression;

import dev.resilient.cloud.dynamodb.expression.Update.Source;
import dev.resilient.cloud.dynamodb.value.Numbers;
import dev.resilient.cloud.dynamodb.value.Validation;
import dev.resilient.cloud.dynamodb.value.Value;
import dev.resilient.cloud.dynamodb.value.Value.ListValue;
import dev.resilient.cloud.dynamodb.value.Value.NumberValue;
import dev.resilient.cloud.dynamodb.value.Value.SetValue;
import dev.resilient.wire.ServiceError;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Applies updates to an item. Every value is read from the item as it was before. */
public final class UpdateEvaluator {
    private final Map<String, Value> before;

    private UpdateEvaluator(Map<String, Value> before) {
        this.before = before;
    }

    /** The attributes after the update; a {@code ValidationException} if it does not fit the item. */
    public static Map<String, Value> apply(Update update, Map<String, Value> before) {
        return new UpdateEvaluator(before).apply(update);
    }

    private Map<String, Value> apply(Update update) {
        Map<DocumentPath, Value> values = new LinkedHashMap<>();
        update.sets().forEach(set -> values.put(set.path(), value(set.source())));
        update.additions().forEach(add -> values.put(add.path(), sum(add)));
        List<DocumentPath> removals = new ArrayList<>(update.removals());
        update.deletions().forEach(delete -> difference(delete)
                .ifPresentOrElse(rest -> values.put(delete.path(), rest), () -> removals.add(delete.path())));
        return new PathEditor(before).putAll(values).removeAll(removals).attributes();
    }

    private Value value(Source source) {
        return switch (source) {
            case Source.Of of -> operand(of.operand());
            case Source.IfNotExists ifNotExists ->
                ifNotExists.path().find(before).orElseGet(() -> value(ifNotExists.fallback()));
            case Source.ListAppend append -> {
                List<Value> joined = new ArrayList<>(list(append.first()));
                joined.addAll(list(append.second()));
                yield new ListValue(joined);
            }
            case Source.Plus plus -> number(number(plus.left()).add(number(plus.right())));
            case Source.Minus minus -> number(number(minus.left()).subtract(number(minus.right())));
        };
    }

    private Value operand(Operand operand) {
        return switch (operand) {
            case Operand.Literal literal -> literal.value();
            case Operand.At at ->
                at.path()
                        .find(before)
                        .orElseThrow(() -> Validation.error(
                                "The provided expression refers to an attribute that does not exist in the item"));
            case Operand.Size _ -> throw new IllegalStateException("updates have no size()");
        };
    }

    private List<Value> list(Source source) {
        if (value(source) instanceof ListValue(List<Value> elements)) {
            return elements;
        }
        throw wrongType();
    }

    private BigDecimal number(Source source) {
        if (value(source) instanceof NumberValue(BigDecimal number)) {
            return number;
        }
        throw wrongType();
    }

    private Value sum(Update.Change change) {
        Optional<Value> old = change.path().find(before);
        if (old.isEmpty()) {
            return change.value();
        }
        if (old.get() instanceof NumberValue a && change.value() instanceof NumberValue b) {
            return number(a.number().add(b.number()));
        }
        SetValue set = sameSet(old.get(), change.value());
        Set<Value> members = new LinkedHashSet<>(set.members());
        members.addAll(((SetValue) change.value()).members());
        return set.with(List.copyOf(members));
    }

    /** What is left of a set; empty when nothing is, since sets are never empty. */
    private Optional<Value> difference(Update.Change change) {
        Optional<Value> old = change.path().find(before);
        if (old.isEmpty()) {
            return Optional.empty();
        }
        SetValue set = sameSet(old.get(), change.value());
        Set<Value> members = new LinkedHashSet<>(set.members());
        ((SetValue) change.value()).members().forEach(members::remove);
        return members.isEmpty() ? Optional.empty() : Optional.of(set.with(List.copyOf(members)));
    }

    private static SetValue sameSet(Value old, Value other) {
        if (old instanceof SetValue set && old.type() == other.type()) {
            return set;
        }
        throw wrongType();
    }

    private static Value number(BigDecimal number) {
        return new NumberValue(Numbers.checked(number));
    }

    private static ServiceError wrongType() {
        return Validation.error("An operand in the update expression has an incorrect data type");
    }
}

package dev.resilient.cloud.dynamodb.expression;

import dev.resilient.cloud.dynamodb.value.Value;
import java.util.List;
import java.util.stream.Stream;

/** The changes of an UpdateExpression, each list in the order written. */
public record Update(List<Put> sets, List<DocumentPath> removals, List<Change> additions, List<Change> deletions) {

    /** Keeps its own copies. */
    public Update {
        sets = List.copyOf(sets);
        removals = List.copyOf(removals);
        additions = List.copyOf(additions);
        deletions = List.copyOf(deletions);
    }

    /** SET: puts what the source gives at the path. */
    public record Put(DocumentPath path, Source source) {}

    /** ADD or DELETE: adds the value to what is at the path, or takes it away from there. */
    public record Change(DocumentPath path, Value value) {}

    /** Where SET has its value from. */
    public sealed interface Source {
        /** A path that must exist, or a value of the request. */
        record Of(Operand operand) implements Source {}

        /** The value at the path, or else the fallback. */
        record IfNotExists(DocumentPath path, Source fallback) implements Source {}

        /** The second list behind the first. */
        record ListAppend(Source first, Source second) implements Source {}

        /** The sum of two numbers. */
        record Plus(Source left, Source right) implements Source {}

        /** The difference of two numbers. */
        record Minus(Source left, Source right) implements Source {}
    }

    /** Every path that is changed. */
    public List<DocumentPath> paths() {
        return Stream.of(
                        sets.stream().map(Put::path),
                        removals.stream(),
                        additions.stream().map(Change::path),
                        deletions.stream().map(Change::path))
                .flatMap(paths -> paths)
                .toList();
    }
}

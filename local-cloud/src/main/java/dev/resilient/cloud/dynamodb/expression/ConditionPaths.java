package dev.resilient.cloud.dynamodb.expression;

import java.util.List;
import java.util.stream.Stream;

/** Which paths a condition looks at. */
public final class ConditionPaths {
    private ConditionPaths() {}

    /** Every path of the condition, in the order written. */
    public static Stream<DocumentPath> of(Condition condition) {
        return switch (condition) {
            case Condition.And and -> Stream.concat(of(and.left()), of(and.right()));
            case Condition.Or or -> Stream.concat(of(or.left()), of(or.right()));
            case Condition.Not not -> of(not.negated());
            case Condition.Comparison comparison -> ofAll(List.of(comparison.left(), comparison.right()));
            case Condition.Between between -> ofAll(List.of(between.operand(), between.lower(), between.upper()));
            case Condition.In in -> Stream.concat(ofAll(List.of(in.operand())), ofAll(in.candidates()));
            case Condition.AttributeExists exists -> Stream.of(exists.path());
            case Condition.AttributeNotExists missing -> Stream.of(missing.path());
            case Condition.AttributeType typed -> Stream.of(typed.path());
            case Condition.BeginsWith begins -> ofAll(List.of(begins.operand(), begins.prefix()));
            case Condition.Contains contains -> ofAll(List.of(contains.container(), contains.member()));
        };
    }

    private static Stream<DocumentPath> ofAll(List<Operand> operands) {
        return operands.stream().flatMap(operand -> switch (operand) {
            case Operand.At at -> Stream.of(at.path());
            case Operand.Size size -> Stream.of(size.path());
            case Operand.Literal _ -> Stream.empty();
        });
    }
}

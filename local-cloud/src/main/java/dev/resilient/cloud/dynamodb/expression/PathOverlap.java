package dev.resilient.cloud.dynamodb.expression;

import dev.resilient.cloud.dynamodb.expression.DocumentPath.Step;
import java.util.List;

/** Refuses paths of one expression that mean the same place, or one inside the other. */
final class PathOverlap {
    private PathOverlap() {}

    static void refuse(ExpressionReader reader, List<DocumentPath> paths) {
        for (int i = 1; i < paths.size(); i++) {
            for (int j = 0; j < i; j++) {
                check(reader, paths.get(j), paths.get(i));
            }
        }
    }

    private static void check(ExpressionReader reader, DocumentPath one, DocumentPath two) {
        if (!one.attribute().equals(two.attribute())) {
            return;
        }
        int shorter = Math.min(one.steps().size(), two.steps().size());
        for (int i = 0; i < shorter; i++) {
            Step left = one.steps().get(i);
            Step right = two.steps().get(i);
            if (left.getClass() != right.getClass()) {
                throw reader.error(message("conflict", one, two));
            }
            if (!left.equals(right)) {
                return;
            }
        }
        throw reader.error(message("overlap", one, two));
    }

    private static String message(String what, DocumentPath one, DocumentPath two) {
        return "Two document paths " + what + " with each other; must remove or rewrite one of these paths; path one: "
                + one + ", path two: " + two;
    }
}

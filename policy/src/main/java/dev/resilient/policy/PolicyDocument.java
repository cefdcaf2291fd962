package dev.resilient.policy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A policy in IAM's language, parsed.
 *
 * @param text the JSON that it was parsed from
 * @param statements in the order of the text
 */
public record PolicyDocument(String text, List<Statement> statements) {

    /** Keeps its own copy. */
    public PolicyDocument {
        statements = List.copyOf(statements);
    }

    /**
     * Parses and checks a policy.
     *
     * @throws MalformedPolicyException if it is no valid policy of its kind
     */
    public static PolicyDocument parse(String text, Kind kind) {
        return new PolicyParser(kind).parse(text);
    }

    /** The condition keys that the policy depends on: in conditions, and as variables. Each once, as it is first written. */
    public List<String> contextKeys() {
        Set<String> keys = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        return statements.stream()
                .flatMap(statement -> Stream.concat(
                        statement.conditions().keys().stream(),
                        statement.resources().patterns().stream().flatMap(Variables::in)))
                .filter(keys::add)
                .toList();
    }

    /** The condition keys without which a request may do more than with them: those that limit an allow, or that a deny needs. */
    public List<String> keysThatRestrict() {
        return statements.stream()
                .flatMap(statement -> statement.conditions().tests().stream()
                        .filter(test -> test.holds(Context.of(Map::of)) == (statement.effect() == Effect.ALLOW))
                        .flatMap(Conditions.Test::keys))
                .toList();
    }

    /** What a policy is attached to decides what it must contain. */
    public enum Kind {
        /** Says what a principal may do: has resources, and no principal. */
        IDENTITY,
        /** Says who may assume a role: has principals, and no resource. */
        TRUST
    }

    /** What a statement that applies leads to. */
    public enum Effect {
        /** Permits, unless another statement denies. */
        ALLOW,
        /** Forbids, whatever any other statement says. */
        DENY
    }

    /**
     * One statement. It applies when actions, resources and conditions all do, and in a trust policy the principals too.
     *
     * @param actions {@code Action} or {@code NotAction}
     * @param resources {@code Resource} or {@code NotResource}; everything in a trust policy
     * @param principals {@code Principal} or {@code NotPrincipal}; empty in an identity policy
     * @param conditions {@code Condition}; no test if absent
     */
    public record Statement(
            Effect effect,
            Selection actions,
            Selection resources,
            PrincipalElement principals,
            Conditions conditions) {}

    /**
     * What a list of patterns covers, or with {@code inverted} what it does not.
     *
     * @param inverted for {@code NotAction} and {@code NotResource}
     */
    public record Selection(List<String> patterns, boolean inverted) {
        static final Selection EVERYTHING = new Selection(List.of("*"), false);

        /** Keeps its own copy. */
        public Selection {
            patterns = List.copyOf(patterns);
        }

        boolean covers(Predicate<String> matches) {
            return patterns.stream().anyMatch(matches) != inverted;
        }
    }
}

package dev.resilient.cloud.identity;

import dev.resilient.cloud.identity.PolicyDocument.Effect;
import dev.resilient.cloud.identity.PolicyDocument.Statement;
import dev.resilient.cloud.identity.PrincipalElement.Requester;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * IAM's decision, pure: policies and a question in, an outcome out. An explicit deny in any policy wins over every allow;
 * without an allow the answer is no.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html">Policy evaluation
 *     logic</a>
 */
public final class PolicyEvaluator {
    private PolicyEvaluator() {}

    /** What the policies of a principal say to a question. */
    public static Outcome evaluate(Collection<PolicyDocument> policies, Question question) {
        return outcome(policies.stream().flatMap(policy -> policy.statements().stream()), question);
    }

    /** What the trust policy of a role says to {@code requester} who wants to assume it. */
    public static Trust trust(PolicyDocument policy, Requester requester, Question question) {
        return switch (about(policy, question, principals -> principals.covers(requester))) {
            case EXPLICITLY_DENIED -> Trust.DENIED;
            case IMPLICITLY_DENIED -> Trust.NONE;
            case ALLOWED ->
                about(policy, question, principals -> principals.names(requester)) == Outcome.ALLOWED
                        ? Trust.REQUESTER
                        : Trust.ACCOUNT;
        };
    }

    private static Outcome about(PolicyDocument policy, Question question, Predicate<PrincipalElement> principals) {
        return outcome(
                policy.statements().stream().filter(statement -> principals.test(statement.principals())), question);
    }

    private static Outcome outcome(Stream<Statement> statements, Question question) {
        List<Effect> effects = statements
                .filter(statement -> applies(statement, question))
                .map(Statement::effect)
                .toList();
        if (effects.contains(Effect.DENY)) {
            return Outcome.EXPLICITLY_DENIED;
        }
        return effects.contains(Effect.ALLOW) ? Outcome.ALLOWED : Outcome.IMPLICITLY_DENIED;
    }

    private static boolean applies(Statement statement, Question question) {
        String action = question.action().toLowerCase(Locale.ROOT);
        return statement.actions().covers(pattern -> Glob.matches(pattern.toLowerCase(Locale.ROOT), action))
                && statement.resources().covers(pattern -> new ArnPattern(pattern).matches(question.resource()))
                && statement.conditions().hold(question.context());
    }

    /** The answer to a question. */
    public enum Outcome {
        /** A statement allows and none denies. */
        ALLOWED,
        /** A statement denies. */
        EXPLICITLY_DENIED,
        /** No statement says anything. */
        IMPLICITLY_DENIED
    }

    /** How far a role trusts a requester. */
    public enum Trust {
        /** The requester may assume the role. */
        REQUESTER,
        /** The account is trusted: the requester's own policies must allow it as well. */
        ACCOUNT,
        /** The policy says nothing about the requester. */
        NONE,
        /** The policy denies it. */
        DENIED
    }

    /**
     * May this be done?
     *
     * @param action as in {@code dynamodb:GetItem}; letter case does not count
     * @param resource an ARN, or {@code *} for actions that know no resource
     * @param context condition keys with their values; the letter case of keys does not count
     */
    public record Question(String action, String resource, Map<String, List<String>> context) {

        /** Keeps its own copy of the context. */
        public Question {
            Map<String, List<String>> keys = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            keys.putAll(context);
            context = Collections.unmodifiableMap(keys);
        }
    }
}

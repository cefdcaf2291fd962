package dev.resilient.policy;

import dev.resilient.policy.PolicyDocument.Effect;
import dev.resilient.policy.PolicyDocument.Statement;
import dev.resilient.policy.PrincipalElement.Requester;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * IAM's decision, pure: policies and a question in, an outcome out. An explicit deny in any policy wins over every allow; then
 * each type of policy that is there must allow; without an allow the answer is no.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html">Policy evaluation
 *     logic</a>
 */
public final class PolicyEvaluator {
    private PolicyEvaluator() {}

    /** What policies say to a question; identity-based policies have to allow it, whether there are any or not. */
    public static Outcome evaluate(Map<PolicyType, ? extends Collection<PolicyDocument>> policies, Question question) {
        Map<PolicyType, List<Effect>> effects = new EnumMap<>(PolicyType.class);
        effects.put(PolicyType.IDENTITY, List.of());
        policies.forEach((type, documents) -> effects.put(
                type, effects(documents.stream().flatMap(policy -> policy.statements().stream()), question)));
        return outcome(effects);
    }

    /** The statements of a policy that apply to a question. */
    public static List<Statement> matching(PolicyDocument policy, Question question) {
        return policy.statements().stream()
                .filter(statement -> applies(statement, question))
                .toList();
    }

    /** What the trust policy of a role says to {@code requester} who wants to assume it. */
    public static Trust trust(PolicyDocument policy, Requester requester, Question question) {
        return switch (about(policy, question, principals -> principals.covers(requester))) {
            case Outcome.ExplicitlyDenied denied -> Trust.DENIED;
            case Outcome.ImplicitlyDenied denied -> Trust.NONE;
            case Outcome.Allowed allowed ->
                about(policy, question, principals -> principals.names(requester)) instanceof Outcome.Allowed
                        ? Trust.REQUESTER
                        : Trust.ACCOUNT;
        };
    }

    private static Outcome about(PolicyDocument policy, Question question, Predicate<PrincipalElement> principals) {
        Stream<Statement> about =
                policy.statements().stream().filter(statement -> principals.test(statement.principals()));
        return outcome(Map.of(PolicyType.TRUST, effects(about, question)));
    }

    private static List<Effect> effects(Stream<Statement> statements, Question question) {
        return statements
                .filter(statement -> applies(statement, question))
                .map(Statement::effect)
                .toList();
    }

    private static Outcome outcome(Map<PolicyType, List<Effect>> effects) {
        for (Map.Entry<PolicyType, List<Effect>> of : effects.entrySet()) {
            if (of.getValue().contains(Effect.DENY)) {
                return new Outcome.ExplicitlyDenied(of.getKey());
            }
        }
        for (Map.Entry<PolicyType, List<Effect>> of : effects.entrySet()) {
            if (of.getValue().isEmpty()) {
                return new Outcome.ImplicitlyDenied(of.getKey());
            }
        }
        return new Outcome.Allowed();
    }

    private static boolean applies(Statement statement, Question question) {
        String action = question.action().toLowerCase(Locale.ROOT);
        Variables variables = new Variables(question.context());
        return statement.actions().covers(pattern -> Glob.matches(pattern.toLowerCase(Locale.ROOT), action))
                && statement.resources().covers(pattern -> variables
                        .replace(pattern, Glob::literally)
                        .filter(replaced -> new ArnPattern(replaced).matches(question.resource()))
                        .isPresent())
                && statement.conditions().hold(question.context());
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
     * @param context the condition keys of the request
     */
    public record Question(String action, String resource, Context context) {

        /** With these condition keys. */
        public Question(String action, String resource, Map<String, List<String>> context) {
            this(action, resource, Context.of(() -> context));
        }
    }
}

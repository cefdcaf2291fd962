package dev.resilient.cloud.iam;

import dev.resilient.cloud.iam.Entities.Named;
import dev.resilient.policy.Outcome;
import dev.resilient.policy.PolicyDocument;
import dev.resilient.policy.PolicyDocument.Effect;
import dev.resilient.policy.PolicyEvaluator;
import dev.resilient.policy.PolicyEvaluator.Question;
import dev.resilient.policy.PolicyType;
import dev.resilient.wire.shape.Members;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.model.ContextEntry;
import software.amazon.awssdk.services.iam.model.EvaluationResult;
import software.amazon.awssdk.services.iam.model.PermissionsBoundaryDecisionDetail;
import software.amazon.awssdk.services.iam.model.PolicyEvaluationDecisionType;
import software.amazon.awssdk.services.iam.model.ResourceSpecificResult;
import software.amazon.awssdk.services.iam.model.Statement;

/**
 * Asks policies about actions on resources, pure. What is said about a request's context is all that is known about it.
 *
 * @param policies by type, as {@link PolicyEvaluator} has it
 * @param context condition keys with their values
 */
record Simulation(Map<PolicyType, List<Named>> policies, Map<String, List<String>> context) {
    private static final String EVERY_RESOURCE = "*";

    /** The condition keys of a request; their letter case does not count. */
    static Map<String, List<String>> context(List<ContextEntry> entries) {
        Map<String, List<String>> context = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        entries.forEach(entry -> context.put(entry.contextKeyName(), entry.contextKeyValues()));
        return context;
    }

    /** A result for each action on each resource; without resources, on all of them at once. */
    List<EvaluationResult> results(List<String> actions, List<String> resources) {
        List<String> each = resources.isEmpty() ? List.of(EVERY_RESOURCE) : resources;
        return actions.stream()
                .flatMap(action -> each.stream().map(resource -> result(action, resource)))
                .toList();
    }

    private EvaluationResult result(String action, String resource) {
        Question question = new Question(action, resource, context);
        PolicyEvaluationDecisionType decision = decision(PolicyEvaluator.evaluate(documents(), question));
        ResourceSpecificResult specific = ResourceSpecificResult.builder()
                .evalResourceName(resource)
                .evalResourceDecision(decision)
                .matchedStatements(matched(decision, question))
                .missingContextValues(missing())
                .permissionsBoundaryDecisionDetail(boundary(question))
                .build();
        var result = Members.copy(specific, EvaluationResult.builder())
                .evalActionName(action)
                .evalDecision(decision);
        // What is missing is told once: of the resource if there is one, else of the whole.
        return resource.equals(EVERY_RESOURCE)
                ? result.build()
                : result.missingContextValues(List.of())
                        .resourceSpecificResults(specific)
                        .build();
    }

    private Map<PolicyType, List<PolicyDocument>> documents() {
        Map<PolicyType, List<PolicyDocument>> documents = new EnumMap<>(PolicyType.class);
        policies.forEach((type, named) ->
                documents.put(type, named.stream().map(Named::document).toList()));
        return documents;
    }

    private static PolicyEvaluationDecisionType decision(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Allowed allowed -> PolicyEvaluationDecisionType.ALLOWED;
            case Outcome.ExplicitlyDenied denied -> PolicyEvaluationDecisionType.EXPLICIT_DENY;
            case Outcome.ImplicitlyDenied denied -> PolicyEvaluationDecisionType.IMPLICIT_DENY;
        };
    }

    /** The statements that make the decision: those that deny, if any does, else those that allow. */
    private List<Statement> matched(PolicyEvaluationDecisionType decision, Question question) {
        if (decision == PolicyEvaluationDecisionType.IMPLICIT_DENY) {
            return List.of();
        }
        Effect deciding = decision == PolicyEvaluationDecisionType.ALLOWED ? Effect.ALLOW : Effect.DENY;
        return named().flatMap(policy -> PolicyEvaluator.matching(policy.document(), question).stream()
                        .filter(statement -> statement.effect() == deciding)
                        .map(statement -> Statement.builder()
                                .sourcePolicyId(policy.name())
                                .sourcePolicyType("IAM Policy")
                                .build()))
                .toList();
    }

    private @Nullable PermissionsBoundaryDecisionDetail boundary(Question question) {
        List<PolicyDocument> boundary = documents().get(PolicyType.BOUNDARY);
        return boundary == null
                ? null
                : PermissionsBoundaryDecisionDetail.builder()
                        .allowedByPermissionsBoundary(
                                PolicyEvaluator.evaluate(Map.of(PolicyType.IDENTITY, boundary), question)
                                        instanceof Outcome.Allowed)
                        .build();
    }

    private List<String> missing() {
        return named().flatMap(policy -> policy.document().contextKeys().stream())
                .filter(key -> !context.containsKey(key))
                .distinct()
                .toList();
    }

    private Stream<Named> named() {
        return policies.values().stream().flatMap(Collection::stream);
    }
}

package dev.resilient.scenario.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.resilient.scenario.base.AwsClients.CallerAccount;
import dev.resilient.scenario.base.Environment;
import dev.resilient.scenario.base.Refusals;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.iam.model.ContextEntry;
import software.amazon.awssdk.services.iam.model.ContextKeyTypeEnum;
import software.amazon.awssdk.services.iam.model.EvaluationResult;
import software.amazon.awssdk.services.iam.model.PolicyEvaluationDecisionType;

/**
 * Asks IAM whether the caller may do what the policy of a deployer allows, statement by statement. The answer is a note and never a
 * refusal: a simulation knows neither every policy of an organization nor every way to write one.
 */
final class Permissions {
    /** What the names in the policy begin with. */
    private static final String NAME = "resilient-";

    private static final Pattern SESSION = Pattern.compile("arn:([^:]+):sts::(\\d+):assumed-role/([^/]+)/.*");

    private final Environment environment;
    private final CallerAccount account;

    Permissions(Environment environment) {
        this.environment = environment;
        this.account = environment.aws().account();
    }

    List<String> notes() {
        Optional<String> principal = principal();
        if (principal.isEmpty()) {
            return List.of("Which permissions there are cannot be simulated for %s.".formatted(account.caller()));
        }
        try {
            List<String> missing = new ArrayList<>();
            for (JsonNode statement : policy().path("Statement")) {
                missing.addAll(denied(principal.get(), statement));
            }
            return missing.isEmpty()
                    ? List.of()
                    : List.of("By IAM's simulation these permissions are missing: %s."
                            .formatted(String.join(", ", missing)));
        } catch (SdkException failure) {
            return List.of("Whether all permissions are there was not checked. " + Refusals.sentence(failure));
        }
    }

    /** Whose policies to simulate: the user, or the role of a session, taken to have no path, as the session does not tell it. */
    private Optional<String> principal() {
        Matcher session = SESSION.matcher(account.caller());
        return session.matches()
                ? Optional.of("arn:%s:iam::%s:role/%s".formatted(session.group(1), session.group(2), session.group(3)))
                : Optional.of(account.caller()).filter(caller -> caller.contains(":user/"));
    }

    /**
     * The actions of the statement that are allowed on none of its resources. A simulation takes no patterns of actions; those that
     * only look are tried by looking.
     */
    private List<String> denied(String principal, JsonNode statement) {
        List<String> actions = texts(statement.path("Action")).stream()
                .filter(action -> !action.contains("*"))
                .toList();
        if (actions.isEmpty()) {
            return List.of();
        }
        List<String> resources = texts(statement.path("Resource")).stream()
                .filter(resource -> !resource.equals("*"))
                .map(this::example)
                .toList();
        List<ContextEntry> context = context(statement.path("Condition"));
        Set<String> allowed = environment
                .aws()
                .iam()
                .simulatePrincipalPolicyPaginator(request -> request.policySourceArn(principal)
                        .actionNames(actions)
                        .resourceArns(resources)
                        .contextEntries(context))
                .evaluationResults()
                .stream()
                .filter(result -> result.evalDecision() == PolicyEvaluationDecisionType.ALLOWED)
                .map(EvaluationResult::evalActionName)
                .collect(Collectors.toSet());
        return actions.stream().filter(action -> !allowed.contains(action)).toList();
    }

    private List<ContextEntry> context(JsonNode condition) {
        return condition
                .valueStream()
                .flatMap(JsonNode::propertyStream)
                .map(key -> ContextEntry.builder()
                        .contextKeyName(key.getKey())
                        .contextKeyType(ContextKeyTypeEnum.STRING)
                        .contextKeyValues(example(texts(key.getValue()).getFirst()))
                        .build())
                .toList();
    }

    /** Something that the pattern matches, of this deployment, account and region. */
    private String example(String pattern) {
        if (!pattern.startsWith("arn:")) {
            return pattern;
        }
        String[] parts = pattern.split(":", 6);
        parts[1] = account.partition();
        parts[3] = parts[3].replace("*", environment.deployment().region().id());
        parts[4] = parts[4].replace("*", account.id());
        parts[5] = parts[5].replace(NAME, environment.deployment().name() + "-").replace("*", "x");
        return String.join(":", parts);
    }

    private static List<String> texts(JsonNode oneOrMore) {
        return oneOrMore.isArray()
                ? oneOrMore.valueStream().map(JsonNode::textValue).toList()
                : List.of(oneOrMore.textValue());
    }

    private static JsonNode policy() {
        try (InputStream file = Objects.requireNonNull(
                Permissions.class.getResourceAsStream("deployer-policy.json"), "deployer-policy.json")) {
            return new ObjectMapper().readTree(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read the policy of a deployer", unreadable);
        }
    }
}

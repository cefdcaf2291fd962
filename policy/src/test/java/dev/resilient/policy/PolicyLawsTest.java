package dev.resilient.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.policy.PolicyDocument.Kind;
import dev.resilient.policy.PolicyEvaluator.Question;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Laws of the evaluation that hold whatever the policies say, tried on random ones. */
class PolicyLawsTest {
    private static final long SEED = 20261127;
    private static final int TRIES = 3000;
    private static final List<String> ACTIONS =
            List.of("s3:GetObject", "s3:PutObject", "ssm:GetParameter", "iam:GetUser");
    private static final List<String> ACTION_PATTERNS = List.of("*", "s3:*", "s3:Get*", "ssm:GetParameter", "?am:*");
    private static final List<String> RESOURCES = List.of(
            "*", "arn:aws:s3:::b/a", "arn:aws:s3:::b/alice/x", "arn:aws:ssm:us-west-2:123456789012:parameter/a");
    private static final List<String> RESOURCE_PATTERNS =
            List.of("*", "arn:aws:s3:::b/*", "arn:aws:s3:::b/${aws:username}/*", "arn:aws:ssm:*:*:parameter/a");
    private static final List<String> CONDITIONS = List.of(
            "",
            ", 'Condition': {'StringEquals': {'aws:username': 'alice'}}",
            ", 'Condition': {'Null': {'aws:username': 'true'}}",
            ", 'Condition': {'ForAllValues:StringLike': {'aws:TagKeys': ['a*']}}");

    @Test
    void another_deny_never_allows_more_and_another_allow_never_less() {
        each(random -> {
            Map<PolicyType, List<PolicyDocument>> policies = policies(random);
            Question question = question(random);
            boolean before = allowed(policies, question);

            assertThat(allowed(with(policies, policy(random, "Deny")), question))
                    .isIn(false, before);
            assertThat(allowed(with(policies, policy(random, "Allow")), question))
                    .isIn(true, before);
        });
    }

    @Test
    void the_order_of_policies_does_not_count() {
        each(random -> {
            Map<PolicyType, List<PolicyDocument>> policies = policies(random);
            Question question = question(random);
            Map<PolicyType, List<PolicyDocument>> shuffled = new EnumMap<>(PolicyType.class);
            policies.forEach((type, documents) -> {
                List<PolicyDocument> others = new ArrayList<>(documents);
                Collections.shuffle(others, random);
                shuffled.put(type, others);
            });

            assertThat(PolicyEvaluator.evaluate(shuffled, question))
                    .isEqualTo(PolicyEvaluator.evaluate(policies, question));
        });
    }

    @Test
    void what_is_allowed_is_allowed_by_each_type_alone_and_denied_by_none() {
        each(random -> {
            Map<PolicyType, List<PolicyDocument>> policies = policies(random);
            Question question = question(random);
            boolean eachAlone = policies.values().stream()
                    .allMatch(documents -> allowed(Map.of(PolicyType.IDENTITY, documents), question));

            assertThat(allowed(policies, question)).isEqualTo(eachAlone);
        });
    }

    @Test
    void who_is_to_blame_really_does_not_allow() {
        each(random -> {
            Map<PolicyType, List<PolicyDocument>> policies = policies(random);
            Question question = question(random);
            PolicyType blamed =
                    switch (PolicyEvaluator.evaluate(policies, question)) {
                        case Outcome.Allowed allowed -> null;
                        case Outcome.ExplicitlyDenied(PolicyType by) -> by;
                        case Outcome.ImplicitlyDenied(PolicyType by) -> by;
                    };
            if (blamed != null) {
                assertThat(allowed(Map.of(PolicyType.IDENTITY, policies.getOrDefault(blamed, List.of())), question))
                        .isFalse();
            }
        });
    }

    @Test
    void inverted_selections_cover_exactly_the_rest() {
        each(random -> {
            String pattern = pick(random, ACTION_PATTERNS);
            Question question = question(random);
            assertThat(allowed(one("'Action': '" + pattern + "', 'Resource': '*'"), question))
                    .isNotEqualTo(allowed(one("'NotAction': '" + pattern + "', 'Resource': '*'"), question));
            String resource = pick(random, List.of("*", "arn:aws:s3:::b/*", "arn:aws:ssm:*:*:parameter/a"));
            assertThat(allowed(one("'Action': '*', 'Resource': '" + resource + "'"), question))
                    .isNotEqualTo(allowed(one("'Action': '*', 'NotResource': '" + resource + "'"), question));
        });
    }

    private static void each(Consumer<Random> law) {
        IntStream.range(0, TRIES).forEach(number -> {
            long seed = SEED + number;
            try {
                law.accept(new Random(seed));
            } catch (AssertionError broken) {
                throw new AssertionError("with the seed " + seed, broken);
            }
        });
    }

    private static Map<PolicyType, List<PolicyDocument>> policies(Random random) {
        Map<PolicyType, List<PolicyDocument>> policies = new EnumMap<>(PolicyType.class);
        policies.put(PolicyType.IDENTITY, documents(random));
        if (random.nextBoolean()) {
            policies.put(PolicyType.BOUNDARY, documents(random));
        }
        return policies;
    }

    private static List<PolicyDocument> documents(Random random) {
        return IntStream.rangeClosed(0, random.nextInt(3))
                .mapToObj(number -> policy(random, random.nextInt(4) == 0 ? "Deny" : "Allow"))
                .toList();
    }

    private static Map<PolicyType, List<PolicyDocument>> with(
            Map<PolicyType, List<PolicyDocument>> policies, PolicyDocument another) {
        Map<PolicyType, List<PolicyDocument>> more = new EnumMap<>(policies);
        List<PolicyDocument> identity = new ArrayList<>(more.getOrDefault(PolicyType.IDENTITY, List.of()));
        identity.add(another);
        more.put(PolicyType.IDENTITY, identity);
        return more;
    }

    private static Map<PolicyType, List<PolicyDocument>> one(String statement) {
        return Map.of(PolicyType.IDENTITY, List.of(parse("'Effect': 'Allow', " + statement)));
    }

    private static PolicyDocument policy(Random random, String effect) {
        return parse("'Effect': '" + effect + "', 'Action': '" + pick(random, ACTION_PATTERNS) + "', 'Resource': '"
                + pick(random, RESOURCE_PATTERNS) + "'" + pick(random, CONDITIONS));
    }

    private static PolicyDocument parse(String statement) {
        return PolicyDocument.parse(
                ("{'Version': '2012-10-17', 'Statement': {" + statement + "}}").replace('\'', '"'), Kind.IDENTITY);
    }

    private static Question question(Random random) {
        Map<String, List<String>> context = random.nextBoolean()
                ? Map.of("aws:username", List.of("alice"), "aws:TagKeys", List.of("a", "ab"))
                : Map.of("aws:TagKeys", List.of("b"));
        return new Question(pick(random, ACTIONS), pick(random, RESOURCES), context);
    }

    private static boolean allowed(Map<PolicyType, List<PolicyDocument>> policies, Question question) {
        return PolicyEvaluator.evaluate(policies, question) instanceof Outcome.Allowed;
    }

    private static <T> T pick(Random random, List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}

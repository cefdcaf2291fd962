package dev.resilient.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.policy.PolicyDocument.Kind;
import dev.resilient.policy.PolicyEvaluator.Question;
import dev.resilient.policy.PolicyEvaluator.Trust;
import dev.resilient.policy.PrincipalElement.Requester;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyEvaluatorTest {
    private static final Outcome ALLOWED = new Outcome.Allowed();
    private static final Outcome IMPLICITLY_DENIED = new Outcome.ImplicitlyDenied(PolicyType.IDENTITY);
    private static final Outcome EXPLICITLY_DENIED = new Outcome.ExplicitlyDenied(PolicyType.IDENTITY);
    private static final String TABLE =
            "arn:aws:dynamodb:us-west-2:123456789012:table/doc-example-recommendation-service";
    private static final String INSTANCE_POLICY = """
        {"Version": "2012-10-17", "Statement": [
          {"Effect": "Allow",
           "Action": ["dynamodb:BatchGetItem", "dynamodb:Describe*", "dynamodb:List*", "dynamodb:GetItem",
                      "dynamodb:Query", "dynamodb:Scan"],
           "Resource": "arn:aws:dynamodb:*:*:table/doc-example-recommendation-service"},
          {"Effect": "Allow", "Action": "ssm:GetParameters", "Resource": "*"}]}
        """;

    @ParameterizedTest
    @CsvSource({
        "dynamodb:GetItem, table/doc-example-recommendation-service, true",
        "dynamodb:DescribeTable, table/doc-example-recommendation-service, true",
        "DynamoDB:getitem, table/doc-example-recommendation-service, true",
        "dynamodb:PutItem, table/doc-example-recommendation-service, false",
        "dynamodb:GetItem, table/this-is-not-a-table, false",
        "dynamodb:GetItem, table/DOC-EXAMPLE-RECOMMENDATION-SERVICE, false",
        "dynamodb:GetItem, table/doc-example-recommendation-service/index/x, false",
    })
    void the_articles_instance_policy_allows_reading_its_one_table(String action, String resource, boolean allowed) {
        assertThat(ask(action, "arn:aws:dynamodb:us-west-2:123456789012:" + resource, INSTANCE_POLICY))
                .isEqualTo(allowed ? ALLOWED : IMPLICITLY_DENIED);
    }

    @Test
    void only_a_statement_on_everything_covers_actions_that_know_no_resource() {
        assertThat(ask("dynamodb:ListTables", "*", INSTANCE_POLICY)).isEqualTo(IMPLICITLY_DENIED);
        assertThat(ask("ssm:GetParameters", "*", INSTANCE_POLICY)).isEqualTo(ALLOWED);
    }

    @Test
    void without_any_policy_everything_is_denied() {
        assertThat(ask("dynamodb:GetItem", TABLE)).isEqualTo(IMPLICITLY_DENIED);
    }

    @Test
    void a_deny_wins_over_every_allow_in_whatever_policy_and_order() {
        String allow = policy("'Effect': 'Allow', 'Action': '*', 'Resource': '*'");
        String deny = policy("'Effect': 'Deny', 'Action': 'dynamodb:*', 'Resource': '" + TABLE + "'");

        assertThat(ask("dynamodb:GetItem", TABLE, allow, deny)).isEqualTo(EXPLICITLY_DENIED);
        assertThat(ask("dynamodb:GetItem", TABLE, deny, allow)).isEqualTo(EXPLICITLY_DENIED);
        assertThat(ask("dynamodb:GetItem", TABLE + "-2", allow, deny)).isEqualTo(ALLOWED);
        assertThat(ask("dynamodb:GetItem", TABLE, deny)).isEqualTo(EXPLICITLY_DENIED);
    }

    @Test
    void not_action_covers_every_other_action() {
        String policy = policy("'Effect': 'Allow', 'NotAction': ['iam:*', 'sts:*'], 'Resource': '*'");

        assertThat(ask("ec2:RunInstances", "*", policy)).isEqualTo(ALLOWED);
        assertThat(ask("iam:CreateRole", "*", policy)).isEqualTo(IMPLICITLY_DENIED);
        assertThat(ask("STS:AssumeRole", "*", policy)).isEqualTo(IMPLICITLY_DENIED);
    }

    @Test
    void not_resource_covers_every_other_resource() {
        String policy = policy("'Effect': 'Deny', 'Action': '*', 'NotResource': '" + TABLE + "'");
        String allow = policy("'Effect': 'Allow', 'Action': '*', 'Resource': '*'");

        assertThat(ask("dynamodb:GetItem", TABLE, policy, allow)).isEqualTo(ALLOWED);
        assertThat(ask("dynamodb:GetItem", TABLE + "2", policy, allow)).isEqualTo(EXPLICITLY_DENIED);
    }

    @ParameterizedTest
    @CsvSource({
        "s3:Get?bject, s3:GetObject, true",
        "s3:Get?bject, s3:GetOObject, false",
        "s3:*Object*, s3:GetObjectVersion, true",
        "*, anything:AtAll, true",
        "s3:*, s3express:GetObject, false",
        "S3:GETOBJECT, s3:GetObject, true",
    })
    void actions_match_with_wildcards_and_whatever_their_letter_case(String pattern, String action, boolean matches) {
        String policy = policy("'Effect': 'Allow', 'Action': '" + pattern + "', 'Resource': '*'");

        assertThat(ask(action, TABLE, policy)).isEqualTo(matches ? ALLOWED : IMPLICITLY_DENIED);
    }

    @ParameterizedTest
    @CsvSource({
        "arn:aws:s3:::bucket/*, arn:aws:s3:::bucket/a/b/c, true",
        "arn:aws:s3:::bucket/*, arn:aws:s3:::bucket, false",
        "arn:aws:s3:::bucket*, arn:aws:s3:::bucket/a, true",
        "arn:aws:ssm:*:*:parameter/a*, arn:aws:ssm:us-west-2:123456789012:parameter/a/b, true",
        "arn:aws:ssm:*:*:parameter/a, arn:aws:ssm:us-west-2::parameter/a, true",
        "arn:aws:*:us-west-2:123456789012:x, arn:aws:ssm:us-west-2:123456789012:x, true",
        "arn:aws:ssm:*:x, arn:aws:ssm:us-west-2:123456789012:x, false",
        "arn:aws:s*, arn:aws:ssm:us-west-2:123456789012:x, false",
        "arn:aws:ssm:us-*:123456789012:x, arn:aws:ssm:us-west-2:123456789012:X, false",
        "arn:aws:logs:*:*:group:?, arn:aws:logs:us-west-2:123456789012:group:a, true",
        "arn:aws:logs:*:*:*, arn:aws:logs:us-west-2:123456789012:group:a:b, true",
    })
    void arns_match_segment_by_segment(String pattern, String arn, boolean matches) {
        assertThat(new ArnPattern(pattern).matches(arn)).isEqualTo(matches);
    }

    @Test
    void a_trust_policy_names_services_principals_and_accounts() {
        Requester ec2 = new Requester.Service("ec2.amazonaws.com");
        Requester session = new Requester.Principal(
                "123456789012",
                List.of("arn:aws:sts::123456789012:assumed-role/reader/me", "arn:aws:iam::123456789012:role/reader"));
        String toService = "{'Service': 'ec2.amazonaws.com'}";
        String toRole = "{'AWS': ['arn:aws:iam::123456789012:role/reader']}";

        assertThat(trust(toService, "Allow", ec2)).isEqualTo(Trust.REQUESTER);
        assertThat(trust(toService, "Allow", session)).isEqualTo(Trust.NONE);
        assertThat(trust(toService, "Deny", ec2)).isEqualTo(Trust.DENIED);
        assertThat(trust(toRole, "Allow", session)).isEqualTo(Trust.REQUESTER);
        assertThat(trust(toRole, "Allow", ec2)).isEqualTo(Trust.NONE);
        assertThat(trust("{'AWS': '123456789012'}", "Allow", session)).isEqualTo(Trust.ACCOUNT);
        assertThat(trust("{'AWS': 'arn:aws:iam::123456789012:root'}", "Allow", session))
                .isEqualTo(Trust.ACCOUNT);
        assertThat(trust("{'AWS': '210987654321'}", "Allow", session)).isEqualTo(Trust.NONE);
        assertThat(trust("'*'", "Allow", session)).isEqualTo(Trust.REQUESTER);
    }

    @Test
    void not_principal_spares_whom_it_lists_by_every_name() {
        List<String> names =
                List.of("arn:aws:sts::123456789012:assumed-role/reader/me", "arn:aws:iam::123456789012:role/reader");
        Requester session = new Requester.Principal("123456789012", names);
        String allButReader = "{'AWS': ['" + String.join("', '", names) + "', '123456789012']}";
        PolicyDocument policy = PolicyDocument.parse("""
            {"Version": "2012-10-17", "Statement": [
              {"Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole"},
              {"Effect": "Deny", "NotPrincipal": %s, "Action": "sts:AssumeRole"}]}
            """.formatted(allButReader.replace('\'', '"')), Kind.TRUST);
        Question question = new Question("sts:AssumeRole", "arn:aws:iam::123456789012:role/trusting", Map.of());

        assertThat(PolicyEvaluator.trust(policy, session, question)).isEqualTo(Trust.REQUESTER);
        Requester other = new Requester.Principal("123456789012", List.of("arn:aws:iam::123456789012:user/bob"));
        assertThat(PolicyEvaluator.trust(policy, other, question)).isEqualTo(Trust.DENIED);
        assertThat(PolicyEvaluator.trust(policy, new Requester.Service("ec2.amazonaws.com"), question))
                .isEqualTo(Trust.DENIED);
    }

    @Test
    void variables_stand_for_values_whose_wildcards_mean_nothing() {
        PolicyDocument policy = PolicyDocument.parse(
                policy("'Effect': 'Allow', 'Action': '*', 'Resource': 'arn:aws:s3:::b/${aws:username}/*${?}'"),
                Kind.IDENTITY);

        assertThat(PolicyEvaluator.matching(policy, asked("arn:aws:s3:::b/alice/x?", "alice")))
                .hasSize(1);
        assertThat(PolicyEvaluator.matching(policy, asked("arn:aws:s3:::b/alice/x", "alice")))
                .isEmpty();
        assertThat(PolicyEvaluator.matching(policy, asked("arn:aws:s3:::b/alice/x?", "*")))
                .isEmpty();
        assertThat(PolicyEvaluator.matching(policy, asked("arn:aws:s3:::b/*/x?", "*")))
                .hasSize(1);
        assertThat(PolicyEvaluator.matching(policy, new Question("s3:GetObject", "arn:aws:s3:::b//x?", Map.of())))
                .isEmpty();
    }

    private static Question asked(String resource, String username) {
        return new Question("s3:GetObject", resource, Map.of("AWS:UserName", List.of(username)));
    }

    private static Trust trust(String principal, String effect, Requester requester) {
        String text = "{'Version': '2012-10-17', 'Statement': {'Effect': '" + effect + "', 'Principal': " + principal
                + ", 'Action': 'sts:AssumeRole'}}";
        return PolicyEvaluator.trust(
                PolicyDocument.parse(text.replace('\'', '"'), Kind.TRUST),
                requester,
                new Question("sts:AssumeRole", "arn:aws:iam::123456789012:role/trusting", Map.of()));
    }

    private static String policy(String statement) {
        return "{\"Version\": \"2012-10-17\", \"Statement\": {" + statement.replace('\'', '"') + "}}";
    }

    private static Outcome ask(String action, String resource, String... policies) {
        List<PolicyDocument> documents = Stream.of(policies)
                .map(text -> PolicyDocument.parse(text, Kind.IDENTITY))
                .toList();
        return PolicyEvaluator.evaluate(
                Map.of(PolicyType.IDENTITY, documents), new Question(action, resource, Map.of()));
    }
}

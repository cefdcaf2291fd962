package dev.resilient.cloud.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.cloud.base.CloudContext;
import dev.resilient.cloud.base.TestContext;
import dev.resilient.policy.PolicyDocument;
import dev.resilient.policy.PolicyDocument.Kind;
import dev.resilient.policy.PolicyType;
import dev.resilient.testing.ManualTime;
import dev.resilient.wire.Access;
import dev.resilient.wire.Caller;
import dev.resilient.wire.Gate;
import dev.resilient.wire.Gate.AccessKey;
import dev.resilient.wire.Gate.Decision;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AuthorizerTest {
    private static final String TABLE =
            "arn:aws:dynamodb:us-west-2:123456789012:table/doc-example-recommendation-service";
    private static final String ROLE = "arn:aws:iam::123456789012:role/doc-example-resilience-bc-role";
    private static final Caller INSTANCE = new Caller(
            "123456789012",
            "arn:aws:sts::123456789012:assumed-role/doc-example-resilience-bc-role/i-0e4b7104cfaf8e056",
            "AROAEXAMPLE:i-0e4b7104cfaf8e056");
    private final ManualTime time = new ManualTime();
    private final Map<String, List<String>> resources = new HashMap<>();
    private final Map<String, Principal> principals = new HashMap<>();
    private final CloudContext cloud = TestContext.at(time);
    private final AccessKeys keys = new AccessKeys(cloud);
    private final Authorizer authorizer = new Authorizer(
            cloud, keys, caller -> Optional.ofNullable(principals.get(caller.arn())), (arn, request) -> resources);

    @Test
    void what_no_policy_allows_is_denied_in_awss_words() {
        instanceHas("'Effect': 'Allow', 'Action': 'ssm:GetParameters', 'Resource': '*'");

        assertThat(decide(INSTANCE, "dynamodb:GetItem", TABLE, Map.of()))
                .isEqualTo(new Decision.Denied("User:"
                        + " arn:aws:sts::123456789012:assumed-role/doc-example-resilience-bc-role/i-0e4b7104cfaf8e056"
                        + " is not authorized to perform: dynamodb:GetItem on resource:"
                        + " arn:aws:dynamodb:us-west-2:123456789012:table/doc-example-recommendation-service"
                        + " because no identity-based policy allows the dynamodb:GetItem action"));
        assertThat(decide(INSTANCE, "ssm:GetParameters", "*", Map.of())).isEqualTo(new Decision.Allowed());
    }

    @Test
    void what_a_policy_denies_is_denied_in_awss_words() {
        instanceHas("'Effect': 'Deny', 'Action': '*', 'Resource': '*'");

        assertThat(decide(INSTANCE, "dynamodb:GetItem", TABLE, Map.of()))
                .isEqualTo(new Decision.Denied("User:"
                        + " arn:aws:sts::123456789012:assumed-role/doc-example-resilience-bc-role/i-0e4b7104cfaf8e056"
                        + " is not authorized to perform: dynamodb:GetItem on resource:"
                        + " arn:aws:dynamodb:us-west-2:123456789012:table/doc-example-recommendation-service with"
                        + " an explicit deny in an identity-based policy"));
    }

    @Test
    void a_denial_of_an_action_that_knows_no_resource_names_none() {
        instanceHas("'Effect': 'Allow', 'Action': 'ssm:GetParameters', 'Resource': '*'");

        assertThat(decide(INSTANCE, "autoscaling:DescribeAutoScalingGroups", "*", Map.of()))
                .isEqualTo(new Decision.Denied("User:"
                        + " arn:aws:sts::123456789012:assumed-role/doc-example-resilience-bc-role/i-0e4b7104cfaf8e056"
                        + " is not authorized to perform: autoscaling:DescribeAutoScalingGroups because no"
                        + " identity-based policy allows the autoscaling:DescribeAutoScalingGroups action"));
    }

    @Test
    void conditions_see_the_request_the_principal_and_the_time() {
        instanceHas("""
            'Effect': 'Allow', 'Action': '*', 'Resource': '*', 'Condition': {
              'ArnEquals': {'aws:PrincipalArn': '%s'},
              'StringEquals': {'aws:PrincipalAccount': '123456789012', 's3:prefix': 'home/'},
              'StringLike': {'aws:userid': '*:i-0e4b7104cfaf8e056'},
              'Bool': {'aws:SecureTransport': 'false'},
              'DateLessThan': {'aws:CurrentTime': '2026-01-01T13:00:00Z'}}
            """.formatted(ROLE));
        Map<String, String> request = Map.of("s3:prefix", "home/");

        assertThat(decide(INSTANCE, "s3:ListBucket", "arn:aws:s3:::b", request)).isInstanceOf(Decision.Allowed.class);
        assertThat(decide(INSTANCE, "s3:ListBucket", "arn:aws:s3:::b", Map.of()))
                .isInstanceOf(Decision.Denied.class);
        time.advance(Duration.ofHours(1));
        assertThat(decide(INSTANCE, "s3:ListBucket", "arn:aws:s3:::b", request)).isInstanceOf(Decision.Denied.class);
    }

    /** What IAM's console does to revoke a role's sessions stands on this. */
    @Test
    void conditions_see_when_a_session_began() {
        instanceHas("'Effect': 'Allow', 'Action': '*', 'Resource': '*', 'Condition': {"
                + "'DateGreaterThan': {'aws:TokenIssueTime': '2026-01-01T12:30:00Z'}}");
        Caller early = keys.createTemporary(INSTANCE, Duration.ofHours(6)).caller();
        time.advance(Duration.ofHours(1));
        Caller late = keys.createTemporary(INSTANCE, Duration.ofHours(6)).caller();

        assertThat(decide(early, "s3:ListBucket", "*", Map.of())).isInstanceOf(Decision.Denied.class);
        assertThat(decide(late, "s3:ListBucket", "*", Map.of())).isInstanceOf(Decision.Allowed.class);
    }

    @Test
    void a_key_is_found_until_its_principal_is_gone() {
        instanceHas("'Effect': 'Allow', 'Action': '*', 'Resource': '*'");
        AccessKey key = keys.createTemporary(INSTANCE, Duration.ofHours(6));

        assertThat(key.id()).matches("ASIA[A-Z2-7]{16}");
        assertThat(key.secret()).hasSize(40);
        assertThat(key.sessionToken()).isNotBlank();
        assertThat(authorizer.accessKey(key.id())).contains(key);
        principals.clear();
        assertThat(authorizer.accessKey(key.id())).isEmpty();
        assertThat(decide(INSTANCE, "s3:ListBucket", "arn:aws:s3:::b", Map.of()))
                .isInstanceOf(Decision.Denied.class);
    }

    @Test
    void an_expired_key_is_still_found_for_a_day() {
        instanceHas("'Effect': 'Allow', 'Action': '*', 'Resource': '*'");
        AccessKey key = keys.createTemporary(INSTANCE, Duration.ofHours(1));
        assertThat(key.expiration()).isEqualTo("2026-01-01T13:00:00Z");

        time.advance(Duration.ofHours(2));
        keys.createTemporary(INSTANCE, Duration.ofHours(1));
        assertThat(authorizer.accessKey(key.id())).contains(key);

        time.advance(Duration.ofHours(24));
        keys.createTemporary(INSTANCE, Duration.ofHours(1));
        assertThat(authorizer.accessKey(key.id())).isEmpty();
    }

    @Test
    void a_long_term_key_never_expires_and_has_no_token() {
        AccessKey key = keys.createLongTerm(INSTANCE);

        assertThat(key.id()).matches("AKIA[A-Z2-7]{16}");
        assertThat(key.secret()).hasSize(40);
        assertThat(key.sessionToken()).isNull();
        assertThat(key.expiration()).isNull();
        assertThat(key.toString()).doesNotContain(key.secret());
    }

    private Decision decide(Caller caller, String action, String resource, Map<String, String> context) {
        return authorizer.decide(caller, new Access.Question(action, resource, context), Gate.Origin.NONE);
    }

    private void instanceHas(String statement) {
        String text = "{'Version': '2012-10-17', 'Statement': {" + statement + "}}";
        PolicyDocument policy = PolicyDocument.parse(text.replace('\'', '"'), Kind.IDENTITY);
        principals.put(INSTANCE.arn(), new Principal(ROLE, Map.of(), Map.of(PolicyType.IDENTITY, List.of(policy))));
    }
}

package dev.resilient.cloud.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.resilient.cloud.base.TestContext;
import dev.resilient.testing.ManualTime;
import dev.resilient.wire.ServiceError;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.ContextEntry;
import software.amazon.awssdk.services.iam.model.EvaluationResult;
import software.amazon.awssdk.services.iam.model.PolicyEvaluationDecisionType;
import software.amazon.awssdk.services.iam.model.SimulatePrincipalPolicyRequest;
import software.amazon.awssdk.services.iam.model.Statement;

class SimulationsTest {
    /** The example of the CLI's reference, whose answer is known from AWS. */
    private static final String FROM_2018 =
            "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":"
                    + "\"dynamodb:*\",\"Resource\":\"*\",\"Condition\":{\"DateGreaterThan\":{\"aws:CurrentTime\":"
                    + "\"2018-08-16T12:00:00Z\"}}}}";

    private static final String TABLE = "arn:aws:dynamodb:us-west-2:123456789012:table/t";

    /** A user without any policy. */
    private static final String BOB = "arn:aws:iam::123456789012:user/bob";

    private final DirectIam direct = new DirectIam(TestContext.at(new ManualTime()));
    private final IamClient iam = direct.client(direct.administrator);

    @BeforeEach
    void createBob() {
        iam.createUser(user -> user.userName("bob"));
    }

    @Test
    void a_policy_by_itself_answers_as_aws_does() {
        EvaluationResult result =
                custom(request -> request.policyInputList(FROM_2018).contextEntries(date("2019-04-25T11:00:00Z")));

        assertThat(result.evalActionName()).isEqualTo("dynamodb:CreateBackup");
        assertThat(result.evalResourceName()).isEqualTo("*");
        assertThat(result.evalDecision()).isEqualTo(PolicyEvaluationDecisionType.ALLOWED);
        assertThat(result.missingContextValues()).isEmpty();
        Statement statement = result.matchedStatements().getFirst();
        assertThat(statement.sourcePolicyId()).isEqualTo("PolicyInputList.1");
        assertThat(custom(request -> request.policyInputList(FROM_2018).contextEntries(date("2014-04-25T11:00:00Z")))
                        .evalDecision())
                .isEqualTo(PolicyEvaluationDecisionType.IMPLICIT_DENY);
    }

    @Test
    void what_the_policies_ask_for_and_nobody_said_is_missing() {
        assertThat(custom(request -> request.policyInputList(FROM_2018)).missingContextValues())
                .containsExactly("aws:CurrentTime");
        EvaluationResult onTable =
                custom(request -> request.policyInputList(FROM_2018).resourceArns(TABLE));
        assertThat(onTable.missingContextValues()).isEmpty();
        assertThat(onTable.resourceSpecificResults().getFirst().missingContextValues())
                .containsExactly("aws:CurrentTime");
    }

    @Test
    void a_statement_that_denies_decides_alone() {
        EvaluationResult result = custom(request -> request.policyInputList("""
            {
              "Version": "2012-10-17",
              "Statement": [
                {"Effect": "Allow", "Action": "*", "Resource": "*"},
                {
                  "Effect": "Deny",
                  "Action": "dynamodb:*",
                  "Resource": "*"
                }
              ]
            }
            """));

        assertThat(result.evalDecision()).isEqualTo(PolicyEvaluationDecisionType.EXPLICIT_DENY);
        assertThat(result.matchedStatements()).hasSize(1);
    }

    @Test
    void a_principal_is_asked_with_everything_that_it_has() {
        iam.createUser(user -> user.userName("alice"));
        iam.putUserPolicy(policy -> policy.userName("alice").policyName("reads").policyDocument(allows("dynamodb:*")));
        iam.putUserPermissionsBoundary(user ->
                user.userName("alice").permissionsBoundary("arn:aws:iam::aws:policy/AmazonDynamoDBReadOnlyAccess"));

        List<EvaluationResult> results = iam.simulatePrincipalPolicy(
                        request -> request.policySourceArn("arn:aws:iam::123456789012:user/alice")
                                .actionNames("dynamodb:GetItem", "dynamodb:PutItem", "s3:GetObject")
                                .resourceArns(TABLE))
                .evaluationResults();

        assertThat(results)
                .extracting(EvaluationResult::evalDecision)
                .containsExactly(
                        PolicyEvaluationDecisionType.ALLOWED,
                        PolicyEvaluationDecisionType.IMPLICIT_DENY,
                        PolicyEvaluationDecisionType.IMPLICIT_DENY);
        assertThat(results.get(0).matchedStatements())
                .extracting(Statement::sourcePolicyId)
                .contains("reads");
        assertThat(results)
                .extracting(result -> result.permissionsBoundaryDecisionDetail().allowedByPermissionsBoundary())
                .containsExactly(true, false, false);
        assertThatExceptionOfType(ServiceError.class)
                .isThrownBy(() -> iam.simulatePrincipalPolicy(
                        request -> request.policySourceArn("arn:aws:iam::123456789012:user/nobody")
                                .actionNames("s3:GetObject")))
                .withMessage("The user with name nobody cannot be found.");
    }

    @Test
    void results_come_in_pages_in_the_order_of_the_actions() {
        var first = iam.simulatePrincipalPolicy(request -> request.policySourceArn(BOB)
                .policyInputList(allows("s3:*"))
                .actionNames("s3:PutObject", "ec2:RunInstances", "s3:GetObject")
                .maxItems(2));
        var second = iam.simulatePrincipalPolicy(request -> request.policySourceArn(BOB)
                .policyInputList(allows("s3:*"))
                .actionNames("s3:PutObject", "ec2:RunInstances", "s3:GetObject")
                .marker(first.marker()));

        assertThat(first.evaluationResults())
                .extracting(EvaluationResult::evalActionName)
                .containsExactly("s3:PutObject", "ec2:RunInstances");
        assertThat(first.isTruncated()).isTrue();
        assertThat(second.evaluationResults())
                .extracting(EvaluationResult::evalActionName)
                .containsExactly("s3:GetObject");
    }

    @Test
    void resource_based_policies_are_refused_by_name() {
        assertThatExceptionOfType(ServiceError.class)
                .isThrownBy(() -> custom(
                        request -> request.policyInputList(allows("s3:*")).resourcePolicy("{}")))
                .withMessage("The parameter ResourcePolicy is not supported by this cloud");
    }

    private EvaluationResult custom(Consumer<SimulatePrincipalPolicyRequest.Builder> request) {
        return iam.simulatePrincipalPolicy(
                        request.andThen(each -> each.policySourceArn(BOB).actionNames("dynamodb:CreateBackup")))
                .evaluationResults()
                .getFirst();
    }

    private static ContextEntry date(String value) {
        return ContextEntry.builder()
                .contextKeyName("aws:CurrentTime")
                .contextKeyValues(value)
                .contextKeyType("date")
                .build();
    }

    private static String allows(String action) {
        return "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"" + action
                + "\", \"Resource\": \"*\"}}";
    }
}

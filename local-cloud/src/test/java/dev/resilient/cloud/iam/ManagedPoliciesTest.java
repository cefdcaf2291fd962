package dev.resilient.cloud.iam;

import static dev.resilient.cloud.iam.Errors.assertError;
import static dev.resilient.cloud.iam.IamStage.READ;
import static dev.resilient.cloud.iam.IamStage.READ_ARN;
import static dev.resilient.cloud.iam.IamStage.SSM_CORE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.CreatePolicyRequest;
import software.amazon.awssdk.services.iam.model.DeletePolicyRequest;
import software.amazon.awssdk.services.iam.model.GetPolicyRequest;
import software.amazon.awssdk.services.iam.model.ListAttachedRolePoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListEntitiesForPolicyRequest;
import software.amazon.awssdk.services.iam.model.ListPoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListPoliciesResponse;
import software.amazon.awssdk.services.iam.model.PolicyScopeType;

/** Managed policies, those of the account and those of AWS, and the roles they are attached to. */
class ManagedPoliciesTest {
    private final IamStage stage = new IamStage();
    private final IamClient iam = stage.iam;

    @Test
    void a_policy_is_created_counted_and_deleted() {
        stage.createRole("reader");
        assertThat(stage.createPolicy("read")).isEqualTo(READ_ARN);
        stage.attach("reader", READ_ARN);
        stage.attach("reader", READ_ARN);

        assertThat(getPolicy(READ_ARN).attachmentCount()).isEqualTo(1);
        assertThat(getPolicy(READ_ARN).defaultVersionId()).isEqualTo("v1");
        assertThat(getPolicy(READ_ARN).policyId()).matches("ANPA[A-Z2-7]{17}");
        assertThat(iam.listEntitiesForPolicy(ListEntitiesForPolicyRequest.builder()
                                .policyArn(READ_ARN)
                                .build())
                        .policyRoles())
                .extracting(role -> role.roleName())
                .containsExactly("reader");
        assertError(
                () -> deletePolicy(READ_ARN), "DeleteConflict", 409, "Cannot delete a policy attached to entities.");
        stage.detach("reader", READ_ARN);
        deletePolicy(READ_ARN);
        assertError(() -> getPolicy(READ_ARN), "NoSuchEntity", 404, "Policy " + READ_ARN + " was not found.");
    }

    @Test
    void a_policy_name_is_taken_once_whatever_the_path() {
        stage.createPolicy("read");

        assertError(
                () -> iam.createPolicy(CreatePolicyRequest.builder()
                        .policyName("Read")
                        .path("/team/")
                        .policyDocument(READ)
                        .build()),
                "EntityAlreadyExists",
                409,
                "A policy called Read already exists. Duplicate names are not allowed.");
    }

    @Test
    void awss_own_policies_are_there_and_nobody_changes_them() {
        stage.createPolicy("read");

        assertThat(names(PolicyScopeType.AWS))
                .hasSize(18)
                .contains("AdministratorAccess", "AmazonSSMManagedInstanceCore", "AmazonS3ReadOnlyAccess");
        assertThat(names(PolicyScopeType.LOCAL)).containsExactly("read");
        assertThat(names(PolicyScopeType.ALL)).hasSize(19);
        assertError(() -> deletePolicy(SSM_CORE), "InvalidInput", 400, "Policy is outside your own account.");
    }

    @Test
    void only_what_exists_is_attached_and_only_what_is_attached_is_detached() {
        stage.createRole("reader");

        assertError(
                () -> stage.attach("reader", READ_ARN),
                "NoSuchEntity",
                404,
                "Policy " + READ_ARN + " does not exist or is not attachable.");
        assertError(
                () -> stage.detach("reader", SSM_CORE), "NoSuchEntity", 404, "Policy " + SSM_CORE + " was not found.");
        stage.attach("reader", SSM_CORE);
        assertThat(iam.listAttachedRolePolicies(ListAttachedRolePoliciesRequest.builder()
                                .roleName("reader")
                                .build())
                        .attachedPolicies())
                .extracting(policy -> policy.policyName())
                .containsExactly("AmazonSSMManagedInstanceCore");
    }

    @Test
    void an_eleventh_policy_is_one_too_many() {
        stage.createRole("reader");
        IntStream.range(0, 11).forEach(number -> stage.createPolicy("read-" + number));
        IntStream.range(0, 10).forEach(number -> stage.attach("reader", READ_ARN + "-" + number));

        assertError(
                () -> stage.attach("reader", READ_ARN + "-10"),
                "LimitExceeded",
                409,
                "Cannot exceed quota for PoliciesPerRole: 10");
    }

    private software.amazon.awssdk.services.iam.model.Policy getPolicy(String arn) {
        return iam.getPolicy(GetPolicyRequest.builder().policyArn(arn).build()).policy();
    }

    private void deletePolicy(String arn) {
        iam.deletePolicy(DeletePolicyRequest.builder().policyArn(arn).build());
    }

    private List<String> names(PolicyScopeType scope) {
        ListPoliciesResponse response =
                iam.listPolicies(ListPoliciesRequest.builder().scope(scope).build());
        return response.policies().stream().map(policy -> policy.policyName()).toList();
    }
}

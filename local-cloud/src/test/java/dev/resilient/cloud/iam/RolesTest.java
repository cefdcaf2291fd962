package dev.resilient.cloud.iam;

import static dev.resilient.cloud.iam.Errors.assertError;
import static dev.resilient.cloud.iam.IamStage.READ;
import static dev.resilient.cloud.iam.IamStage.READ_ARN;
import static dev.resilient.cloud.iam.IamStage.TRUST;
import static dev.resilient.cloud.iam.IamStage.tag;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.resilient.wire.ServiceError;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.CreateRoleRequest;
import software.amazon.awssdk.services.iam.model.DeleteRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.DeleteRoleRequest;
import software.amazon.awssdk.services.iam.model.GetPolicyVersionRequest;
import software.amazon.awssdk.services.iam.model.GetRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.ListRolePoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListRoleTagsRequest;
import software.amazon.awssdk.services.iam.model.ListRolesRequest;
import software.amazon.awssdk.services.iam.model.ListRolesResponse;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.TagRoleRequest;
import software.amazon.awssdk.services.iam.model.UpdateAssumeRolePolicyRequest;

/** Roles: their trust, their own policies, their tags, and how they are listed and deleted. */
class RolesTest {
    private final IamStage stage = new IamStage();
    private final IamClient iam = stage.iam;

    @Test
    void a_role_is_created_found_and_deleted() {
        Role created = stage.createRole("reader");

        assertThat(created.arn()).isEqualTo("arn:aws:iam::123456789012:role/reader");
        assertThat(created.roleId()).matches("AROA[A-Z2-7]{17}");
        assertThat(created.createDate()).isEqualTo("2026-01-01T12:00:00Z");
        assertThat(created.maxSessionDuration()).isEqualTo(3600);
        assertThat(stage.getRole("reader")).isEqualTo(created);

        iam.deleteRole(DeleteRoleRequest.builder().roleName("reader").build());
        assertError(() -> stage.getRole("reader"), "NoSuchEntity", 404, "The role with name reader cannot be found.");
    }

    @Test
    void policies_are_url_encoded_in_responses() {
        stage.createRole("reader");
        stage.createPolicy("read");

        assertThat(stage.getRole("reader").assumeRolePolicyDocument())
                .isEqualTo("%7B%22Version%22%3A%20%222012-10-17%22%2C%20%22Statement%22%3A%20%7B%22Effect%22%3A%20%22"
                        + "Allow%22%2C%20%22Principal%22%3A%20%7B%22Service%22%3A%20%22ec2.amazonaws.com%22%7D%2C%20%22"
                        + "Action%22%3A%20%22sts%3AAssumeRole%22%7D%7D");
        assertThat(iam.getPolicyVersion(GetPolicyVersionRequest.builder()
                                .policyArn(READ_ARN)
                                .versionId("v1")
                                .build())
                        .policyVersion()
                        .document())
                .contains("ssm%3AGet%2A");
    }

    @Test
    void a_role_name_is_taken_once() {
        Role first = stage.createRole("reader");

        assertError(
                () -> stage.createRole("reader"), "EntityAlreadyExists", 409, "Role with name reader already exists.");
        assertThat(stage.getRole("reader")).isEqualTo(first);
    }

    @Test
    void a_role_trusts_nobody_who_does_not_exist() {
        String nobody = "arn:aws:iam::123456789012:user/nobody";
        String trust = TRUST.replace("Service", "AWS").replace("ec2.amazonaws.com", nobody);
        String message = "Invalid principal in policy: \"AWS\":\"" + nobody + "\"";
        stage.createRole("reader");

        assertError(() -> updateTrust("reader", trust), "MalformedPolicyDocument", 400, message);
        assertError(
                () -> iam.createRole(CreateRoleRequest.builder()
                        .roleName("other")
                        .assumeRolePolicyDocument(trust)
                        .build()),
                "MalformedPolicyDocument",
                400,
                message);
        updateTrust("reader", trust.replace("user/nobody", "role/reader"));
        updateTrust("reader", trust.replace("123456789012", "210987654321"));
    }

    @Test
    void a_malformed_trust_policy_creates_and_changes_nothing() {
        assertMalformed(() -> iam.createRole(CreateRoleRequest.builder()
                .roleName("reader")
                .assumeRolePolicyDocument(READ)
                .build()));
        assertThat(iam.listRoles().roles()).isEmpty();

        Role created = stage.createRole("reader");
        assertMalformed(() -> updateTrust("reader", READ));
        assertThat(stage.getRole("reader")).isEqualTo(created);
    }

    @Test
    void a_trust_policy_is_replaced() {
        stage.createRole("reader");
        String trustsEcs = TRUST.replace("ec2", "ecs");

        updateTrust("reader", trustsEcs);

        assertThat(stage.direct
                        .service
                        .roles()
                        .role("reader")
                        .orElseThrow()
                        .trust()
                        .text())
                .isEqualTo(trustsEcs);
        assertError(
                () -> updateTrust("nobody", TRUST), "NoSuchEntity", 404, "The role with name nobody cannot be found.");
    }

    @Test
    void a_role_is_not_deleted_while_anything_hangs_on_it() {
        stage.createRole("reader");
        stage.createPolicy("read");
        stage.createProfile("profile");
        stage.attach("reader", READ_ARN);
        stage.putInline("reader", "inline");
        stage.addRole("profile", "reader");
        ThrowingCallable delete = () ->
                iam.deleteRole(DeleteRoleRequest.builder().roleName("reader").build());

        assertError(
                delete, "DeleteConflict", 409, "Cannot delete entity, must remove roles from instance profile first.");
        stage.removeRole("profile", "reader");
        assertError(delete, "DeleteConflict", 409, "Cannot delete entity, must detach all policies first.");
        stage.detach("reader", READ_ARN);
        assertError(delete, "DeleteConflict", 409, "Cannot delete entity, must delete policies first.");
        iam.deleteRolePolicy(DeleteRolePolicyRequest.builder()
                .roleName("reader")
                .policyName("inline")
                .build());
        iam.deleteRole(DeleteRoleRequest.builder().roleName("reader").build());
        assertThat(iam.listRoles().roles()).isEmpty();
    }

    @Test
    void a_role_is_tagged() {
        stage.createRole("reader");
        tagRole("reader", "stage", "test");
        tagRole("reader", "stage", "live");

        assertThat(iam.listRoleTags(
                                ListRoleTagsRequest.builder().roleName("reader").build())
                        .tags())
                .containsExactly(tag("stage", "live"));
        assertThat(stage.getRole("reader").tags()).containsExactly(tag("stage", "live"));
        assertError(
                () -> iam.tagRole(TagRoleRequest.builder()
                        .roleName("reader")
                        .tags(tag("a", "1"), tag("A", "2"))
                        .build()),
                "InvalidInput",
                400,
                "Duplicate tag keys found. Please note that Tag keys are case insensitive.");
    }

    @Test
    void lists_come_in_pages() {
        IntStream.range(0, 5).forEach(number -> stage.createRole("role-" + number));

        ListRolesResponse first =
                iam.listRoles(ListRolesRequest.builder().maxItems(3).build());
        ListRolesResponse second = iam.listRoles(
                ListRolesRequest.builder().maxItems(3).marker(first.marker()).build());

        assertThat(first.isTruncated()).isTrue();
        assertThat(first.roles()).extracting(Role::roleName).containsExactly("role-0", "role-1", "role-2");
        assertThat(second.isTruncated()).isFalse();
        assertThat(second.marker()).isNull();
        assertThat(second.roles()).extracting(Role::roleName).containsExactly("role-3", "role-4");
        assertError(
                () -> iam.listRoles(ListRolesRequest.builder().marker("%").build()),
                "ValidationError",
                400,
                "Invalid Marker.");
    }

    @Test
    void paths_are_part_of_arns_and_filter_lists() {
        stage.createRole("plain");
        Role nested = iam.createRole(CreateRoleRequest.builder()
                        .roleName("nested")
                        .path("/team/a/")
                        .assumeRolePolicyDocument(TRUST)
                        .build())
                .role();

        assertThat(nested.arn()).isEqualTo("arn:aws:iam::123456789012:role/team/a/nested");
        assertThat(iam.listRoles(ListRolesRequest.builder().pathPrefix("/team/").build())
                        .roles())
                .extracting(Role::roleName)
                .containsExactly("nested");
    }

    @Test
    void a_policy_is_written_into_a_role() {
        stage.createRole("reader");
        stage.putInline("reader", "inline");

        assertThat(iam.listRolePolicies(ListRolePoliciesRequest.builder()
                                .roleName("reader")
                                .build())
                        .policyNames())
                .containsExactly("inline");
        assertThat(iam.getRolePolicy(GetRolePolicyRequest.builder()
                                .roleName("reader")
                                .policyName("inline")
                                .build())
                        .policyDocument())
                .startsWith("%7B%22Version%22");
        assertError(
                () -> iam.getRolePolicy(GetRolePolicyRequest.builder()
                        .roleName("reader")
                        .policyName("other")
                        .build()),
                "NoSuchEntity",
                404,
                "The role policy with name other cannot be found.");
    }

    private void updateTrust(String role, String trust) {
        iam.updateAssumeRolePolicy(UpdateAssumeRolePolicyRequest.builder()
                .roleName(role)
                .policyDocument(trust)
                .build());
    }

    private void tagRole(String role, String key, String value) {
        iam.tagRole(
                TagRoleRequest.builder().roleName(role).tags(tag(key, value)).build());
    }

    private static void assertMalformed(ThrowingCallable call) {
        assertThatExceptionOfType(ServiceError.class).isThrownBy(call).satisfies(error -> assertThat(error.code())
                .isEqualTo("MalformedPolicyDocument"));
    }
}

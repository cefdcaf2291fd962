package dev.resilient.cloud.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.resilient.cloud.base.TestContext;
import dev.resilient.cloud.identity.Principal;
import dev.resilient.policy.PolicyType;
import dev.resilient.testing.ManualTime;
import dev.resilient.wire.Caller;
import dev.resilient.wire.ServiceError;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AddRoleToInstanceProfileRequest;
import software.amazon.awssdk.services.iam.model.AttachRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.CreateInstanceProfileRequest;
import software.amazon.awssdk.services.iam.model.CreatePolicyRequest;
import software.amazon.awssdk.services.iam.model.CreateRoleRequest;
import software.amazon.awssdk.services.iam.model.DeleteInstanceProfileRequest;
import software.amazon.awssdk.services.iam.model.DeletePolicyRequest;
import software.amazon.awssdk.services.iam.model.DeleteRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.DeleteRoleRequest;
import software.amazon.awssdk.services.iam.model.DetachRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.GetInstanceProfileRequest;
import software.amazon.awssdk.services.iam.model.GetPolicyRequest;
import software.amazon.awssdk.services.iam.model.GetPolicyVersionRequest;
import software.amazon.awssdk.services.iam.model.GetRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.GetRoleRequest;
import software.amazon.awssdk.services.iam.model.ListAttachedRolePoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListEntitiesForPolicyRequest;
import software.amazon.awssdk.services.iam.model.ListInstanceProfilesForRoleRequest;
import software.amazon.awssdk.services.iam.model.ListInstanceProfilesRequest;
import software.amazon.awssdk.services.iam.model.ListPoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListPoliciesResponse;
import software.amazon.awssdk.services.iam.model.ListRolePoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListRoleTagsRequest;
import software.amazon.awssdk.services.iam.model.ListRolesRequest;
import software.amazon.awssdk.services.iam.model.ListRolesResponse;
import software.amazon.awssdk.services.iam.model.PolicyScopeType;
import software.amazon.awssdk.services.iam.model.PutRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.RemoveRoleFromInstanceProfileRequest;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.iam.model.TagInstanceProfileRequest;
import software.amazon.awssdk.services.iam.model.TagRoleRequest;
import software.amazon.awssdk.services.iam.model.UpdateAssumeRolePolicyRequest;

class IamTest {
    private static final String TRUST = "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\","
            + " \"Principal\": {\"Service\": \"ec2.amazonaws.com\"}, \"Action\": \"sts:AssumeRole\"}}";
    private static final String READ = "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\","
            + " \"Action\": \"ssm:Get*\", \"Resource\": \"*\"}}";
    private static final String READ_ARN = "arn:aws:iam::123456789012:policy/read";
    private static final String SSM_CORE = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore";

    private final DirectIam direct = new DirectIam(TestContext.at(new ManualTime()));
    private final Caller administrator = direct.administrator;
    private final IamClient iam = direct.client(administrator);

    @Test
    void a_role_is_created_found_and_deleted() {
        Role created = createRole("reader");

        assertThat(created.arn()).isEqualTo("arn:aws:iam::123456789012:role/reader");
        assertThat(created.roleId()).matches("AROA[A-Z2-7]{17}");
        assertThat(created.createDate()).isEqualTo("2026-01-01T12:00:00Z");
        assertThat(created.maxSessionDuration()).isEqualTo(3600);
        assertThat(getRole("reader")).isEqualTo(created);

        iam.deleteRole(DeleteRoleRequest.builder().roleName("reader").build());
        assertError(() -> getRole("reader"), "NoSuchEntity", 404, "The role with name reader cannot be found.");
    }

    @Test
    void policies_are_url_encoded_in_responses() {
        createRole("reader");
        createPolicy("read");

        assertThat(getRole("reader").assumeRolePolicyDocument())
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
        Role first = createRole("reader");

        assertError(() -> createRole("reader"), "EntityAlreadyExists", 409, "Role with name reader already exists.");
        assertThat(getRole("reader")).isEqualTo(first);
    }

    @Test
    void a_malformed_trust_policy_creates_and_changes_nothing() {
        assertMalformed(() -> iam.createRole(CreateRoleRequest.builder()
                .roleName("reader")
                .assumeRolePolicyDocument(READ)
                .build()));
        assertThat(iam.listRoles().roles()).isEmpty();

        Role created = createRole("reader");
        assertMalformed(() -> updateTrust("reader", READ));
        assertThat(getRole("reader")).isEqualTo(created);
    }

    @Test
    void a_trust_policy_is_replaced() {
        createRole("reader");
        String trustsEcs = TRUST.replace("ec2", "ecs");

        updateTrust("reader", trustsEcs);

        assertThat(direct.service.roles().role("reader").orElseThrow().trust().text())
                .isEqualTo(trustsEcs);
        assertError(
                () -> updateTrust("nobody", TRUST), "NoSuchEntity", 404, "The role with name nobody cannot be found.");
    }

    @Test
    void a_role_is_not_deleted_while_anything_hangs_on_it() {
        createRole("reader");
        createPolicy("read");
        createProfile("profile");
        attach("reader", READ_ARN);
        putInline("reader", "inline");
        addRole("profile", "reader");
        ThrowingCallable delete = () ->
                iam.deleteRole(DeleteRoleRequest.builder().roleName("reader").build());

        assertError(
                delete, "DeleteConflict", 409, "Cannot delete entity, must remove roles from instance profile first.");
        removeRole("profile", "reader");
        assertError(delete, "DeleteConflict", 409, "Cannot delete entity, must detach all policies first.");
        detach("reader", READ_ARN);
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
        createRole("reader");
        tagRole("reader", "stage", "test");
        tagRole("reader", "stage", "live");

        assertThat(iam.listRoleTags(
                                ListRoleTagsRequest.builder().roleName("reader").build())
                        .tags())
                .containsExactly(tag("stage", "live"));
        assertThat(getRole("reader").tags()).containsExactly(tag("stage", "live"));
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
        IntStream.range(0, 5).forEach(number -> createRole("role-" + number));

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
        createRole("plain");
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
    void a_policy_is_created_counted_and_deleted() {
        createRole("reader");
        assertThat(createPolicy("read")).isEqualTo(READ_ARN);
        attach("reader", READ_ARN);
        attach("reader", READ_ARN);

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
        detach("reader", READ_ARN);
        deletePolicy(READ_ARN);
        assertError(() -> getPolicy(READ_ARN), "NoSuchEntity", 404, "Policy " + READ_ARN + " was not found.");
    }

    @Test
    void a_policy_name_is_taken_once_whatever_the_path() {
        createPolicy("read");

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
        createPolicy("read");

        assertThat(names(PolicyScopeType.AWS))
                .hasSize(18)
                .contains("AdministratorAccess", "AmazonSSMManagedInstanceCore", "AmazonS3ReadOnlyAccess");
        assertThat(names(PolicyScopeType.LOCAL)).containsExactly("read");
        assertThat(names(PolicyScopeType.ALL)).hasSize(19);
        assertError(() -> deletePolicy(SSM_CORE), "InvalidInput", 400, "Policy is outside your own account.");
    }

    @Test
    void only_what_exists_is_attached_and_only_what_is_attached_is_detached() {
        createRole("reader");

        assertError(
                () -> attach("reader", READ_ARN),
                "NoSuchEntity",
                404,
                "Policy " + READ_ARN + " does not exist or is not attachable.");
        assertError(() -> detach("reader", SSM_CORE), "NoSuchEntity", 404, "Policy " + SSM_CORE + " was not found.");
        attach("reader", SSM_CORE);
        assertThat(iam.listAttachedRolePolicies(ListAttachedRolePoliciesRequest.builder()
                                .roleName("reader")
                                .build())
                        .attachedPolicies())
                .extracting(policy -> policy.policyName())
                .containsExactly("AmazonSSMManagedInstanceCore");
    }

    @Test
    void an_eleventh_policy_is_one_too_many() {
        createRole("reader");
        IntStream.range(0, 11).forEach(number -> createPolicy("read-" + number));
        IntStream.range(0, 10).forEach(number -> attach("reader", READ_ARN + "-" + number));

        assertError(
                () -> attach("reader", READ_ARN + "-10"),
                "LimitExceeded",
                409,
                "Cannot exceed quota for PoliciesPerRole: 10");
    }

    @Test
    void a_policy_is_written_into_a_role() {
        createRole("reader");
        putInline("reader", "inline");

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

    @Test
    void an_instance_profile_holds_one_role() {
        createRole("reader");
        createRole("writer");
        createProfile("profile");
        addRole("profile", "reader");

        assertError(
                () -> addRole("profile", "writer"),
                "LimitExceeded",
                409,
                "Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1");
        var profile = getProfile("profile");
        assertThat(profile.arn()).isEqualTo("arn:aws:iam::123456789012:instance-profile/profile");
        assertThat(profile.instanceProfileId()).matches("AIPA[A-Z2-7]{17}");
        assertThat(profile.roles()).extracting(Role::roleName).containsExactly("reader");
        assertThat(iam.listInstanceProfilesForRole(ListInstanceProfilesForRoleRequest.builder()
                                .roleName("reader")
                                .build())
                        .instanceProfiles())
                .extracting(each -> each.instanceProfileName())
                .containsExactly("profile");
        assertThat(iam.listInstanceProfiles(
                                ListInstanceProfilesRequest.builder().build())
                        .instanceProfiles())
                .hasSize(1);
    }

    @Test
    void an_instance_profile_is_not_deleted_with_a_role_in_it() {
        createRole("reader");
        createProfile("profile");
        addRole("profile", "reader");

        assertError(
                () -> deleteProfile("profile"),
                "DeleteConflict",
                409,
                "Cannot delete entity, must remove roles from instance profile first.");
        removeRole("profile", "reader");
        assertError(
                () -> removeRole("profile", "reader"),
                "NoSuchEntity",
                404,
                "Role reader in instance profile profile cannot be found.");
        deleteProfile("profile");
        assertError(() -> getProfile("profile"), "NoSuchEntity", 404, "Instance Profile profile cannot be found.");
    }

    @Test
    void an_instance_profile_is_created_once_and_tagged() {
        createProfile("profile");
        iam.tagInstanceProfile(TagInstanceProfileRequest.builder()
                .instanceProfileName("profile")
                .tags(tag("stage", "test"))
                .build());

        assertThat(getProfile("profile").tags()).containsExactly(tag("stage", "test"));
        assertError(
                () -> createProfile("profile"), "EntityAlreadyExists", 409, "Instance Profile profile already exists.");
    }

    @Test
    void the_directory_finds_an_instance_profile_by_name_and_by_arn() {
        createRole("reader");
        createProfile("profile");

        var byName = direct.service.roles().instanceProfile("profile").orElseThrow();
        assertThat(byName.roleName()).isNull();
        addRole("profile", "reader");
        assertThat(direct.service
                        .roles()
                        .instanceProfile(byName.arn())
                        .orElseThrow()
                        .roleName())
                .isEqualTo("reader");
        assertThat(direct.service.roles().instanceProfile("arn:aws:iam::123456789012:instance-profile/else/profile"))
                .isEmpty();
    }

    @Test
    void a_session_has_what_its_role_has_now() {
        Role role = createRole("reader");
        Caller session =
                new Caller("123456789012", "arn:aws:sts::123456789012:assumed-role/reader/me", role.roleId() + ":me");

        assertThat(policiesOf(session)).isEmpty();
        putInline("reader", "inline");
        attach("reader", SSM_CORE);
        assertThat(policiesOf(session)).hasSize(2);
        detach("reader", SSM_CORE);
        assertThat(policiesOf(session)).containsExactly(READ);
    }

    @Test
    void a_session_does_not_pass_to_another_role_of_the_same_name() {
        Role role = createRole("reader");
        Caller session =
                new Caller("123456789012", "arn:aws:sts::123456789012:assumed-role/reader/me", role.roleId() + ":me");

        iam.deleteRole(DeleteRoleRequest.builder().roleName("reader").build());
        assertThat(direct.service.principals().find(session)).isEmpty();
        createRole("reader");
        assertThat(direct.service.principals().find(session)).isEmpty();
    }

    @Test
    void the_administrator_has_a_policy_and_nobody_else_does() {
        assertThat(policiesOf(administrator)).singleElement().asString().contains("\"Action\":\"*\"");
        assertThat(direct.service.principals().find(new Caller("123456789012", administrator.arn(), "AIDAOTHER")))
                .isEmpty();
    }

    private List<String> policiesOf(Caller caller) {
        Principal principal = direct.service.principals().find(caller).orElseThrow();
        return principal.policies().get(PolicyType.IDENTITY).stream()
                .map(policy -> policy.text())
                .toList();
    }

    private Role createRole(String name) {
        return iam.createRole(CreateRoleRequest.builder()
                        .roleName(name)
                        .assumeRolePolicyDocument(TRUST)
                        .build())
                .role();
    }

    private Role getRole(String name) {
        return iam.getRole(GetRoleRequest.builder().roleName(name).build()).role();
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

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }

    private String createPolicy(String name) {
        return iam.createPolicy(CreatePolicyRequest.builder()
                        .policyName(name)
                        .policyDocument(READ)
                        .build())
                .policy()
                .arn();
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

    private void attach(String role, String policyArn) {
        iam.attachRolePolicy(AttachRolePolicyRequest.builder()
                .roleName(role)
                .policyArn(policyArn)
                .build());
    }

    private void detach(String role, String policyArn) {
        iam.detachRolePolicy(DetachRolePolicyRequest.builder()
                .roleName(role)
                .policyArn(policyArn)
                .build());
    }

    private void putInline(String role, String name) {
        iam.putRolePolicy(PutRolePolicyRequest.builder()
                .roleName(role)
                .policyName(name)
                .policyDocument(READ)
                .build());
    }

    private void createProfile(String name) {
        iam.createInstanceProfile(
                CreateInstanceProfileRequest.builder().instanceProfileName(name).build());
    }

    private software.amazon.awssdk.services.iam.model.InstanceProfile getProfile(String name) {
        return iam.getInstanceProfile(GetInstanceProfileRequest.builder()
                        .instanceProfileName(name)
                        .build())
                .instanceProfile();
    }

    private void deleteProfile(String name) {
        iam.deleteInstanceProfile(
                DeleteInstanceProfileRequest.builder().instanceProfileName(name).build());
    }

    private void addRole(String profile, String role) {
        iam.addRoleToInstanceProfile(AddRoleToInstanceProfileRequest.builder()
                .instanceProfileName(profile)
                .roleName(role)
                .build());
    }

    private void removeRole(String profile, String role) {
        iam.removeRoleFromInstanceProfile(RemoveRoleFromInstanceProfileRequest.builder()
                .instanceProfileName(profile)
                .roleName(role)
                .build());
    }

    private static void assertMalformed(ThrowingCallable call) {
        assertThatExceptionOfType(ServiceError.class).isThrownBy(call).satisfies(error -> assertThat(error.code())
                .isEqualTo("MalformedPolicyDocument"));
    }

    private static void assertError(ThrowingCallable call, String code, int status, String message) {
        assertThatExceptionOfType(ServiceError.class)
                .isThrownBy(call)
                .withMessage(message)
                .satisfies(error -> {
                    assertThat(error.code()).isEqualTo(code);
                    assertThat(error.status()).isEqualTo(status);
                });
    }
}

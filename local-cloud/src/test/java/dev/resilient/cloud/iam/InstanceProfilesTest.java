package dev.resilient.cloud.iam;

import static dev.resilient.cloud.iam.Errors.assertError;
import static dev.resilient.cloud.iam.IamStage.tag;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.DeleteInstanceProfileRequest;
import software.amazon.awssdk.services.iam.model.GetInstanceProfileRequest;
import software.amazon.awssdk.services.iam.model.ListInstanceProfilesForRoleRequest;
import software.amazon.awssdk.services.iam.model.ListInstanceProfilesRequest;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.TagInstanceProfileRequest;

/** Instance profiles and the one role that each may hold. */
class InstanceProfilesTest {
    private final IamStage stage = new IamStage();
    private final IamClient iam = stage.iam;

    @Test
    void an_instance_profile_holds_one_role() {
        stage.createRole("reader");
        stage.createRole("writer");
        stage.createProfile("profile");
        stage.addRole("profile", "reader");

        assertError(
                () -> stage.addRole("profile", "writer"),
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
        stage.createRole("reader");
        stage.createProfile("profile");
        stage.addRole("profile", "reader");

        assertError(
                () -> deleteProfile("profile"),
                "DeleteConflict",
                409,
                "Cannot delete entity, must remove roles from instance profile first.");
        stage.removeRole("profile", "reader");
        assertError(
                () -> stage.removeRole("profile", "reader"),
                "NoSuchEntity",
                404,
                "Role reader in instance profile profile cannot be found.");
        deleteProfile("profile");
        assertError(() -> getProfile("profile"), "NoSuchEntity", 404, "Instance Profile profile cannot be found.");
    }

    @Test
    void an_instance_profile_is_created_once_and_tagged() {
        stage.createProfile("profile");
        iam.tagInstanceProfile(TagInstanceProfileRequest.builder()
                .instanceProfileName("profile")
                .tags(tag("stage", "test"))
                .build());

        assertThat(getProfile("profile").tags()).containsExactly(tag("stage", "test"));
        assertError(
                () -> stage.createProfile("profile"),
                "EntityAlreadyExists",
                409,
                "Instance Profile profile already exists.");
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
}

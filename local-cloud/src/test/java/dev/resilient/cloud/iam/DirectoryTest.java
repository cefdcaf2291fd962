package dev.resilient.cloud.iam;

import static dev.resilient.cloud.iam.IamStage.READ;
import static dev.resilient.cloud.iam.IamStage.SSM_CORE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.cloud.identity.Principal;
import dev.resilient.policy.PolicyType;
import dev.resilient.wire.Caller;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.model.DeleteRoleRequest;
import software.amazon.awssdk.services.iam.model.Role;

/** What IAM tells the rest of the cloud: instance profiles by their names, and the policies that callers have now. */
class DirectoryTest {
    private final IamStage stage = new IamStage();
    private final Caller administrator = stage.direct.administrator;

    @Test
    void the_directory_finds_an_instance_profile_by_name_and_by_arn() {
        stage.createRole("reader");
        stage.createProfile("profile");

        var byName = stage.direct.service.roles().instanceProfile("profile").orElseThrow();
        assertThat(byName.roleName()).isNull();
        stage.addRole("profile", "reader");
        assertThat(stage.direct
                        .service
                        .roles()
                        .instanceProfile(byName.arn())
                        .orElseThrow()
                        .roleName())
                .isEqualTo("reader");
        assertThat(stage.direct
                        .service
                        .roles()
                        .instanceProfile("arn:aws:iam::123456789012:instance-profile/else/profile"))
                .isEmpty();
    }

    @Test
    void a_session_has_what_its_role_has_now() {
        Role role = stage.createRole("reader");
        Caller session =
                new Caller("123456789012", "arn:aws:sts::123456789012:assumed-role/reader/me", role.roleId() + ":me");

        assertThat(policiesOf(session)).isEmpty();
        stage.putInline("reader", "inline");
        stage.attach("reader", SSM_CORE);
        assertThat(policiesOf(session)).hasSize(2);
        stage.detach("reader", SSM_CORE);
        assertThat(policiesOf(session)).containsExactly(READ);
    }

    @Test
    void a_session_does_not_pass_to_another_role_of_the_same_name() {
        Role role = stage.createRole("reader");
        Caller session =
                new Caller("123456789012", "arn:aws:sts::123456789012:assumed-role/reader/me", role.roleId() + ":me");

        stage.iam.deleteRole(DeleteRoleRequest.builder().roleName("reader").build());
        assertThat(stage.direct.service.principals().find(session)).isEmpty();
        stage.createRole("reader");
        assertThat(stage.direct.service.principals().find(session)).isEmpty();
    }

    @Test
    void the_administrator_has_a_policy_and_nobody_else_does() {
        assertThat(policiesOf(administrator)).singleElement().asString().contains("\"Action\":\"*\"");
        assertThat(stage.direct.service.principals().find(new Caller("123456789012", administrator.arn(), "AIDAOTHER")))
                .isEmpty();
    }

    private List<String> policiesOf(Caller caller) {
        Principal principal = stage.direct.service.principals().find(caller).orElseThrow();
        return principal.policies().get(PolicyType.IDENTITY).stream()
                .map(policy -> policy.text())
                .toList();
    }
}

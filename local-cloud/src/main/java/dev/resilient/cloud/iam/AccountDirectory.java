package dev.resilient.cloud.iam;

import dev.resilient.cloud.identity.PolicyDocument;
import dev.resilient.cloud.identity.Principal;
import dev.resilient.cloud.identity.PrincipalDirectory;
import dev.resilient.cloud.identity.RoleDirectory;
import dev.resilient.wire.Caller;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The account's principals and roles as they are now, for whoever decides about calls and sessions. */
final class AccountDirectory implements PrincipalDirectory, RoleDirectory {
    private static final String INSTANCE_PROFILE_ARN = ":instance-profile/";
    private final Entities entities;
    private final Caller administrator;

    AccountDirectory(Entities entities, Caller administrator) {
        this.entities = entities;
        this.administrator = administrator;
    }

    @Override
    public Optional<Principal> find(Caller caller) {
        if (caller.equals(administrator)) {
            return Optional.of(
                    new Principal(caller.arn(), managed(Stream.of(AwsManagedPolicies.ADMINISTRATOR_ACCESS))));
        }
        // A session: arn:aws:sts::123456789012:assumed-role/ROLE/SESSION, with the user id AROA…:SESSION.
        String[] arn = caller.arn().split("/", 3);
        String roleId = caller.userId().split(":", 2)[0];
        return arn.length != 3
                ? Optional.empty()
                : entities.roles()
                        .find(arn[1])
                        .filter(role -> role.entity().id().equals(roleId))
                        .map(role -> new Principal(role.entity().arn(), policies(role)));
    }

    @Override
    public Optional<AssumableRole> role(String name) {
        return entities.roles()
                .find(name)
                .map(role -> new AssumableRole(
                        name, role.entity().arn(), role.entity().id(), role.trust(), role.maximumSession()));
    }

    @Override
    public Optional<ProfileOfInstances> instanceProfile(String nameOrArn) {
        boolean byArn = nameOrArn.contains(INSTANCE_PROFILE_ARN);
        String name = byArn ? nameOrArn.substring(nameOrArn.lastIndexOf('/') + 1) : nameOrArn;
        return entities.profiles()
                .find(name)
                .filter(profile -> !byArn || profile.entity().arn().equals(nameOrArn))
                .map(profile -> new ProfileOfInstances(
                        name, profile.entity().arn(), profile.entity().id(), profile.roleName()));
    }

    private List<PolicyDocument> policies(RoleEntity role) {
        return Stream.concat(managed(role.attached().stream()).stream(), role.inline().values().stream())
                .toList();
    }

    private List<PolicyDocument> managed(Stream<String> arns) {
        return arns.flatMap(arn -> entities.policies().find(arn).stream())
                .map(PolicyEntity::document)
                .toList();
    }
}

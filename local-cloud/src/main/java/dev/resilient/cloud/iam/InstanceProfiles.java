package dev.resilient.cloud.iam;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.wire.Access;
import dev.resilient.wire.shape.Members;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.iam.model.AddRoleToInstanceProfileRequest;
import software.amazon.awssdk.services.iam.model.CreateInstanceProfileRequest;
import software.amazon.awssdk.services.iam.model.DeleteInstanceProfileRequest;
import software.amazon.awssdk.services.iam.model.GetInstanceProfileRequest;
import software.amazon.awssdk.services.iam.model.InstanceProfile;
import software.amazon.awssdk.services.iam.model.ListInstanceProfilesForRoleRequest;
import software.amazon.awssdk.services.iam.model.ListInstanceProfilesRequest;
import software.amazon.awssdk.services.iam.model.RemoveRoleFromInstanceProfileRequest;
import software.amazon.awssdk.services.iam.model.Role;

/** Instance profiles: what carries a role to an instance. Each holds one role at most. */
record InstanceProfiles(Entities entities) {

    void register(Registrar profiles, Registrar roles) {
        profiles.create(CreateInstanceProfileRequest.class, (profile, _) -> profile);
        profiles.get(GetInstanceProfileRequest.class);
        profiles.list(ListInstanceProfilesRequest.class, (_, _) -> true);
        profiles.delete(
                DeleteInstanceProfileRequest.class,
                profile -> refuseIf(
                        roleIn(profile).isPresent(),
                        () -> Entities.deleteConflict(
                                "Cannot delete entity, must remove roles from instance profile first.")));
        roles.list(ListInstanceProfilesForRoleRequest.class, this::with, InstanceProfile::instanceProfileName);
        profiles.change(
                AddRoleToInstanceProfileRequest.class,
                request -> List.of(profiles.on(request.instanceProfileName()), passing(roles, request)),
                this::withRole);
        profiles.change(RemoveRoleFromInstanceProfileRequest.class, this::withoutRole);
    }

    private static Access.Question passing(Registrar roles, AddRoleToInstanceProfileRequest request) {
        return new Access.Question(
                "iam:PassRole",
                roles.on(request.roleName()).resource(),
                Map.of("iam:PassedToService", "ec2.amazonaws.com"));
    }

    /** The name of the one role in a profile, if there is one. */
    static Optional<String> roleIn(Entity profile) {
        return Members.list(profile.shape(), "Roles", Role.class).stream()
                .map(Role::roleName)
                .findFirst();
    }

    /** A profile as it is shown: with its role as that is now. */
    SdkPojo shown(Entity profile) {
        return profile.with(
                        "Roles",
                        roleIn(profile).flatMap(name -> entities.find(Kind.ROLE, name)).stream()
                                .map(role -> Kind.ROLE.listed(role.shape()))
                                .toList())
                .shape();
    }

    private List<InstanceProfile> with(Entity role, ListInstanceProfilesForRoleRequest request) {
        return entities.profilesWith(role.name()).stream()
                .map(profile -> (InstanceProfile) Kind.INSTANCE_PROFILE.listed(shown(profile)))
                .toList();
    }

    private Entity withRole(Entity profile, AddRoleToInstanceProfileRequest request) {
        entities.get(Kind.ROLE, request.roleName());
        refuseIf(
                roleIn(profile).isPresent(),
                () -> Entities.limitExceeded("Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1"));
        return profile.with(
                "Roles", List.of(Role.builder().roleName(request.roleName()).build()));
    }

    private Entity withoutRole(Entity profile, RemoveRoleFromInstanceProfileRequest request) {
        entities.get(Kind.ROLE, request.roleName());
        refuseIf(
                roleIn(profile).filter(request.roleName()::equals).isEmpty(),
                () -> Entities.noSuchEntity("Role " + request.roleName() + " in instance profile "
                        + request.instanceProfileName() + " cannot be found."));
        return profile.with("Roles", List.of());
    }
}

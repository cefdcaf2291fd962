package dev.resilient.cloud.iam;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.wire.Access;
import dev.resilient.wire.OperationRegistry;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.iam.model.AddRoleToInstanceProfileRequest;
import software.amazon.awssdk.services.iam.model.CreateInstanceProfileRequest;
import software.amazon.awssdk.services.iam.model.CreateInstanceProfileResponse;
import software.amazon.awssdk.services.iam.model.DeleteInstanceProfileRequest;
import software.amazon.awssdk.services.iam.model.GetInstanceProfileRequest;
import software.amazon.awssdk.services.iam.model.GetInstanceProfileResponse;
import software.amazon.awssdk.services.iam.model.InstanceProfile;
import software.amazon.awssdk.services.iam.model.ListInstanceProfilesForRoleRequest;
import software.amazon.awssdk.services.iam.model.ListInstanceProfilesForRoleResponse;
import software.amazon.awssdk.services.iam.model.ListInstanceProfilesRequest;
import software.amazon.awssdk.services.iam.model.ListInstanceProfilesResponse;
import software.amazon.awssdk.services.iam.model.RemoveRoleFromInstanceProfileRequest;
import software.amazon.awssdk.services.iam.model.Role;

/** Instance profiles: what carries a role to an instance. Each holds one role at most. */
record InstanceProfiles(Entities entities) {

    void register(OperationRegistry operations) {
        var profiles = new Registrar<>(operations, entities, Kind.INSTANCE_PROFILE);
        var roles = new Registrar<>(operations, entities, Kind.ROLE);
        operations.on(
                CreateInstanceProfileRequest.class,
                request -> profiles.creation(request.path(), request.instanceProfileName(), request.tags(), null),
                this::create);
        profiles.answer(GetInstanceProfileRequest.class, request -> GetInstanceProfileResponse.builder()
                .instanceProfile(full(entities.get(Kind.INSTANCE_PROFILE, request.instanceProfileName())))
                .build());
        profiles.list(ListInstanceProfilesRequest.class, this::list);
        profiles.act(DeleteInstanceProfileRequest.class, this::delete);
        roles.answer(ListInstanceProfilesForRoleRequest.class, this::listForRole);
        operations.act(
                AddRoleToInstanceProfileRequest.class,
                request -> passRole(profiles.on(request.instanceProfileName(), Map.of()), roles, request.roleName()),
                this::addRole);
        profiles.act(RemoveRoleFromInstanceProfileRequest.class, this::removeRole);
    }

    private static List<Access.Question> passRole(Access.Question own, Registrar<RoleEntity> roles, String roleName) {
        Access.Question role = roles.on(roleName, Map.of("iam:PassedToService", "ec2.amazonaws.com"));
        return List.of(own, new Access.Question("iam:PassRole", role.resource(), role.context()));
    }

    private CreateInstanceProfileResponse create(CreateInstanceProfileRequest request) {
        String name = request.instanceProfileName();
        Entity entity = entities.create(Kind.INSTANCE_PROFILE, request.path(), name, Tags.map(request.tags()));
        InstanceProfileEntity profile =
                entities.add(Kind.INSTANCE_PROFILE, name, new InstanceProfileEntity(entity, null));
        return CreateInstanceProfileResponse.builder()
                .instanceProfile(full(profile))
                .build();
    }

    private ListInstanceProfilesResponse list(ListInstanceProfilesRequest request) {
        return Rendering.page(
                request, ListInstanceProfilesResponse.builder(), entities.all(Kind.INSTANCE_PROFILE), profile -> brief(
                                profile)
                        .build());
    }

    private ListInstanceProfilesForRoleResponse listForRole(ListInstanceProfilesForRoleRequest request) {
        entities.get(Kind.ROLE, request.roleName());
        return Rendering.page(
                request,
                ListInstanceProfilesForRoleResponse.builder(),
                entities.profilesWith(request.roleName()),
                profile -> profile.entity().name(),
                profile -> brief(profile).build());
    }

    private void delete(DeleteInstanceProfileRequest request) {
        entities.remove(Kind.INSTANCE_PROFILE, request.instanceProfileName(), profile -> {
            if (profile.roleName() != null) {
                throw Entities.deleteConflict("Cannot delete entity, must remove roles from instance profile first.");
            }
        });
    }

    private void addRole(AddRoleToInstanceProfileRequest request) {
        entities.change(Kind.INSTANCE_PROFILE, request.instanceProfileName(), profile -> {
            entities.get(Kind.ROLE, request.roleName());
            if (profile.roleName() != null) {
                throw Entities.limitExceeded("Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1");
            }
            return new InstanceProfileEntity(profile.entity(), request.roleName());
        });
    }

    private void removeRole(RemoveRoleFromInstanceProfileRequest request) {
        entities.change(Kind.INSTANCE_PROFILE, request.instanceProfileName(), profile -> {
            entities.get(Kind.ROLE, request.roleName());
            refuseIf(
                    !profile.holds(request.roleName()),
                    () -> Entities.noSuchEntity("Role " + request.roleName() + " in instance profile "
                            + request.instanceProfileName() + " cannot be found."));
            return new InstanceProfileEntity(profile.entity(), null);
        });
    }

    private InstanceProfile.Builder brief(InstanceProfileEntity profile) {
        return Rendering.entity(Kind.INSTANCE_PROFILE, profile.entity(), InstanceProfile.builder())
                .roles(rolesOf(profile));
    }

    private List<Role> rolesOf(InstanceProfileEntity profile) {
        String roleName = profile.roleName();
        return roleName == null
                ? List.of()
                : entities.find(Kind.ROLE, roleName).stream()
                        .map(role -> Roles.brief(role).build())
                        .toList();
    }

    private InstanceProfile full(InstanceProfileEntity profile) {
        return brief(profile).tags(Rendering.tags(profile.entity().tags())).build();
    }
}
